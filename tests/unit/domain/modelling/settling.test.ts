import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rowsToSettle } from '../../../../src/domain/modelling/settling';
import { wilson } from '../../../../src/domain/modelling/wilson';

const holds = (share: number, rows: number, target: number): boolean => {
  const { low, high } = wilson(share * rows, rows)!;
  return low <= target && target <= high;
};

describe('rows that settle a criterion', () => {
  it('takes some 380 rows to tell .60 from .55', () => {
    expect(rowsToSettle(0.6, 0.55)).toBe(381);
  });

  it('has no answer when the share is the target', () => {
    expect(rowsToSettle(0.7, 0.7)).toBeNull();
  });

  it('is the first number of rows whose Wilson interval no longer holds the target', () => {
    const share = fc.double({ min: 0.02, max: 0.98, noNaN: true });
    fc.assert(
      fc.property(share, share, (p, target) => {
        fc.pre(Math.abs(p - target) > 0.01);
        const rows = rowsToSettle(p, target)!;
        // A hair of slack: the share of a whole number of rows is rounded in float64.
        expect(holds(p, rows * 1.000001, target)).toBe(false);
        expect(rows < 2 || holds(p, (rows - 1) * 0.999999, target)).toBe(true);
      }),
    );
  });
});
