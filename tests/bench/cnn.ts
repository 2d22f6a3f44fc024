/** @file A convolutional net without a GPU: our own trainer, and our loop on tfjs's wasm backend, against the cpu backend of tfjs and PyTorch on one thread. */
import type { Bench, Measured } from '../../scripts/tools/benchRow.mjs';
import { peersPage } from './peers/build.mjs';
import { pythonPeers } from './peers/python.mjs';

export const work = 'cnn 28×28, two convolutions, 2,000 images, batch 64, one epoch, no GPU';
export const peer = 'tfjs model.fit on its cpu backend';
export const target = 30;

export async function run(bench: Bench): Promise<Measured> {
  const page = await bench.openFolder(await peersPage());
  const { native, wasm, cpu } = await page.evaluate(() => globalThis.benchPeers.cnn());
  await page.context().close();
  const torch = (await pythonPeers('cnn.py', [2000, 64]))?.['PyTorch'];
  const beside = torch === undefined ? 'PyTorch not measured' : `PyTorch ${torch.version} on one thread ${Math.round(torch.ms)} ms (${(torch.ms / native).toFixed(2)}× ours)`;
  console.error(`  own kernel ${Math.round(native)} ms, our loop on tfjs wasm ${Math.round(wasm)} ms (${(cpu / wasm).toFixed(1)}× faster than cpu), tfjs cpu ${Math.round(cpu)} ms, ${beside}`);
  return { ours: native, peer: cpu, unit: 'ms' };
}
