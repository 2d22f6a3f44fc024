import cdf from '@stdlib/stats-base-dists-chisquare-cdf';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chiSquared, chiSquaredTail } from '../../../../src/domain/monitoring/chiSquared';
import { expectClose, golden } from './driftGolden';

const table = fc.array(fc.tuple(fc.nat({ max: 60 }), fc.nat({ max: 60 })), { minLength: 1, maxLength: 12 });
const sides = (cells: readonly (readonly [number, number])[]): [number[], number[]] => [cells.map(([r]) => r), cells.map(([, c]) => c)];

describe('chiSquared', () => {
  it('equals scipy.stats.chi2_contingency without correction when nothing is pooled', () => {
    const results = golden.tables.map((expected) => ({ expected, ours: chiSquared(...expected.table) }));
    for (const { expected, ours } of results) expect([ours.degrees, ours.pooled]).toEqual([expected.degrees, []]);
    // At most 24 terms of rounded quotients.
    expectClose(
      'χ²',
      results.map(({ expected, ours }) => [ours.statistic, expected.statistic] as const),
      1e-12,
    );
    // p is the exponential of numbers up to 700, whose last bit is worth 1e-13; the statistic's own rounding is multiplied likewise.
    expectClose(
      'p',
      results.map(({ expected, ours }) => [ours.p, expected.p] as const),
      1e-10,
    );
  });

  it('gives the numbers of the notes: 3.111111, p .211072', () => {
    const { statistic, p } = chiSquared([30, 40, 30], [20, 50, 30]);
    expect(statistic).toBeCloseTo(3.111111, 6);
    expect(p).toBeCloseTo(0.211072, 6);
  });

  it('has a tail that equals scipy.stats.chi2.sf, in the far tail too', () => {
    expectClose(
      'tail',
      golden.tails.map(({ x, k, p }) => [chiSquaredTail(x, k), p] as const),
      1e-11,
    );
    expect(chiSquaredTail(1400, 1)).toBeGreaterThan(0);
    expect(1 - cdf(1400, 1)).toBe(0);
    expect(chiSquaredTail(1e9, 3)).toBe(0);
    expect(chiSquaredTail(Infinity, 3)).toBe(0);
  });

  it('agrees with 1 − cdf of an independent implementation where that has digits', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.001, max: 60, noNaN: true }), fc.integer({ min: 1, max: 80 }), (x, k) => {
        expect(Math.abs(chiSquaredTail(x, k) - (1 - cdf(x, k)))).toBeLessThan(1e-12);
      }),
    );
  });

  it('drops categories that nobody has and keeps new ones', () => {
    expect(chiSquared([500, 0, 500, 0], [180, 0, 200, 60])).toEqual(chiSquared([500, 500, 0], [180, 200, 60]));
  });

  it('joins categories that expect fewer than five rows, and says which', () => {
    const pooled = chiSquared([400, 300, 3, 2, 4, 6], [200, 150, 2, 1, 5, 2]);
    expect(pooled.pooled).toEqual([2, 3, 4, 5]);
    expect(pooled.statistic).toBeCloseTo(chiSquared([400, 300, 15], [200, 150, 10]).statistic, 12);
    // One row of a new category among 500 expects 0.1: alone it cannot be tested, so the rarest other joins it.
    expect(chiSquared([3000, 1000, 0], [300, 199, 1]).pooled).toEqual([1, 2]);
  });

  it('has nothing to say when fewer than two cells are left', () => {
    expect(chiSquared([100], [50])).toEqual({ statistic: 0, degrees: 0, p: 1, pooled: [] });
    expect(chiSquared([], []).p).toBe(1);
    expect(chiSquared([5, 5], [0, 0]).p).toBe(1);
    expect(chiSquared([3, 1], [1, 2])).toEqual({ statistic: 0, degrees: 0, p: 1, pooled: [0, 1] });
    expect(() => chiSquared([1], [1, 2])).toThrow(RangeError);
  });

  it('is the same either way round, blind to the order of categories, and every cell it tests expects five', () => {
    fc.assert(
      fc.property(table, (cells) => {
        const [r, c] = sides(cells);
        const one = chiSquared(r, c);
        const mirrored = chiSquared(c, r);
        expect(mirrored.p).toBeCloseTo(one.p, 9);
        expect(mirrored.pooled).toEqual(one.pooled);
        expect(one.p).toBeGreaterThanOrEqual(0);
        expect(one.p).toBeLessThanOrEqual(1);
        if (one.degrees > 0) {
          const n = r.reduce((s, x) => s + x, 0);
          const m = c.reduce((s, x) => s + x, 0);
          const cellsTested = cells.filter(([x, y], k) => x + y > 0 && !one.pooled.includes(k)).map(([x, y]) => x + y);
          if (one.pooled.length > 0) cellsTested.push(one.pooled.reduce((s, k) => s + r[k]! + c[k]!, 0));
          for (const total of cellsTested) expect((total * Math.min(n, m)) / (n + m)).toBeGreaterThanOrEqual(5);
        }
      }),
    );
  });
});
