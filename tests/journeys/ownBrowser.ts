/** @file A Chromium of our own on a profile that outlives it, which can be killed as a whole; and the headless entry in it. */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright';
import { chromiumArgs, headlessOrigin } from '../../scripts/tools/chromium.mjs';
import { findBrowser } from '../../scripts/tools/findBrowser.mjs';
import { seeded } from '../../src/domain/random';
import type {} from '../../src/headless';
import { until } from './harness';

export interface OwnBrowser {
  readonly page: Page;
  /** Another page of the same profile. */
  another(): Promise<Page>;
  /** SIGKILL to every process of it at once: no handler runs, nothing is flushed. */
  kill(): Promise<void>;
  close(): Promise<void>;
}

const running = new Set<ChildProcess>();
process.on('exit', () => running.forEach((one) => killGroup(one)));

function killGroup(child: ChildProcess): void {
  try {
    process.kill(-child.pid!, 'SIGKILL');
  } catch {
    // It is gone already.
  }
}

/** A folder for a profile, and the way to throw it away. */
export function freshProfile(): { folder: string; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'perennial-profile-'));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }) };
}

/** Starts a browser on a profile and opens the headless entry. `port`: where the build is served. */
export async function ownBrowser(profile: string, port: number): Promise<OwnBrowser> {
  const notice = join(profile, 'DevToolsActivePort');
  rmSync(notice, { force: true });
  // A killed browser leaves its lock behind.
  for (const name of ['SingletonLock', 'SingletonCookie', 'SingletonSocket']) rmSync(join(profile, name), { force: true });
  const args = [...chromiumArgs({ port }), '--headless=new', '--remote-debugging-port=0', `--user-data-dir=${profile}`, '--disable-dev-shm-usage', '--hide-crash-restore-bubble', 'about:blank'];
  const child = spawn(await findBrowser(), args, { detached: true, stdio: 'ignore' });
  running.add(child);
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  void ended.then(() => running.delete(child));
  await until('the browser listens', () => Promise.resolve(existsSync(notice) && readFileSync(notice, 'utf8').includes('\n')));
  const browser = await chromium.connectOverCDP(`http://127.0.0.1:${readFileSync(notice, 'utf8').split('\n')[0]}`);
  const context = browser.contexts()[0]!;
  const another = async (): Promise<Page> => {
    const page = await context.newPage();
    await openHeadless(page);
    return page;
  };
  return {
    page: await another(),
    another,
    async kill() {
      killGroup(child);
      await ended;
      await browser.close().catch(() => undefined);
    },
    async close() {
      const session = await browser.newBrowserCDPSession();
      // Ends the browser as its window being closed would.
      await session.send('Browser.close').catch(() => undefined);
      await ended;
      await browser.close().catch(() => undefined);
    },
  };
}

/** Goes to the headless entry, anew, and waits until it can be driven. */
export async function openHeadless(page: Page): Promise<void> {
  await page.goto(`${headlessOrigin}/?entry=headless`, { waitUntil: 'load' });
  await until('the headless entry is ready', () => page.evaluate(() => typeof globalThis.perennial?.lifecycle === 'function'));
}

/** Lines of progress of a page, with the moment at which each came. */
export async function heardLines(page: Page): Promise<{ text: string; at: number }[]> {
  const lines: { text: string; at: number }[] = [];
  await page.exposeFunction('perennialProgress', (text: string) => void lines.push({ text, at: performance.now() }));
  return lines;
}

/** A table with a signal that a net can learn, written to a file. */
export function writtenTable(folder: string, rows: number): string {
  const random = seeded(8);
  const lines = ['size,weight,age,colour,place,bought'];
  for (let row = 0; row < rows; row++) {
    const [size, weight, age] = [random.normal(), random.normal(), random.normal()];
    const colour = ['red', 'green', 'blue', 'black'][Math.floor(4 * random.next())]!;
    const place = ['north', 'south', 'east'][Math.floor(3 * random.next())]!;
    const signal = size * weight + Math.sin(2 * age) + (colour === 'red' ? 0.8 : 0) + (place === 'east' ? -0.4 : 0) + 0.6 * random.normal();
    lines.push(`${size.toFixed(4)},${weight.toFixed(4)},${age.toFixed(4)},${colour},${place},${signal > 0.2 ? 'yes' : 'no'}`);
  }
  const path = join(folder, `table-${rows}.csv`);
  writeFileSync(path, `${lines.join('\n')}\n`);
  return path;
}

const request = {
  target: 'bought', task: null, criteria: ['accuracy >= 0.6'], gate: 'value', positive: 'yes', group: null, exclude: [], recipe: {}, learners: [], engine: 'cpu', seed: 1, wantFiles: false, hasBatch: false,
} as const;

/** Takes the table the whole way, as `npm run lifecycle` does. */
export async function livedThrough(page: Page, table: string): Promise<unknown> {
  await page.locator('input[type=file]#data').setInputFiles(table);
  return await page.evaluate((asks) => globalThis.perennial.lifecycle(asks), request);
}

interface Report {
  readonly data: { readonly rows: number; readonly version: string; readonly columns: unknown };
  readonly split: unknown;
  readonly runs: readonly { readonly learner: string; readonly plan: unknown; readonly validation: unknown; readonly metrics: unknown }[];
  readonly champion: unknown;
  readonly gate: unknown;
  readonly model: unknown;
  readonly steps: readonly { readonly op: string; readonly key: string; readonly output: string }[];
}

/** What of a lifecycle's answer may not depend on how often it was interrupted: everything but durations and what was found in the store. */
export function resultsOf(answer: unknown): unknown {
  const { kind, report } = answer as { kind: string; report: Report };
  if (kind !== 'done') throw new Error(`the lifecycle ended as ${JSON.stringify(answer)}`);
  const steps = new Map(report.steps.map((step) => [step.key, `${step.op} ${step.output}`]));
  return {
    data: { rows: report.data.rows, version: report.data.version, columns: report.data.columns },
    split: report.split,
    runs: report.runs.map(({ learner, plan, validation, metrics }) => ({ learner, plan, validation, metrics })),
    champion: report.champion,
    gate: report.gate,
    model: report.model,
    steps: [...steps].sort(([a], [b]) => (a < b ? -1 : 1)),
  };
}
