/** @file Serves the gallery of components: `npx vite --config tests/gallery/vite.config.ts`. */
import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

const here = fileURLToPath(new URL('.', import.meta.url));

export default defineConfig({
  root: here,
  cacheDir: fileURLToPath(new URL('../../node_modules/.vite-gallery', import.meta.url)),
  plugins: [svelte({ configFile: fileURLToPath(new URL('../../svelte.config.js', import.meta.url)) })],
  define: { __APP_VERSION__: '"gallery"', __BUILD_ID__: '"gallery"' },
  server: { port: 5199, strictPort: true, fs: { allow: ['../..'] } },
  build: { outDir: fileURLToPath(new URL('../../dist/gallery', import.meta.url)), emptyOutDir: true },
});
