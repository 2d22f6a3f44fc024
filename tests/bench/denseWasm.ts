/** @file As dense.ts, on the wasm engine. */
import type { Bench, Measured } from '../../scripts/tools/benchRow.mjs';
import { peersPage } from './peers/build.mjs';

export const work = 'dense 20→64→32→1, 20,000 rows, batch 256, 3 epochs, wasm engine';
export const peer = 'tfjs model.fit on the same engine';
export const target = 1;

export async function run(bench: Bench): Promise<Measured> {
  const page = await bench.openFolder(await peersPage());
  const { fit, ours } = await page.evaluate(() => globalThis.benchPeers.nets('wasm', 20_000, 3));
  return { ours, peer: fit, unit: 's' };
}
