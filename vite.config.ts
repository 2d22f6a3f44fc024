/** @file How the app is built: a page, its workers, and a service worker that knows every file. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';
import { kernels } from './scripts/build/kernels';
import { licences } from './scripts/build/licences';
import { offlineFiles } from './scripts/build/offlineFiles';
import { pageRules } from './scripts/build/pageRules';
import { sourcesHash } from './scripts/tools/sourcesHash.mjs';

const root = fileURLToPath(new URL('.', import.meta.url));
const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8')) as { version: string };
const name = { version, build: sourcesHash(root) };
const texts = licences(root);
// Legal comments would double the workers' size: their texts go into licences.txt instead.
const output = { comments: { legal: false } };

export default defineConfig({
  // Addresses are relative, so that the app works at the root of a host and in a folder of one (GitHub Pages).
  base: './',
  define: { __APP_VERSION__: JSON.stringify(name.version), __BUILD_ID__: JSON.stringify(name.build) },
  plugins: [svelte(), kernels(root), pageRules(), texts.page(), offlineFiles(name)],
  worker: { format: 'es', plugins: () => [kernels(root), texts.worker()], rolldownOptions: { output } },
  optimizeDeps: { include: ['@tensorflow/tfjs', '@tensorflow/tfjs-backend-wasm', '@tensorflow/tfjs-backend-webgpu'] },
  build: {
    target: 'baseline-widely-available',
    assetsInlineLimit: 0, // a data: address is refused by connect-src
    modulePreload: { polyfill: false },
    reportCompressedSize: false, // our own table says it
    chunkSizeWarningLimit: 2000,
    rolldownOptions: { output },
  },
});
