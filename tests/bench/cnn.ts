/** @file A convolutional net without a GPU: our own trainer, and our loop on tfjs's wasm backend with our kernels, against the cpu backend of tfjs and PyTorch. */
import type { Bench, Line } from '../../scripts/tools/benchRow.mjs';
import { peersPage } from './peers/build.mjs';
import { pythonPeers } from './peers/python.mjs';

export const work = 'cnn 28×28, two convolutions, 2,000 images, batch 64, one epoch, no GPU';
export const peer = 'tfjs model.fit on its cpu backend';
export const target = 30;

export async function run(bench: Bench): Promise<readonly Line[]> {
  const page = await bench.openFolder(await peersPage());
  const { native, wasm, cpu } = await page.evaluate(() => globalThis.benchPeers.cnn());
  await page.context().close();
  // On one core beside nothing else: the page is gone.
  const torch = (await pythonPeers('cnn.py', [2000, 64]))?.['PyTorch'];
  const own = `${work}, own trainer`;
  return [
    { work: own, peer, target, ours: native, peerValue: cpu, unit: 'ms' },
    { work: `${work}, our loop on tfjs wasm`, peer, target, ours: wasm, peerValue: cpu, unit: 'ms' },
    // Asked for is a third; our own kernel is to win.
    { work: own, peer: `PyTorch ${torch?.version ?? ''} CPU, one thread`, target: 1, ours: native, peerValue: torch?.ms ?? null, unit: 'ms' },
  ];
}
