/** @file Import of a million rows by twenty columns, stored and keyed, against Papa Parse alone over the same file. States memory and the longest task on stderr. */
import { readFileSync } from 'node:fs';
import type { Bench, Measured } from '../../scripts/tools/benchRow.mjs';
import { millionRows } from './millionRows.mjs';
import { peersPage } from './peers/build.mjs';

export const work = 'import of 1,000,000 × 20';
export const peer = 'Papa Parse alone';
export const target = 0.33;

/** Highest resident memory of the renderers so far, in MB. Linux only; NaN elsewhere. */
async function peakMegabytes(page: Awaited<ReturnType<Bench['openPage']>>): Promise<number> {
  const session = await page.context().browser()?.newBrowserCDPSession();
  if (!session) return NaN;
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  const peaks = processInfo
    .filter((one) => one.type === 'renderer')
    .map((one) => {
      try {
        return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${one.id}/status`, 'utf8'))?.[1] ?? NaN) / 1024;
      } catch {
        return NaN;
      }
    });
  return Math.max(...peaks);
}

export async function run(bench: Bench): Promise<Measured> {
  const path = await millionRows();
  const peers = await bench.openFolder(await peersPage());
  await peers.locator('#data').setInputFiles(path);
  const papa = await peers.evaluate(() => globalThis.benchPeers.papa());
  await peers.context().close();
  const page = await bench.openPage('/?entry=headless');
  await page.locator('#data').setInputFiles(path);
  const ours = await page.evaluate(() => globalThis.perennial.measureImport());
  if (ours.rows !== 1_000_000 || papa.rows !== 1_000_001) throw new Error(`rows: ours ${ours.rows}, Papa Parse ${papa.rows}`);
  const memory = await peakMegabytes(page);
  console.error(`  longest main-thread task ${Math.round(ours.longestTaskMs)} ms, peak memory of the renderer ${Math.round(memory)} MB`);
  return { ours: ours.seconds, peer: papa.seconds, unit: 's' };
}
