import { describe, expect, it } from 'vitest';
import { bcaInterval, jackknifeError, percentileInterval } from '../../../../src/domain/modelling/bootstrap';
import { quantile } from '../../../../src/domain/quantile';

const evenly = Float64Array.from({ length: 2001 }, (_, i) => i / 2000);

describe('quantile', () => {
  it('is linear between neighbours', () => {
    expect([0, 0.25, 0.5, 0.9, 1].map((q) => quantile([1, 2, 4, 8], q))).toEqual([1, 1.75, 3, expect.closeTo(6.8, 12), 8]);
    expect(() => quantile([], 0.5)).toThrow(RangeError);
  });
});

describe('intervals of replicates', () => {
  it('percentile takes the 2.5 % and 97.5 % quantiles', () => {
    const found = percentileInterval(evenly);
    expect(found).toMatchObject({
      kind: 'interval',
      form: 'percentile',
      undefinedCount: 0,
      interval: { low: expect.closeTo(0.025, 12), high: expect.closeTo(0.975, 12) },
    });
  });

  it('BCa equals percentile for an unbiased value without skewness, and moves against a bias', () => {
    const symmetric = bcaInterval(0.5, evenly, Float64Array.of(1, 2, 3));
    expect(symmetric).toMatchObject({ form: 'BCa', interval: { low: expect.closeTo(0.025, 9), high: expect.closeTo(0.975, 9) } });
    const biased = bcaInterval(0.6, evenly, Float64Array.of(1, 2, 3));
    if (biased.kind !== 'interval') throw new Error('an interval was expected');
    expect(biased.interval.low).toBeGreaterThan(0.025);
    expect(biased.interval.high).toBeGreaterThan(0.975);
  });

  it('BCa follows its formula for a known bias and acceleration', () => {
    // Left-out values 0, 0, 0, 1: mean ¼, Σd² = ¾, Σd³ = 3/64 − 27/64 = −⅜; a = −0.375 / (6 × 0.75^1.5) = −0.0962250.
    // No bias: Φ(−1.959964 / (1 − 0.188597)) = Φ(−2.415523) = 0.0078566; Φ(1.959964 / (1 + 0.188597)) = Φ(1.648972) = 0.9504236.
    const found = bcaInterval(0.5, evenly, Float64Array.of(0, 0, 0, 1));
    if (found.kind !== 'interval') throw new Error('an interval was expected');
    expect(Math.abs(found.interval.low - 0.0078566)).toBeLessThan(5e-6);
    expect(Math.abs(found.interval.high - 0.9504236)).toBeLessThan(5e-6);
  });

  it('falls back to percentile when the value lies outside all replicates', () => {
    expect(bcaInterval(2, evenly, Float64Array.of(1, 2))).toMatchObject({ form: 'percentile' });
  });

  it('says when all are alike, and when more than 5 % are undefined', () => {
    expect(percentileInterval(new Float64Array(200).fill(1))).toEqual({ kind: 'alike' });
    const some = (count: number): Float64Array => Float64Array.from({ length: 200 }, (_, i) => (i < count ? NaN : i));
    expect(percentileInterval(some(10))).toMatchObject({ kind: 'interval', undefinedCount: 10 });
    expect(percentileInterval(some(11))).toEqual({ kind: 'mostlyUndefined', undefinedCount: 11 });
    expect(percentileInterval(some(200))).toEqual({ kind: 'mostlyUndefined', undefinedCount: 200 });
  });

  it('the jackknife error of a mean is s / √n', () => {
    const values = [3, 1, 4, 1, 5, 9, 2, 6];
    const sum = values.reduce((a, b) => a + b, 0);
    const s = Math.sqrt(values.reduce((a, b) => a + (b - sum / 8) ** 2, 0) / 7);
    expect(jackknifeError(Float64Array.from(values, (v) => (sum - v) / 7))).toBeCloseTo(s / Math.sqrt(8), 12);
  });
});
