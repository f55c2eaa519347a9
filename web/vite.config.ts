import tailwindcss from '@tailwindcss/vite';
import { defineConfig } from 'vite';
import solid from 'vite-plugin-solid';

const backend = process.env['HARMONIUM_URL'] ?? 'http://localhost:3000';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [solid(), tailwindcss()],
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
