/** @file A ten-fold cross-validation on two workers against the same on one, in one page; what comes out is the same. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Bench, Measured } from '../../scripts/tools/benchRow.mjs';

export const work = '10-fold cross-validation on two workers, dense 64, 64, 20,000 × 20, 50 epochs';
export const peer = 'the same on one worker';
export const target = 1.7;

const rows = 20_000;
const columns = 20;

function table(): string {
  let seed = 1;
  const next = (): number => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
  const lines = [`${Array.from({ length: columns }, (_, i) => `c${i}`).join(',')},label`];
  for (let row = 0; row < rows; row++) {
    const cells = Array.from({ length: columns }, () => next() - 0.5);
    const signal = cells[0]! - cells[1]! + cells[2]! * cells[3]! + 0.4 * (next() - 0.5);
    lines.push(`${cells.map((cell) => cell.toFixed(4)).join(',')},${signal > 0 ? 'yes' : 'no'}`);
  }
  return `${lines.join('\n')}\n`;
}

export async function run(bench: Bench): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'perennial-folds-'));
  const path = join(folder, 'folds.csv');
  try {
    writeFileSync(path, table());
    const page = await bench.openPage('/?entry=headless');
    // Two cores are two workers; of more, two are used, so that the ratio means the same everywhere.
    await page.evaluate(() => Object.defineProperty(navigator, 'hardwareConcurrency', { value: Math.min(2, navigator.hardwareConcurrency) }));
    await page.locator('#data').setInputFiles(path);
    // Once unmeasured, so that what is read and compiled once is read and compiled; then in turn, so that what else the machine does meets both.
    const { seconds, workers, alike } = await page.evaluate(() => globalThis.perennial.measureFolds('label', 10, ['one', 'all', 'one', 'all', 'one']));
    if (!alike) throw new Error('two workers gave something else than one');
    if (workers[1] !== 2) throw new Error(`this machine has ${workers[1]} core: there is nothing to measure`);
    console.error(`  one worker ${seconds[2]!.toFixed(2)} and ${seconds[4]!.toFixed(2)} s, two ${seconds[1]!.toFixed(2)} and ${seconds[3]!.toFixed(2)} s`);
    return { ours: Math.min(seconds[1]!, seconds[3]!), peer: Math.min(seconds[2]!, seconds[4]!), unit: 's' };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
