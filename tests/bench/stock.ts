/** @file Our dense kernel against what runs in a browser otherwise: `fit` of tfjs on its stock wasm backend, and onnxruntime-web for one row. */
import type { Bench, Line } from '../../scripts/tools/benchRow.mjs';
import { peersPage } from './peers/build.mjs';
import { enginesPage } from './peers/enginesPage.mjs';

export const work = 'stock browser engines';
export const peer = '';
export const target = null;

const rows = 20_000;
const lines = [
  { batch: 32, run: 'ours', target: 30 },
  { batch: 512, run: 'oursAt512', target: 12 },
] as const;

export async function run(bench: Bench): Promise<readonly Line[]> {
  const [ours, theirs] = [await bench.openFolder(await enginesPage()), await bench.openFolder(await peersPage())];
  const made: Line[] = [];
  for (const { batch, run: name, target: least } of lines) {
    const own = await ours.evaluate((what) => globalThis.benchEngine('dense', what), name);
    const seconds = await theirs.evaluate(([count, size]) => globalThis.benchPeers.fit(count!, size!), [rows, batch]);
    made.push({ work: `dense 20→64→64→1, 20,000 rows, one epoch, batch ${batch}`, peer: 'tfjs model.fit, stock wasm', target: least, ours: own['ms']!, peerValue: 1000 * seconds, unit: 'ms' });
  }
  const [one, other] = [await ours.evaluate(() => globalThis.benchEngine('oneRow')), await ours.evaluate(() => globalThis.benchEngine('oneRow', 'onnxRuntime'))];
  made.push({ work: 'dense 20→64→64→1, prediction of one row', peer: 'onnxruntime-web wasm', target: 5, ours: one['ms']!, peerValue: other['ms']!, unit: 'ms' });
  return made;
}
