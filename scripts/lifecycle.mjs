/**
 * @file `npm run --silent lifecycle -- --data FILE --target COLUMN …`: takes a table through the whole lifecycle in a headless browser, on the same
 * functions, workers and storage as the buttons. Exit 0 done, 3 done but a gate failed, 2 unusable input, 1 a fault of ours.
 */
import { accessSync, constants, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureInstalled } from './tools/ensureInstalled.mjs';
import { lifecycleRequest } from './tools/lifecycleRequest.mjs';
import { lifecycleTable } from './tools/lifecycleTable.mjs';
import { UsageError } from './tools/options.mjs';
import { writeBelow } from './tools/outFiles.mjs';
import { callersFolder } from './tools/place.mjs';

/** The longest silence that is not taken for a hang. */
const patience = 600_000;
const cleanups = [];
let cleaning = null;

/** Undoes what was started, last first, once. */
function cleanUp() {
  cleaning ??= (async () => {
    for (const undo of cleanups.reverse()) await Promise.resolve(undo()).catch(() => undefined);
  })();
  return cleaning;
}

async function exit(code, sentence) {
  if (sentence) console.error(sentence);
  await cleanUp();
  // stdout may be a pipe that is still being read: end when it has taken everything
  process.exitCode = code;
  process.stdout.write('', () => process.exit(code));
}

function checkReadable(path, option) {
  try {
    accessSync(path, constants.R_OK);
    if (statSync(path).isFile()) return;
  } catch {
    throw new UsageError(`--${option}: there is no readable file at ${path}`);
  }
  throw new UsageError(`--${option}: ${path} is not a file`);
}

function asked() {
  const asks = lifecycleRequest(process.argv.slice(2), callersFolder());
  checkReadable(asks.data, 'data');
  if (asks.batch) checkReadable(asks.batch, 'batch');
  for (const [option, folder] of [
    ['out', asks.out],
    ['profile', asks.profile],
  ]) {
    if (folder === null) continue;
    try {
      mkdirSync(folder, { recursive: true });
      accessSync(folder, constants.W_OK);
    } catch {
      throw new UsageError(`--${option}: ${folder} is not a folder that can be written to`);
    }
  }
  return asks;
}

async function answered({ request, data, batch, out, profile }) {
  const [{ chromium }, { findBrowser }, { dist, ensureBuilt }, { serve }, { chromiumArgs, headlessOrigin }] = await Promise.all([
    import('playwright'),
    import('./tools/findBrowser.mjs'),
    import('./tools/ensureBuilt.mjs'),
    import('./tools/serve.mjs'),
    import('./tools/chromium.mjs'),
  ]);
  await ensureBuilt();
  const executablePath = await findBrowser();
  const server = await serve({ folder: dist });
  cleanups.push(() => server.close());
  const folder = profile ?? mkdtempSync(join(tmpdir(), 'perennial-profile-'));
  if (!profile) cleanups.push(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  const webgpu = request.engine === 'webgpu' || request.engine === 'auto';
  // The server sends the policy itself. A service worker would answer from the build that a kept profile saw last.
  const context = await chromium.launchPersistentContext(folder, {
    executablePath,
    headless: true,
    args: chromiumArgs({ port: server.port, webgpu }),
    serviceWorkers: 'block',
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
  cleanups.push(() => context.close());
  const page = context.pages()[0] ?? (await context.newPage());
  return await driven(page, { request, data, batch, out, address: `${headlessOrigin}/?entry=headless` });
}

/** Gives the page its files and its request; the page's answer, or an error when it crashes, hangs or goes away. */
async function driven(page, { request, data, batch, out, address }) {
  let heard = Date.now();
  let last = 'nothing yet';
  const faults = [];
  page.on('pageerror', (error) => faults.push(error.message));
  const lost = new Promise((_, reject) => {
    page.on('crash', () => reject(new Error(`the page crashed, probably for lack of memory; the last step was: ${last}`)));
    page.on('close', () => reject(new Error(`the browser went away; the last step was: ${last}`)));
    const watch = setInterval(() => {
      if (Date.now() - heard > patience) reject(new Error(`no progress for ${patience / 60_000} minutes; the last step was: ${last}`));
    }, 5000);
    cleanups.push(() => clearInterval(watch));
  });
  lost.catch(() => undefined);
  const session = (async () => {
    await page.exposeFunction('perennialProgress', (line) => {
      heard = Date.now();
      last = String(line)
        .replace(/\p{Cc}+/gu, ' ')
        .slice(0, 500);
      console.error(last);
    });
    await page.exposeFunction('perennialFile', (relative, base64, append) => {
      heard = Date.now();
      if (out === null) throw new Error('no --out was given');
      writeBelow(out, relative, base64, append);
    });
    await page.goto(address, { waitUntil: 'load' });
    // waitForFunction evaluates text, which the policy refuses
    for (const end = Date.now() + 60_000; !(await page.evaluate(() => typeof globalThis.perennial?.lifecycle === 'function'));) {
      if (Date.now() > end) throw new Error(`the headless entry did not start within a minute${faults.length > 0 ? `: ${faults[0]}` : ''}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    await page.locator('input[type=file]#data').setInputFiles(data);
    if (batch) await page.locator('input[type=file]#batch').setInputFiles(batch);
    heard = Date.now();
    return await page.evaluate((asks) => globalThis.perennial.lifecycle(asks), request);
  })();
  session.catch(() => undefined);
  return await Promise.race([session, lost]);
}

for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
])
  process.on(signal, () => void exit(code, 'stopped'));

try {
  const asks = asked();
  ensureInstalled();
  const answer = await answered(asks);
  if (answer?.kind === 'refused') await exit(2, String(answer.sentence).replace(/\s+/g, ' ').trim());
  else if (answer?.kind === 'done') {
    process.stdout.write(asks.json ? `${JSON.stringify(answer.report)}\n` : `${lifecycleTable(answer.report)}\n`);
    await exit(answer.gateFailed ? 3 : 0);
  } else await exit(1, 'the page gave an answer that is neither done nor refused');
} catch (error) {
  if (error instanceof UsageError) await exit(2, error.message);
  else if (!cleaning) await exit(1, `lifecycle failed: ${error.message.split('\n', 1)[0]}`);
}
