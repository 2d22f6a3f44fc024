import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distinctUpTo, populationSd, sortedSample } from '../../../../src/domain/monitoring/sortedSample';
import { quantile } from '../../../../src/domain/quantile';

describe('sortedSample', () => {
  it('keeps what is not NaN, in order, and leaves its input alone', () => {
    const values = Float64Array.of(3, NaN, -1, 10, 2);
    expect(sortedSample(values)).toEqual(Float64Array.of(-1, 2, 3, 10));
    expect(values[0]).toBe(3);
    fc.assert(
      fc.property(fc.float64Array({ maxLength: 50 }), (x) => {
        const sorted = sortedSample(x);
        expect(sorted).toHaveLength(x.filter((v) => !Number.isNaN(v)).length);
        expect(sorted.every((v, i) => i === 0 || v >= sorted[i - 1]!)).toBe(true);
      }),
    );
  });

  it('has the standard deviation with divisor n, exactly 0 for a constant and NaN for nothing', () => {
    expect(populationSd(Float64Array.of(2, 4, 4, 4, 5, 5, 7, 9))).toBe(2);
    expect(populationSd(new Float64Array(7).fill(0.1))).toBe(0);
    expect(populationSd(Float64Array.of())).toBeNaN();
    // Dates of 2024 in milliseconds, a second apart: the spread is not lost in the size.
    expect(populationSd(Float64Array.of(1.7e12, 1.7e12 + 1000))).toBe(500);
  });

  it('interpolates quantiles linearly and counts distinct values up to a limit', () => {
    expect(quantile(Float64Array.of(1, 2, 4), 0.75)).toBe(3);
    expect(quantile(Float64Array.of(5), 0.3)).toBe(5);
    expect(distinctUpTo(Float64Array.of(1, 1, 2, 3, 3), 5)).toEqual(Float64Array.of(1, 2, 3));
    expect(distinctUpTo(Float64Array.of(1, 1, 2, 3, 3), 1)).toHaveLength(2);
  });
});
