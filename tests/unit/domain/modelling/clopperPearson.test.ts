import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import binomialCdf from '@stdlib/stats-base-dists-binomial-cdf';
import { clopperPearson } from '../../../../src/domain/modelling/clopperPearson';

describe('clopperPearson', () => {
  it('of 0 in 300 ends at 0.012221, near the rule of three', () => {
    const { low, high } = clopperPearson(0, 300)!;
    expect(low).toBe(0);
    expect(Math.abs(high - 0.012221)).toBeLessThan(5e-7);
  });

  it('ends where the binomial tails are 2.5 %', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 500 }).chain((of) => fc.tuple(fc.integer({ min: 1, max: of - 1 }), fc.constant(of))),
        ([k, n]) => {
          const { low, high } = clopperPearson(k, n)!;
          expect(1 - binomialCdf(k - 1, n, low)).toBeCloseTo(0.025, 9);
          expect(binomialCdf(k, n, high)).toBeCloseTo(0.025, 9);
        },
      ),
    );
  });

  it('does not exist without rows and refuses what is no count', () => {
    expect(clopperPearson(0, 0)).toBeNull();
    expect(clopperPearson(4, 4)).toEqual({ low: expect.closeTo(0.025 ** 0.25, 12) as number, high: 1 });
    expect(() => clopperPearson(0.5, 2)).toThrow(RangeError);
  });
});
