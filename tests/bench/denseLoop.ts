/** @file Our training loop against plain `model.fit`, both on tfjs's wasm backend at batch 32: the peer with the kernels that tfjs ships, ours with ours. */
import type { Bench, Measured } from '../../scripts/tools/benchRow.mjs';
import { peersPage } from './peers/build.mjs';

export const work = 'dense 20→64→32→1, 20,000 rows, batch 32, 1 epoch, wasm engine';
export const peer = 'tfjs model.fit, stock wasm';
export const target = 3;

export async function run(bench: Bench): Promise<Measured> {
  const page = await bench.openFolder(await peersPage());
  const { fit, ours } = await page.evaluate(() => globalThis.benchPeers.nets('wasm', 20_000, 1, 32));
  return { ours, peer: fit, unit: 's' };
}
