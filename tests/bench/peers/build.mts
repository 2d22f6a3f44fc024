/** @file Builds the page of peers once for a run of the bench. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { root } from '../../../scripts/tools/place.mjs';
import { kernels } from '../../../scripts/build/kernels';

let built: Promise<string> | undefined;

/** The folder that holds the built page. */
export const peersPage = (): Promise<string> => {
  built ??= (async () => {
    const folder = mkdtempSync(join(tmpdir(), 'perennial-peers-'));
    await build({ root: dirname(fileURLToPath(import.meta.url)), configFile: false, logLevel: 'error', base: './', plugins: [kernels(root)], worker: { format: 'es', plugins: () => [kernels(root)] }, build: { outDir: folder, emptyOutDir: true, target: 'esnext' } });
    return folder;
  })();
  return built;
};
