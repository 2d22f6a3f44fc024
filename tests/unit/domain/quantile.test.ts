import { describe, expect, it } from 'vitest';
import { quantile } from '../../../src/domain/quantile';

describe('a quantile', () => {
  it('lies between neighbours, as in numpy', () => {
    const ascending = [15, 20, 35, 40, 50];
    expect(quantile(ascending, 0.5)).toBe(35);
    expect(quantile(ascending, 0.4)).toBeCloseTo(29, 12);
    expect(quantile(ascending, 1)).toBe(50);
    expect(quantile(ascending, -1)).toBe(15);
    expect(quantile([-Infinity, -Infinity, 1], 0.25)).toBe(-Infinity);
    // Further apart than the largest number.
    expect(quantile([-1.5e308, 1.5e308], 0)).toBe(-1.5e308);
    expect(quantile([-1.5e308, 1.5e308], 0.5)).toBe(0);
    expect(quantile([-1.5e308, 1.5e308], 0.75)).toBe(0.75e308);
    expect(() => quantile([], 0.5)).toThrow(RangeError);
  });
});
