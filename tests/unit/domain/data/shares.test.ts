/** @file Shares become whole rows: quotas and totals. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkShares, fewestRows, partSizes, type Shares } from '../../../../src/domain/data/shares';

const usual: Shares = [0.7, 0.15, 0.15];
const shares = fc
  .tuple(fc.integer({ min: 1, max: 100 }), fc.nat(100), fc.nat(100))
  .map(([a, b, c]): Shares => [a / (a + b + c), b / (a + b + c), c / (a + b + c)]);

describe('part sizes', () => {
  it('are exact where the shares allow it', () => {
    for (const n of [20, 100, 1000, 1_000_000]) expect(partSizes([n], usual)[0]).toEqual([(n * 7) / 10, (n * 3) / 20, (n * 3) / 20]);
  });

  it('of few rows favour train, then test', () => {
    expect([1, 2, 3, 4, 5, 6].map((n) => partSizes([n], usual)[0]!.join())).toEqual(['1,0,0', '2,0,0', '2,0,1', '3,0,1', '3,1,1', '4,1,1']);
    expect(fewestRows(usual)).toBe(5);
    expect(fewestRows([0.8, 0, 0.2])).toBe(3);
  });

  it('keep to the quota in every stratum, and give train a row in every stratum that has one', () =>
    fc.assert(
      fc.property(fc.array(fc.nat(200), { minLength: 1, maxLength: 30 }), shares, (rows, share) => {
        partSizes(rows, share).forEach((sizes, s) => {
          expect(sizes[0] + sizes[1] + sizes[2]).toBe(rows[s]);
          sizes.forEach((size, part) => expect(Math.abs(size - share[part]! * rows[s]!)).toBeLessThan(1));
          if (rows[s]! > 0) expect(sizes[0]).toBeGreaterThan(0);
        });
      }),
    ));

  it('keep the totals to the shares over many small strata', () => {
    const sizes = partSizes(new Array<number>(40).fill(3), usual);
    const totals = [0, 1, 2].map((part) => sizes.reduce((sum, s) => sum + s[part]!, 0));
    expect(totals).toEqual([84, 18, 18]);
  });

  it('give nothing to a part without a share', () =>
    fc.assert(fc.property(fc.array(fc.nat(50)), (rows) => partSizes(rows, [0.6, 0, 0.4]).every(([, validation]) => validation === 0))));
});

it('refuses shares that are negative, leave nothing to train or do not add up', () => {
  for (const bad of [
    [0.5, 0.6, -0.1],
    [0, 0.5, 0.5],
    [0.7, 0.2, 0.2],
    [Number.NaN, 0, 0],
  ] as const)
    expect(() => checkShares(bad)).toThrow('badShares');
  expect(() => checkShares([0.7, 0.15, 0.15])).not.toThrow();
});
