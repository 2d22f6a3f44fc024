import { describe, expect, it } from 'vitest';
import { asCategories, categoryCounts, namedCategories, newCategoriesOf } from '../../../../src/domain/monitoring/categoryCounts';
import type { CodedValues } from '../../../../src/domain/data/table';

const coded = (dictionary: string[], ...codes: number[]): CodedValues => ({ kind: 'coded', dictionary, codes: Int32Array.from(codes) });

describe('categoryCounts', () => {
  it('counts by name whatever the order of the dictionaries, and leaves out categories without rows', () => {
    const counts = categoryCounts(coded(['a', 'b', 'unused'], 0, 0, 1, -1), coded(['c', 'a'], 0, 1, 1, 1, -1, -1));
    expect(counts.names).toEqual(['a', 'b', 'c']);
    expect([...counts.reference]).toEqual([2, 1, 0]);
    expect([...counts.current]).toEqual([3, 0, 1]);
    expect(counts.missing).toEqual({ reference: 1, current: 2 });
  });

  it('takes names that objects treat specially as plain names', () => {
    const counts = categoryCounts(coded(['__proto__', 'constructor'], 0, 1), coded(['__proto__', 'toString'], 0, 0, 1));
    expect(counts.names).toEqual(['__proto__', 'constructor', 'toString']);
    expect([...counts.current]).toEqual([2, 0, 1]);
  });

  it('lists new categories by frequency, at most fifty, and counts all', () => {
    const many = Array.from({ length: 60 }, (_, k) => `n${k}`);
    const fresh = newCategoriesOf(categoryCounts(coded(['a'], 0), coded(['a', ...many], 0, ...many.map((_, k) => k + 1), 60, 60)));
    expect(fresh.names).toHaveLength(namedCategories);
    expect(fresh.names[0]).toBe('n59');
    expect([fresh.count, fresh.rows]).toEqual([60, 62]);
  });

  it('reads booleans as two categories', () => {
    const values = asCategories({ name: 'x', type: 'boolean', values: { kind: 'numeric', values: Float64Array.of(0, 1, NaN) } });
    expect(values.dictionary).toEqual(['false', 'true']);
    expect([...values.codes]).toEqual([0, 1, -1]);
  });
});
