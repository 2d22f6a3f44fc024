import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { meanAndDeviation, modeOf, sortedValues, statedNumber } from '../../../../../src/domain/data/recipe/numberStatistics';
import { quantile } from '../../../../../src/domain/quantile';

describe('number statistics', () => {
  it('does not show the order of rows in float32', () => {
    fc.assert(
      fc.property(fc.array(fc.float({ min: -1e6, max: 1e6, noNaN: true, noDefaultInfinity: true }), { minLength: 1, maxLength: 200 }), (values) => {
        const forwards = meanAndDeviation(Float32Array.from(values));
        const backwards = meanAndDeviation(Float32Array.from(values).reverse());
        // Compensated sums agree to the last bit or two of float64.
        expect(Math.abs(forwards.mean - backwards.mean)).toBeLessThanOrEqual(1e-15 * Math.max(...values.map(Math.abs)));
        expect(Math.abs(forwards.deviation - backwards.deviation)).toBeLessThanOrEqual(1e-14 * Math.max(...values.map(Math.abs)));
      }),
    );
  });

  it('gives a constant column a deviation of exactly 0', () => {
    expect(meanAndDeviation(new Float32Array(1000).fill(0.1)).deviation).toBe(0);
    expect(meanAndDeviation(new Float32Array())).toEqual({ mean: 0, deviation: 0 });
  });

  it('interpolates quantiles and takes the smallest mode', () => {
    const sorted = sortedValues(Float32Array.of(4, NaN, 1, 3, 3, 1));
    expect([...sorted]).toEqual([1, 1, 3, 3, 4]);
    expect(quantile(sorted, 0.375)).toBe(2);
    expect(modeOf(sorted)).toBe(1);
    expect(Object.is(statedNumber(-0), 0)).toBe(true);
  });
});
