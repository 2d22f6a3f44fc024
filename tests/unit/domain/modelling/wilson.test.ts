import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wilson } from '../../../../src/domain/modelling/wilson';

const counts = fc.integer({ min: 1, max: 100_000 }).chain((of) => fc.tuple(fc.integer({ min: 0, max: of }), fc.constant(of)));

describe('wilson', () => {
  it('of 8 in 10 is (0.490162, 0.943318)', () => {
    const { low, high } = wilson(8, 10)!;
    expect(Math.abs(low - 0.490162)).toBeLessThan(5e-7);
    expect(Math.abs(high - 0.943318)).toBeLessThan(5e-7);
  });

  it('holds the share and stays within 0 and 1', () => {
    fc.assert(
      fc.property(counts, ([k, n]) => {
        const { low, high } = wilson(k, n)!;
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
        expect(low).toBeLessThanOrEqual(k / n);
        expect(high).toBeGreaterThanOrEqual(k / n);
      }),
    );
  });

  it('mirrors when successes and failures are swapped', () => {
    fc.assert(
      fc.property(counts, ([k, n]) => {
        expect(wilson(n - k, n)!.low).toBeCloseTo(1 - wilson(k, n)!.high, 12);
      }),
    );
  });

  it('widens with the level and does not exist without rows', () => {
    expect(wilson(5, 10, 0.99)!.low).toBeLessThan(wilson(5, 10, 0.9)!.low);
    expect(wilson(0, 0)).toBeNull();
    expect(wilson(0, 7)!.low).toBe(0);
    expect(wilson(7, 7)!.high).toBe(1);
    expect(() => wilson(3, 2)).toThrow(RangeError);
  });
});
