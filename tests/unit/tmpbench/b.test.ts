import { it, expect } from 'vitest';
import { ours, planted, plan } from '../../bench/engines/trees';
import { trainBoosting } from '../../../workers/training/trees/boosting';
const quiet = { onEpoch: () => undefined, stopped: () => false, breathe: async () => undefined, checkpointDue: () => false, checkpoint: async () => undefined };
it('bench', async () => {
  const none = { rows: 0, features: 20, x: new Float32Array(0), y: new Float64Array(0) };
  const out = await trainBoosting({ kind: 'classification', classes: 2, train: planted(100000,1), validation: none, plan }, quiet);
  if (out.kind==='diverged') throw new Error('div');
  console.log(out.curve.at(-1), (out.model as any).feature.length);
  console.log(await ours());
  expect(1).toBe(1);
}, 100000);
