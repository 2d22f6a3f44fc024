/** @file As cnn.ts, against PyTorch on one thread, where it is installed. */
import type { Bench, Measured } from '../../scripts/tools/benchRow.mjs';
import { peersPage } from './peers/build.mjs';
import { pythonPeers } from './peers/python.mjs';

export const work = 'cnn 28×28, two convolutions, 2,000 images, batch 64, one epoch, own kernel';
export const peer = 'PyTorch CPU, one thread';
// Within three times; our own kernel is to win.
export const target = 1;

export async function run(bench: Bench): Promise<Measured> {
  const page = await bench.openFolder(await peersPage());
  const { ms } = await page.evaluate(() => globalThis.benchPeers.cnnNative());
  await page.context().close();
  return { ours: ms, peer: (await pythonPeers('cnn.py', [2000, 64]))?.['PyTorch']?.ms ?? null, unit: 'ms' };
}
