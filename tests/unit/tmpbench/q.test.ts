import { it, expect } from 'vitest';
import { planted, plan } from '../../bench/engines/trees';
import { trainBoosting } from '../../../workers/training/trees/boosting';
import { predictTrees } from '../../../workers/training/trees/predicting';
const quiet = { onEpoch: () => undefined, stopped: () => false, breathe: async () => undefined, checkpointDue: () => false, checkpoint: async () => undefined };
it('bench', async () => {
  const none = { rows: 0, features: 20, x: new Float32Array(0), y: new Float64Array(0) };
  const out: any = await trainBoosting({ kind: 'classification', classes: 2, train: planted(100000, 1), validation: none, plan }, quiet);
  const { x } = planted(1000000, 2);
  for (let i = 0; i < 4; i++) {
    const c = process.cpuUsage(); const t = performance.now();
    await predictTrees(out.model, 2, x, 1000000, 'native');
    const d = process.cpuUsage(c);
    console.log('predict cpu', (d.user + d.system) / 1000, 'wall', performance.now() - t);
  }
  expect(1).toBe(1);
}, 100000);
