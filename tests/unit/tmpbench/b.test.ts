import { it, expect } from 'vitest';
import { planted, plan } from '../../bench/engines/trees';
import { trainBoosting } from '../../../workers/training/trees/boosting';
const quiet = { onEpoch: () => undefined, stopped: () => false, breathe: async () => undefined, checkpointDue: () => false, checkpoint: async () => undefined };
it('bench', async () => {
  const none = { rows: 0, features: 20, x: new Float32Array(0), y: new Float64Array(0) };
  const train = planted(100000,1);
  for (let i = 0; i < 4; i++) {
    const c = process.cpuUsage(); const t = performance.now();
    const out = await trainBoosting({ kind: 'classification', classes: 2, train, validation: none, plan }, quiet);
    const d = process.cpuUsage(c);
    console.log('cpu', (d.user + d.system) / 1000, 'wall', performance.now() - t, (out as any).model.feature.length);
  }
  expect(1).toBe(1);
}, 100000);
