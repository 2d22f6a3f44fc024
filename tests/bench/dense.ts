/** @file The dense learner against plain `model.fit` of tfjs: the same net, batch, optimiser and engine in one page. */
import type { Bench, Measured } from '../../scripts/tools/benchRow.mjs';
import { peersPage } from './peers/build.mjs';

export const work = 'dense 20→64→32→1, 20,000 rows, batch 256, 3 epochs, cpu engine';
export const peer = 'tfjs model.fit on the same engine';
export const target = 1;

export async function run(bench: Bench): Promise<Measured> {
  const page = await bench.openFolder(await peersPage());
  const { fit, ours } = await page.evaluate(() => globalThis.benchPeers.nets('cpu', 20_000, 3));
  return { ours, peer: fit, unit: 's' };
}
