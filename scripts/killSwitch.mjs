/**
 * @file `node scripts/killSwitch.mjs [--out FILE]`: writes the service worker of last resort, by default over dist/sw.js. Put it on the host in place
 * of sw.js when a released worker must go: browsers that meet it drop the stored files and ask the host again. Projects are not touched.
 */
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ensureInstalled } from './tools/ensureInstalled.mjs';
import { readOptions, UsageError } from './tools/options.mjs';
import { callersFolder, root } from './tools/place.mjs';

try {
  const { out } = readOptions(process.argv.slice(2), { out: { kind: 'value' } });
  ensureInstalled();
  const { runnerImport } = await import('vite');
  const { module } = await runnerImport(join(root, 'scripts/build/offlineFiles.ts'), { configFile: false, root, logLevel: 'warn' });
  const file = out ? resolve(callersFolder(), out) : join(root, 'dist/sw.js');
  writeFileSync(file, await module.serviceWorker('killSwitch.ts', root, { version: '', build: 'killSwitch' }, []));
  console.log(`The kill switch is ${file}`);
} catch (error) {
  console.error(error.message);
  process.exit(error instanceof UsageError ? 2 : 1);
}
