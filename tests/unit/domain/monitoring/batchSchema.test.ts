import { describe, expect, it } from 'vitest';
import type { Column } from '../../../../src/domain/data/table';
import { columnTypes } from '../../../../src/domain/data/table';
import { batchSchema, isComparable } from '../../../../src/domain/monitoring/batchSchema';

const number = (name: string, type: 'number' | 'integer' | 'date' = 'number'): Column => ({
  name,
  type,
  values: { kind: 'numeric', values: Float64Array.of(1, 2) },
});
const category = (name: string, dictionary: string[], codes: number[], type: 'category' | 'text' = 'category'): Column => ({
  name,
  type,
  values: { kind: 'coded', dictionary, codes: Int32Array.from(codes) },
});

describe('batchSchema', () => {
  it('finds nothing when the batch fits, in whatever order its columns stand', () => {
    const columns = [number('a'), category('c', ['x', 'y'], [0, 1])];
    expect(batchSchema(columns, [category('c', ['y', 'x', 'unused'], [0, 1]), number('a')])).toEqual([]);
  });

  it('finds missing and extra columns, changed types and new categories', () => {
    const reference = [number('gone'), number('whole'), number('when', 'date'), category('colour', ['red'], [0]), category('note', ['n'], [0], 'text')];
    const batch = [
      number('__proto__'),
      number('whole', 'integer'),
      number('when'),
      category('colour', ['blue', 'red'], [0, 0, 1, -1]),
      category('note', ['m'], [0], 'text'),
    ];
    expect(batchSchema(reference, batch)).toEqual([
      { kind: 'missingColumn', column: 'gone', type: 'number' },
      { kind: 'typeChanged', column: 'whole', from: 'number', to: 'integer', comparable: true },
      { kind: 'typeChanged', column: 'when', from: 'date', to: 'number', comparable: false },
      { kind: 'newCategories', column: 'colour', categories: ['blue'], count: 1, rows: 2 },
      { kind: 'extraColumn', column: '__proto__', type: 'number' },
    ]);
  });

  it('compares only types of one kind of values', () => {
    const coded = new Set(['category', 'text', 'identifier']);
    for (const a of columnTypes) {
      expect(isComparable(a, a)).toBe(true);
      for (const b of columnTypes) {
        expect(isComparable(a, b)).toBe(isComparable(b, a));
        if (isComparable(a, b)) expect(coded.has(a)).toBe(coded.has(b));
      }
    }
    expect(isComparable('boolean', 'integer')).toBe(false);
  });
});
