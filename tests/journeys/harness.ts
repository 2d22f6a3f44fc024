/** @file What every journey needs: the built app on a free port, a Chromium, and an ear for everything that goes wrong in it. */
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright';
import { chromiumArgs } from '../../scripts/tools/chromium.mjs';
import { dist, ensureBuilt } from '../../scripts/tools/ensureBuilt.mjs';
import { findBrowser } from '../../scripts/tools/findBrowser.mjs';
import { serve, type Server } from '../../scripts/tools/serve.mjs';
import type { BuildFile } from '../../workers/offline/api';

export { dist };

/** The record of the build: its files and their hashes. */
export const buildRecord = (folder = dist): { readonly version: string; readonly build: string; readonly files: readonly BuildFile[] } =>
  JSON.parse(readFileSync(join(folder, 'build.json'), 'utf8'));

/** Serves the current build, or another folder. Without headers the server stands for a host that cannot send them. */
export async function served(choice: { folder?: string; sendHeaders?: boolean; port?: number } = {}): Promise<Server> {
  await ensureBuilt();
  return await serve({ folder: choice.folder ?? dist, sendHeaders: choice.sendHeaders ?? true, port: choice.port ?? 0 });
}

/** A copy of the build that a journey may change, and the way to throw it away. */
export async function copyOfBuild(): Promise<{ folder: string; remove: () => void }> {
  await ensureBuilt();
  const folder = mkdtempSync(join(tmpdir(), 'perennial-journey-'));
  cpSync(dist, folder, { recursive: true });
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** A headless Chromium. `port` makes http://perennial.localhost lead there. */
export async function launched(choice: { port?: number; webgpu?: boolean } = {}): Promise<Browser> {
  return await chromium.launch({ executablePath: await findBrowser(), args: chromiumArgs(choice) });
}

/** What went wrong in a page: errors on its console, exceptions, and what the content policy refused. */
export type Heard = { readonly errors: string[]; readonly violations: string[]; close(): Promise<void>; readonly page: Page };

/** The start probes of workers try what the policy forbids; their refusal is their success. */
const probe = /'unsafe-eval' is not an allowed source|unsafe-eval/;

/** Opens a page in a context of its own. */
export async function opened(browser: Browser, address: string, options: BrowserContextOptions = {}): Promise<Heard> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const errors: string[] = [];
  const violations: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' && !probe.test(message.text())) errors.push(message.text());
  });
  page.on('pageerror', (error) => errors.push(error.message));
  await page.exposeFunction('heardViolation', (text: string) => violations.push(text));
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      const tell = (globalThis as unknown as { heardViolation(text: string): void }).heardViolation;
      tell(`${event.violatedDirective} ${event.blockedURI}`);
    });
  });
  await page.goto(address);
  return { page, errors, violations, close: () => context.close() };
}

/** Asks again until the answer is true. Playwright's own waitForFunction evaluates text, which the policy refuses. */
export async function until(what: string, question: () => Promise<boolean>, milliseconds = 30_000): Promise<void> {
  for (const end = Date.now() + milliseconds; ;) {
    if (await question().catch(() => false)) return;
    if (Date.now() > end) throw new Error(`${what}: not within ${milliseconds / 1000} s`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Waits until the service worker answers the page's requests. */
export const controlled = (page: Page): Promise<void> =>
  until('the service worker controls the page', () => page.evaluate(() => navigator.serviceWorker.controller !== null));

/** Waits until every file of the build is stored on the device. */
export async function storedWhole(page: Page, folder = dist): Promise<void> {
  const { build, files } = buildRecord(folder);
  const count = (name: string): Promise<number> => page.evaluate(async (store) => (await (await caches.open(store)).keys()).length, name);
  await until('every file is stored', async () => (await count(`perennial-files-${build}`)) === files.length, 60_000);
}

/** A host of another origin that counts who comes. */
export async function foreignHost(): Promise<{ address: string; visits: () => number; close: () => Promise<void> }> {
  let visits = 0;
  const server = createServer((_request, response) => {
    visits++;
    response.writeHead(200, { 'Access-Control-Allow-Origin': '*' }).end('reached');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = (): Promise<void> => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(() => resolve()));
  };
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, visits: () => visits, close };
}
