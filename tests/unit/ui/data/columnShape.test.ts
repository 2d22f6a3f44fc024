import { describe, expect, it } from 'vitest';
import { profileOf } from '../../../../src/domain/data/profile';
import { binsOf, binWidth, listedValues, miniShares } from '../../../../src/ui/data/columnShape';

const numbers = (type: 'number' | 'boolean' | 'date', values: readonly number[]) => profileOf({ name: 'x', type, values: { kind: 'numeric', values: Float64Array.from(values) } });

describe('the shape of a column', () => {
  it('of numbers is bins that hold every row with a value once', () => {
    const profile = numbers('number', [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, NaN]);
    expect(binsOf(profile).reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
    expect(binWidth(profile)).not.toBeNull();
    expect(listedValues(profile)).toBeNull();
    expect(miniShares(profile).reduce((sum, share) => sum + share, 0)).toBeCloseTo(10 / 11, 12);
  });

  it('of truth values is how often each was said', () => {
    expect(listedValues(numbers('boolean', [1, 0, 1, 1, NaN]))).toEqual([
      { name: 'true', count: 3 },
      { name: 'false', count: 1 },
    ]);
  });

  it('of dates is spans of days', () => {
    const listed = listedValues(numbers('date', [Date.UTC(2020, 0, 1), Date.UTC(2020, 5, 1), Date.UTC(2020, 11, 31)]));
    expect(listed?.reduce((sum, { count }) => sum + count, 0)).toBe(3);
    expect(listed?.[0]?.name).toMatch(/^\d{4}-\d\d-\d\d – \d{4}-\d\d-\d\d$/);
  });

  it('of an empty column is nothing', () => {
    const profile = numbers('number', [NaN, NaN]);
    expect(binsOf(profile)).toEqual([]);
    expect(miniShares(profile)).toEqual([]);
  });
});
