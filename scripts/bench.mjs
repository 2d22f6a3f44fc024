/**
 * @file `npm run bench [-- --json] [--only TEXT] [--repeats N]`: measures each entry of tests/bench, ours and a peer's in one run. An entry is a module
 * that exports `work`, `peer`, `target` and `run(bench)`; tools/benchRow.d.mts has the types. Ends with 1 when an entry fails or misses its target.
 */
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { benchRows } from './tools/benchRow.mjs';
import { ensureInstalled } from './tools/ensureInstalled.mjs';
import { readOptions, UsageError, wholeNumber } from './tools/options.mjs';
import { root } from './tools/place.mjs';

const table = {
  json: { kind: 'flag' },
  only: { kind: 'value' },
  repeats: { kind: 'value', fallback: '3', accepts: wholeNumber(1, 99), says: 'a whole number from 1 to 99' },
};

async function measured(options) {
  const [{ runnerImport }, { chromium }, { findBrowser }, { dist, ensureBuilt }, { serve }, { chromiumArgs, headlessOrigin }] = await Promise.all([
    import('vite'),
    import('playwright'),
    import('./tools/findBrowser.mjs'),
    import('./tools/ensureBuilt.mjs'),
    import('./tools/serve.mjs'),
    import('./tools/chromium.mjs'),
  ]);
  await ensureBuilt();
  const server = await serve({ folder: dist });
  const executablePath = await findBrowser();
  const folder = join(root, 'tests/bench');
  const files = existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => /\.ts$/.test(name) && !name.endsWith('.d.ts'))
        .sort()
    : [];
  const rows = [];
  let failed = 0;
  try {
    for (const file of files) {
      const { module: entry } = await runnerImport(join(folder, file), { configFile: false, root, logLevel: 'error' });
      if (typeof entry.run !== 'function' || typeof entry.work !== 'string') {
        failed++;
        console.error(`${file} exports no work and run: it is no entry of the bench`);
        continue;
      }
      if (options.only && !`${file} ${entry.work}`.includes(options.only)) continue;
      console.error(`${entry.work} …`);
      try {
        const repetitions = [];
        for (let i = 0; i < Number(options.repeats); i++) repetitions.push(await repetition({ chromium, executablePath, chromiumArgs, origin: headlessOrigin, port: server.port, serve }, entry));
        rows.push(...benchRows(entry, repetitions));
      } catch (error) {
        failed++;
        console.error(`${file}: ${error.stack}`);
      }
    }
  } finally {
    await server.close();
  }
  return { rows, failed };
}

/** One repetition in fresh profiles on disk: a context without a profile keeps its database in memory, which would flatter us. */
async function repetition({ chromium, executablePath, chromiumArgs, origin, port, serve }, entry) {
  const cleanups = [];
  const openPage = async (address = '/', from = { origin, port }) => {
    const folder = mkdtempSync(join(tmpdir(), 'perennial-bench-'));
    const context = await chromium.launchPersistentContext(folder, { executablePath, headless: true, args: chromiumArgs({ port: from.port }), serviceWorkers: 'block' });
    cleanups.push(async () => {
      await context.close();
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    });
    const page = context.pages()[0] ?? (await context.newPage());
    await page.goto(`${from.origin}${address}`);
    return page;
  };
  /** Serves another folder, such as a page of peers, under an origin of the same kind. */
  const openFolder = async (folder, address = '/') => {
    const other = await serve({ folder, sendHeaders: false });
    cleanups.push(() => other.close());
    return openPage(address, { origin, port: other.port });
  };
  try {
    return await entry.run({ openPage, openFolder, origin });
  } finally {
    for (const undo of cleanups.reverse()) await undo();
  }
}

const shown = (value) => (value === null ? '–' : String(Number(value.toPrecision(4))));

try {
  const options = readOptions(process.argv.slice(2), table);
  ensureInstalled();
  const { rows, failed } = await measured(options);
  const missed = rows.filter((row) => row.ratio !== null && row.target !== null && row.ratio < row.target);
  if (options.json) console.log(JSON.stringify(rows, null, 1));
  else if (rows.length === 0) console.log('No entries in tests/bench.');
  else
    for (const row of rows)
      console.log(
        `${missed.includes(row) ? 'below' : 'ok   '} ${row.work}: ${shown(row.ours)} ${row.unit}, ${row.peer}: ${shown(row.peer_value)}, ratio ${shown(row.ratio)} (target ${shown(row.target)})`,
      );
  process.exitCode = failed > 0 || missed.length > 0 ? 1 : 0;
} catch (error) {
  console.error(error.message);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
