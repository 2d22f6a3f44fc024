/** @file Tests of groupBuilder. */

import { describe, expect, it } from 'vitest';
import { columnPlan } from '../../../../../src/domain/data/import/columnPlan';
import { GroupBuilder } from '../../../../../src/domain/data/import/groupBuilder';
import type { ColumnType } from '../../../../../src/domain/data/table';

const builder = (...types: ColumnType[]): GroupBuilder =>
  new GroupBuilder(
    types.map((type, at) => ({ ...columnPlan(`c${at}`, ['x'], '.', type).plan, fixed: false })),
    { decimal: '.', missing: new Set(['NA']) },
  );

describe('GroupBuilder', () => {
  it('takes a row whole or not at all', () => {
    const rows = builder('category', 'number', 'number');
    expect(rows.add(['a', '1', '2'], 2)).toBe(true);
    expect(rows.add(['b', '1', 'x'], 3)).toBe(false);
    expect(rows.misfit).toEqual({ column: 'c2', reason: 'notANumber' });
    expect(rows.add(['c', 'NA', ''], 4)).toBe(true);
    const { table, lines } = rows.cut();
    expect([...lines]).toEqual([2, 4]);
    expect(table.columns.map(({ values }) => (values.kind === 'numeric' ? [...values.values] : values.dictionary))).toEqual([['a', 'c'], [1, NaN], [2, NaN]]);
  });

  it('counts contradictions of every column, and values of accepted rows only', () => {
    const rows = builder('number', 'number');
    for (let row = 0; row < 20; row += 1) rows.add(['1', row < 3 ? 'x' : '2'], row);
    rows.add(['x', 'x'], 20);
    expect(rows.contradicted(false)).toEqual([1]);
    expect(rows.contradicted(true)).toEqual([0, 1]);
  });

  it('never writes a negative zero, nor a value that is not finite', () => {
    const rows = builder('number');
    rows.add(['-0'], 1);
    rows.add([-0], 2);
    expect(rows.add(['-inf'], 3)).toBe(false);
    expect(rows.add([Infinity], 4)).toBe(false);
    expect(rows.misfit!.reason).toBe('notFinite');
    const { table } = rows.cut();
    expect(table.columns[0]!.values).toMatchObject({ values: Float64Array.of(0, 0) });
    expect(rows.contradicted(true)).toEqual([]);
  });

  it('stays small for many columns of few rows', () => {
    const rows = builder(...new Array<ColumnType>(10_000).fill('number'));
    rows.add(new Array<string>(10_000).fill('1'), 1);
    const { table } = rows.cut();
    expect(table.columns[9_999]!.values).toMatchObject({ values: Float64Array.of(1) });
    expect(table.columns.reduce((bytes, { values }) => bytes + (values.kind === 'numeric' ? values.values.buffer.byteLength : 0), 0)).toBeLessThan(1_000_000);
  });
});
