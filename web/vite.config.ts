import tailwindcss from '@tailwindcss/vite';
import { defineConfig } from 'vite';
import type { Plugin } from 'vite';
import solid from 'vite-plugin-solid';

const backend = process.env['HARMONIUM_URL'] ?? 'http://localhost:3000';

/** Fetches the font that every page needs beside the style that names it, not after. */
const preloadFont: Plugin = {
  name: 'harmonium:preload-font',
  transformIndexHtml: {
    order: 'post',
    handler(_html, { bundle = {} }) {
      const font = Object.keys(bundle).find((file) => /inter-latin-wght-.*\.woff2$/.test(file));
      if (font === undefined) return [];
      const attrs = {
        rel: 'preload',
        href: `/${font}`,
        as: 'font',
        type: 'font/woff2',
        crossorigin: '',
      };
      return [{ tag: 'link', attrs, injectTo: 'head' }];
    },
  },
};

export default defineConfig({
  root: import.meta.dirname,
  plugins: [solid(), tailwindcss(), preloadFont],
  server: {
    port: 5173,
    proxy: {
      '/api': backend,
      '/files': backend,
      '/health': backend,
      '/parties': { target: backend, ws: true },
      '/sfu': { target: backend, ws: true },
    },
  },
  build: {
    target: 'es2023',
    // Inlined files would be data: addresses, which the content security policy does not allow.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
  },
});
