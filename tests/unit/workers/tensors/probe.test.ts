import { describe, expect, it } from 'vitest';
import { startEngine } from '../../../../workers/tensors/backend';
import { fastestEngine } from '../../../../workers/tensors/probe';

const shape = { widths: [20, 8, 3], output: 'softmax' as const, batch: 32 };

describe('the probe', () => {
  it('times the cpu, and falls back to it where an engine cannot start, saying why', async () => {
    const { engine, table } = await fastestEngine(shape, ['cpu', 'webgpu']);
    expect(engine).toBe('cpu');
    expect(table.map((row) => row.engine)).toEqual(['cpu', 'webgpu']);
    expect(table[0]).toMatchObject({ ok: true, reason: null });
    expect(table[0]!.msPerStep).toBeGreaterThan(0);
    expect(table[1]).toEqual({ engine: 'webgpu', ok: false, reason: 'noAdapter', msPerStep: null });
  });
});

describe('an engine that cannot start', () => {
  it('is refused with the reason, as often as it is asked for', async () => {
    for (let n = 0; n < 2; n++)
      await expect(startEngine('webgpu')).rejects.toMatchObject({ code: 'engineUnavailable', details: { engine: 'webgpu', reason: 'noAdapter' } });
    expect(await startEngine('cpu')).toEqual({ backend: 'cpu', adapter: null, fallback: false });
  });
});
