import { it, expect } from 'vitest';
import { readFileSync } from 'node:fs';
import { completePlan } from '../../../src/domain/modelling/plan';
import { ebmDescription } from '../../../src/domain/modelling/learners/ebm';
import { ebm } from '../../../workers/training/learners/ebm';
const quiet = { onEpoch: () => undefined, stopped: () => false, breathe: () => Promise.resolve(), checkpointDue: () => false, checkpoint: () => Promise.resolve() };
const d = '/tmp/ebm-scratch/';
const f32 = (n: string) => new Float32Array(new Uint8Array(readFileSync(d + n)).buffer);
const f64 = (n: string) => new Float64Array(new Uint8Array(readFileSync(d + n)).buffer);
it('bench', async () => {
  const train = { rows: 20000, features: 15, x: f32('train.x'), y: f64('train.y') }, test = { x: f32('test.x'), y: f64('test.y') };
  const none = { rows: 0, features: 15, x: new Float32Array(0), y: new Float64Array(0) };
  for (const text of (process.env.PLANS ?? '{}').split(';')) {
    const plan = completePlan('ebm', JSON.parse(text), 1, (process.env.ENGINE ?? 'native') as 'native', ebmDescription.hyperparameters);
    const c0 = process.cpuUsage(); const t0 = performance.now();
    const out = await ebm.train({ kind: 'classification', classes: 2, train, validation: none, plan }, quiet);
    const c1 = process.cpuUsage(c0);
    if (out.kind === 'diverged') throw new Error('div');
    const p = await ebm.predict(out.model, 2, test.x, 20000, 'native');
    let ll = 0; test.y.forEach((l, i) => (ll -= Math.log(p[2 * i + l]!) / 20000));
    console.log('OURS', text, 'cpu', ((c1.user + c1.system) / 1e6).toFixed(2), 'wall', ((performance.now() - t0) / 1e3).toFixed(2), 'rounds', out.curve.length, 'll', ll.toFixed(5), JSON.stringify(out.model.facts));
  }
  expect(1).toBe(1);
}, 900000);
