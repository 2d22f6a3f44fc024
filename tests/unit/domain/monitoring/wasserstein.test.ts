import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wasserstein, wassersteinScale } from '../../../../src/domain/monitoring/wasserstein';
import { expectClose, golden, samplesOf, scaledWasserstein } from './driftGolden';

const values = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 40 }).map((x) => Float64Array.from(x));
const near = (a: number, b: number): void => expect(Math.abs(a - b)).toBeLessThanOrEqual(1e-6 * (1 + Math.abs(a)));

describe('wasserstein', () => {
  it('equals scipy.stats.wasserstein_distance', () => {
    // Sums of up to 40,000 terms, each a difference of shares.
    expectClose(
      'W₁',
      golden.samples.map((sample) => [wasserstein(...samplesOf(sample)), sample.w1] as const),
      1e-11,
    );
    const scaled = golden.samples.filter((sample) => sample.w1OverSd !== null);
    expectClose(
      'W₁ / sd',
      scaled.map((sample) => [scaledWasserstein(...samplesOf(sample)), sample.w1OverSd!] as const),
      1e-11,
    );
  });

  it('gives the numbers of the notes: 1.7, and .651441 in population sd', () => {
    const a = Float64Array.of(1, 2, 2, 3, 4, 5, 6, 7, 8, 9);
    const b = Float64Array.of(2, 3, 4, 4, 5, 7, 8, 9, 10, 12);
    expect(wasserstein(a, b)).toBeCloseTo(1.7, 12);
    expect(scaledWasserstein(a, b)).toBeCloseTo(0.651441, 6);
  });

  it('is a distance: zero on itself, symmetric, a shift by c costs |c|, the triangle inequality holds', () => {
    fc.assert(
      fc.property(values, values, values, fc.double({ min: -100, max: 100, noNaN: true }), (a, b, c, shift) => {
        expect(wasserstein(a, a)).toBe(0);
        near(wasserstein(a, b), wasserstein(b, a));
        near(
          wasserstein(
            a,
            a.map((x) => x + shift),
          ),
          Math.abs(shift),
        );
        expect(wasserstein(a, c)).toBeLessThanOrEqual((wasserstein(a, b) + wasserstein(b, c)) * (1 + 1e-9) + 1e-6);
      }),
    );
  });

  it('ignores NaN and has no distance from an empty sample', () => {
    expect(wasserstein(Float64Array.of(1, NaN), Float64Array.of(3))).toBe(2);
    expect(wasserstein(Float64Array.of(NaN), Float64Array.of(3))).toBeNaN();
    expect(scaledWasserstein(Float64Array.of(), Float64Array.of(3))).toBeNaN();
  });

  it('measures a constant reference against the spread of both samples', () => {
    const constant = Float64Array.of(0.1, 0.1, 0.1);
    expect(wassersteinScale(constant, Float64Array.of(0.1))).toEqual({ value: 1, of: 'pooled' });
    const moved = wassersteinScale(constant, Float64Array.of(0.1, 0.3, 0.3));
    expect(moved.of).toBe('pooled');
    expect(moved.value).toBeCloseTo(Math.sqrt(2 / 9) * 0.2, 12);
  });
});
