import { defineConfig } from 'vitest/config';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { playwright } from '@vitest/browser-playwright';
import { fileURLToPath } from 'node:url';
import { kernels } from './scripts/build/kernels';

const chromium = process.env.CHROME_PATH ?? '/usr/bin/chromium';
const root = fileURLToPath(new URL('.', import.meta.url));
const asRoot = process.getuid?.() === 0;

export default defineConfig({
  test: {
    reporters: ['default'],
    projects: [
      {
        plugins: [svelte(), kernels(root)],
        define: { __APP_VERSION__: '"test"', __BUILD_ID__: '"test"' },
        test: { name: 'unit', environment: 'node', include: ['tests/{unit,contracts,golden}/**/*.test.ts'], testTimeout: 60_000 },
      },
      {
        plugins: [svelte(), kernels(root)],
        define: { __APP_VERSION__: '"test"', __BUILD_ID__: '"test"' },
        worker: { format: 'es', plugins: () => [kernels(root)] },
        optimizeDeps: { include: ['@tensorflow/tfjs-core', '@tensorflow/tfjs-core/dist/register_all_gradients', '@tensorflow/tfjs-backend-cpu', '@tensorflow/tfjs-backend-webgl', '@tensorflow/tfjs-backend-wasm', '@tensorflow/tfjs-backend-webgpu', 'comlink', 'idb', 'papaparse', 'hash-wasm'] },
        test: {
          name: 'browser',
          include: ['tests/browser/**/*.test.ts'],
          testTimeout: 120_000,
          browser: {
            enabled: true,
            headless: true,
            provider: playwright({
              launchOptions: {
                executablePath: chromium,
                args: [...(asRoot ? ['--no-sandbox'] : []), '--enable-unsafe-webgpu', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'],
              },
            }),
            instances: [{ browser: 'chromium' }],
            screenshotFailures: false,
          },
        },
      },
      {
        test: { name: 'journeys', environment: 'node', include: ['tests/journeys/**/*.test.ts'], testTimeout: 300_000, hookTimeout: 300_000, fileParallelism: false },
      },
    ],
  },
});
