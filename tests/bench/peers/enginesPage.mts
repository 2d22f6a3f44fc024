/** @file Builds the page of engines once for a run of the bench. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { kernels } from '../../../scripts/build/kernels';

let built: Promise<string> | undefined;

/** The folder that holds the built page. */
export const enginesPage = (): Promise<string> => {
  built ??= (async () => {
    const folder = mkdtempSync(join(tmpdir(), 'perennial-engines-'));
    const project = fileURLToPath(new URL('../../..', import.meta.url));
    await build({
      root: fileURLToPath(new URL('../engines', import.meta.url)),
      configFile: false,
      logLevel: 'error',
      base: './',
      plugins: [kernels(project)],
      worker: { format: 'es', plugins: () => [kernels(project)] },
      build: { outDir: folder, emptyOutDir: true, target: 'esnext', assetsInlineLimit: 0 },
    });
    return folder;
  })();
  return built;
};
