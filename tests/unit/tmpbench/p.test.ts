import { it, expect, vi } from 'vitest';
import { planted, plan } from '../../bench/engines/trees';
const totals: Record<string, number> = {};
vi.mock('../../../workers/training/trees/arithmetic', async (original) => {
  const real = await original() as any;
  return { ...real, startTrees: async (e: any) => {
    const arena = await real.startTrees(e);
    const run: any = {};
    for (const [name, f] of Object.entries(arena.run as any)) run[name] = (...a: any[]) => { const t = process.cpuUsage(); const r = (f as any)(...a); const d = process.cpuUsage(t); totals[name] = (totals[name] ?? 0) + (d.user + d.system) / 1000; return r; };
    return new Proxy(arena, { get: (t, k) => k === 'run' ? run : typeof t[k] === 'function' ? t[k].bind(t) : t[k] });
  } };
});
import { trainBoosting } from '../../../workers/training/trees/boosting';
import * as b from '../../../workers/training/trees/binning';
const quiet = { onEpoch: () => undefined, stopped: () => false, breathe: async () => undefined, checkpointDue: () => false, checkpoint: async () => undefined };
it('bench', async () => {
  const none = { rows: 0, features: 20, x: new Float32Array(0), y: new Float64Array(0) };
  const train = planted(100000,1);
  for (let i = 0; i < 2; i++) {
    for (const k in totals) delete totals[k];
    let c = process.cpuUsage();
    await trainBoosting({ kind: 'classification', classes: 2, train, validation: none, plan }, quiet);
    let d = process.cpuUsage(c);
    console.log('cpu', (d.user + d.system) / 1000, JSON.stringify(totals));
    c = process.cpuUsage(); const bins = b.binsOf(train, undefined, { seed: 1 }); d = process.cpuUsage(c); console.log('cpu binsOf', (d.user + d.system) / 1000);
    c = process.cpuUsage(); b.binned(train.x, train.rows, bins); d = process.cpuUsage(c); console.log('cpu binned', (d.user + d.system) / 1000);
  }
  expect(1).toBe(1);
}, 100000);
