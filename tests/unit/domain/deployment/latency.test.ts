import { describe, expect, it } from 'vitest';
import { clockStep, timings } from '../../../../src/domain/deployment/latency';

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
});
