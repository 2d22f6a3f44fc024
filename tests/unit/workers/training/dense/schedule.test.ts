import { describe, expect, it } from 'vitest';
import { cosPi, firstStep, nextSteps, rateAt, stepNumbers, type ScheduleRules } from '../../../../../workers/training/dense/schedule';

const of = (given: Partial<ScheduleRules>): ScheduleRules => ({ kind: 'constant', rate: 0.1, steps: 100, warmUp: 0, ...given });

describe('a schedule', () => {
  it('has a cosine of its own, as exact as the built-in one', () => {
    for (let i = 0; i <= 200; i++) expect(Math.abs(cosPi(i / 200) - Math.cos((Math.PI * i) / 200))).toBeLessThan(1e-13);
  });

  it('goes down along a cosine and stays at 0', () => {
    const rule = of({ kind: 'cosine' });
    expect([0, 50, 100, 500].map((step) => rateAt(rule, step))).toEqual([0.1, expect.closeTo(0.05, 12), expect.closeTo(0, 12), expect.closeTo(0, 12)]);
  });

  it('goes down to a tenth after half, and to a hundredth after three quarters', () => {
    expect([0, 49, 50, 74, 75, 1000].map((step) => rateAt(of({ kind: 'step' }), step))).toEqual([0.1, 0.1, 0.1 * 0.1, 0.1 * 0.1, 0.1 * 0.01, 0.1 * 0.01]);
  });

  it('goes up from a 25th and down to nearly nothing in one cycle', () => {
    const rule = of({ kind: 'one_cycle' });
    expect([0, 30, 100, 101].map((step) => rateAt(rule, step))).toEqual([expect.closeTo(0.004, 12), expect.closeTo(0.1, 12), expect.closeTo(0.1 / 25e4, 12), expect.closeTo(0.1 / 25e4, 12)]);
    for (let step = 1; step < 100; step++) expect(rateAt(rule, step) > rateAt(rule, step - 1)).toBe(step <= 30);
  });

  it('rises evenly while it warms up', () => {
    const rule = of({ warmUp: 4 });
    expect([0, 1, 2, 3, 4, 5].map((step) => rateAt(rule, step))).toEqual([0.2, 0.4, 0.6, 0.8, 1, 1].map((share) => expect.closeTo(0.1 * share, 12)));
  });

  it('gives the same numbers whatever the calls they are asked for in, with the corrections of Adam', () => {
    const rules = { optimiser: 'adamw', decay: 0.5 } as const;
    const [whole, parts] = [firstStep(), firstStep()];
    const together = new Float32Array(10 * stepNumbers);
    nextSteps(whole, of({ kind: 'cosine' }), rules, 10, together);
    const apart = [3, 7].map((count) => {
      const own = new Float32Array(count * stepNumbers);
      nextSteps(parts, of({ kind: 'cosine' }), rules, count, own);
      return [...own];
    });
    expect(apart.flat()).toEqual([...together]);
    expect(parts).toEqual(whole);
    // Step 1: √(1 − β₂) / (1 − β₁) of the rate.
    expect(together[0]).toBeCloseTo((0.1 * Math.sqrt(0.001)) / 0.1, 8);
    expect(together[1]).toBeCloseTo(1e-8 * Math.sqrt(0.001), 14);
    expect(together[2]).toBeCloseTo(0.95, 7);
    nextSteps(firstStep(), of({}), { optimiser: 'sgd', decay: 0.5 }, 1, together);
    expect([together[0], together[2]]).toEqual([Math.fround(0.1), 1]);
  });
});
