/** @file Tests of consecutiveIntegers. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { consecutiveIntegers } from '../../../../../src/domain/data/import/consecutiveIntegers';

const holds = (values: readonly number[]): boolean => {
  const tally = consecutiveIntegers();
  for (const value of values) tally.add(value);
  return tally.holds();
};

describe('consecutiveIntegers', () => {
  it('holds for permutations of consecutive integers, from any start', () => {
    expect(holds([1, 2, 3])).toBe(true);
    expect(holds([3, 1, 2])).toBe(true);
    expect(holds([-1, 0, 1])).toBe(true);
    expect(holds([5_000_000_002, 5_000_000_001])).toBe(true);
  });

  it('does not hold with a gap, a repetition, a fraction or nothing', () => {
    for (const values of [[1, 3], [1, 2, 2, 4], [1, 1], [0.5, 1.5], [NaN], []]) expect(holds(values)).toBe(false);
  });

  it('agrees with sorting', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -4, max: 4 }), { minLength: 1, maxLength: 8 }), (values) => {
        const sorted = [...values].sort((a, b) => a - b);
        expect(holds(values)).toBe(sorted.every((value, at) => at === 0 || value === sorted[at - 1]! + 1));
      }),
    );
  });
});
