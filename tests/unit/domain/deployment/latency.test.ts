import { describe, expect, it } from 'vitest';
import { batchFor, clockStep, timings } from '../../../../src/domain/deployment/latency';

/** A clock that shows multiples of `step` and moves by `each` at every request. */
function fakeClock(step: number): { now: () => number; spend: (ms: number) => void } {
  let time = 0;
  return {
    now: () => {
      time += 1e-3; // looking takes time too, or a busy wait would never end
      return Math.floor(time / step) * step;
    },
    spend: (ms) => void (time += ms),
  };
}

describe('timing requests', () => {
  it('times single requests where the clock can tell them apart', async () => {
    const clock = fakeClock(0.001);
    const { taken, together } = await timings(20, 5, clock.now, () => clock.spend(2));
    expect(together).toBe(1);
    for (const ms of taken) expect(ms).toBeCloseTo(2, 1);
  });

  it('times several together where they are quicker than the clock, and says how many', async () => {
    const clock = fakeClock(0.1);
    const { taken, together } = await timings(20, 50, clock.now, () => clock.spend(0.01));
    expect(together).toBeGreaterThanOrEqual(50);
    for (const ms of taken) expect(Math.abs(ms - 0.01)).toBeLessThan(0.002);
  });

  it('leaves the warm-up out', async () => {
    const clock = fakeClock(0.001);
    const { taken } = await timings(5, 3, clock.now, (i) => clock.spend(i < 3 ? 100 : 1));
    expect(Math.max(...taken)).toBeLessThan(2);
  });

  it('sees the step of a clock', () => {
    expect(clockStep(fakeClock(0.1).now)).toBeCloseTo(0.1, 6);
  });

  it('ends in time where requests are slow, with as many timings as there were, and says how many warmed up', async () => {
    const clock = fakeClock(0.001);
    const { taken, warmUp, together } = await timings(500, 50, clock.now, () => clock.spend(1_000), { withinMs: 20_000 });
    expect([together, warmUp]).toEqual([1, 4]);
    // One more tells how many go together.
    expect(taken.length).toBe(15);
    expect(clock.now()).toBeLessThan(21_000);
    for (const ms of taken) expect(ms).toBeCloseTo(1_000, 1);
  });

  it('makes one timing, and warms up once, where a single request takes longer than there is time', async () => {
    const clock = fakeClock(0.001);
    const { taken, warmUp } = await timings(500, 50, clock.now, () => clock.spend(90_000), { withinMs: 20_000 });
    expect([taken.length, warmUp]).toEqual([1, 1]);
  });

  it('gives way between timings, and does not count what others then do', async () => {
    const clock = fakeClock(0.001);
    let breaths = 0;
    const { taken } = await timings(20, 5, clock.now, () => clock.spend(2), {
      breathe: async () => {
        breaths++;
        clock.spend(100);
      },
    });
    expect(breaths).toBeGreaterThanOrEqual(25);
    for (const ms of taken) expect(ms).toBeCloseTo(2, 1);
  });
});

describe('the rows of a pass', () => {
  const sizesAt = async (msOfRow: number, most = 10_000): Promise<{ readonly rows: number; readonly block: number; readonly spent: number }> => {
    const clock = fakeClock(0.001);
    const found = await batchFor(most, clock.now, (rows) => clock.spend(msOfRow * rows), () => undefined);
    return { ...found, spent: clock.now() };
  };

  it('are all, at once, where the model is quick', async () => {
    expect(await sizesAt(0.0001)).toMatchObject({ rows: 10_000, block: 10_000 });
  });

  it('are all, in blocks of about 20 ms, where a pass takes less than two seconds', async () => {
    const { rows, block } = await sizesAt(0.1);
    expect(rows).toBe(10_000);
    expect(block).toBeGreaterThanOrEqual(199);
    expect(block).toBeLessThanOrEqual(200);
  });

  it('are as many as two seconds allow where it is slow, and no time is lost on finding that out', async () => {
    const { rows, block, spent } = await sizesAt(60);
    expect([rows, block]).toEqual([33, 1]);
    expect(spent).toBeLessThan(60 * 4);
  });

  it('are one where a single row takes longer', async () => {
    expect(await sizesAt(5_000)).toMatchObject({ rows: 1, block: 1 });
  });

  it('are not cut short by one slow timing', async () => {
    const clock = fakeClock(0.001);
    let calls = 0;
    const found = await batchFor(10_000, clock.now, (rows) => clock.spend(calls++ === 1 ? 200 : 0.001 * rows), () => undefined);
    expect(found).toEqual({ rows: 10_000, block: 10_000 });
  });
});
