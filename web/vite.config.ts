import tailwindcss from '@tailwindcss/vite';
import type { CompactEmoji } from 'emojibase';
import { readFile } from 'node:fs/promises';
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

/** Of the emoji data set only what the app reads: a tenth of it. */
const slimEmoji: Plugin = {
  name: 'harmonium:slim-emoji',
  enforce: 'pre',
  async load(id) {
    const [, file] = /emojibase-data\/en\/(compact|shortcodes\/\w+)\.json$/.exec(id) ?? [];
    if (file === undefined) return undefined;
    const data: unknown = JSON.parse(await readFile(id, 'utf8'));
    const slim = Array.isArray(data) ? data.flatMap(slimEntry) : withoutTones(data);
    return JSON.stringify(slim);
  },
};

function slimEntry({ hexcode, unicode, label, group, tags, skins }: CompactEmoji): object[] {
  if (group === undefined) return [];
  return [
    {
      hexcode,
      unicode,
      label,
      group,
      tags,
      skins: skins?.map((skin) => ({ unicode: skin.unicode })),
    },
  ];
}

/** The codes of toned emoji are those of the plain ones. */
function withoutTones(codes: unknown): object {
  const entries = Object.entries(codes ?? {});
  return Object.fromEntries(entries.filter(([hexcode]) => !/-1F3F[B-F]/.test(hexcode)));
}

export default defineConfig({
  root: import.meta.dirname,
  plugins: [solid(), tailwindcss(), preloadFont, slimEmoji],
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
