/** @file The difference of two versions: columns, rows with their copies, cells. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keyHex } from '../../../../src/domain/data/keyHex';
import { rowKeys } from '../../../../src/domain/data/rowKey';
import type { Table } from '../../../../src/domain/data/table';
import { versionDiff, type Version } from '../../../../src/domain/data/versionDiff';
import { cpuTime } from './cpuTime';
import { coded, numeric, tableOf } from './tables';

const version = (table: Table, include = [...table.columns.keys()]): Version => ({ table, keys: rowKeys(table, include) });

describe('the difference of two versions', () => {
  it('lists columns that came, went or changed type', () => {
    const before = version(tableOf(numeric('n', [1]), coded('c', ['a']), numeric('t', [1])));
    const after: Version = { table: tableOf(coded('c', ['a']), coded('t', ['1']), numeric('__proto__', [1])), keys: before.keys };
    expect(versionDiff(before, after)).toEqual({
      schema: {
        added: [{ name: '__proto__', type: 'number' }],
        removed: [{ name: 'n', type: 'number' }],
        retyped: [{ name: 't', from: 'number', to: 'category' }],
      },
      rows: { before: 1, after: 1, added: 0, removed: 0, addedKeys: [], removedKeys: [] },
      cells: [],
    });
  });

  it('counts rows by key, and copies by how many there are', () => {
    const before = version(tableOf(numeric('n', [1, 1, 1, 2, 3])));
    const after = version(tableOf(numeric('n', [4, 1, 3, 3])));
    const { rows } = versionDiff(before, after);
    expect(rows).toMatchObject({ before: 5, after: 4, added: 2, removed: 3 });
    expect(rows.addedKeys).toEqual([keyHex(after.keys, 0), keyHex(after.keys, 3)]);
    expect(rows.removedKeys).toEqual([keyHex(before.keys, 1), keyHex(before.keys, 2), keyHex(before.keys, 3)]);
  });

  it('counts changed cells by column, wherever the rows moved', () => {
    const before = version(tableOf(numeric('id', [1, 2, 3]), numeric('n', [5, Number.NaN, 7]), coded('c', ['a', 'b', null])), [0]);
    const after = version(tableOf(numeric('id', [3, 1, 2]), numeric('n', [7, 5, Number.NaN]), coded('c', ['b', 'a', null])), [0]);
    expect(versionDiff(before, after).cells).toEqual([
      {
        column: 'c',
        changed: 2,
        changes: [
          { key: keyHex(after.keys, 0), before: null, after: 'b' },
          { key: keyHex(after.keys, 2), before: 'b', after: null },
        ],
      },
    ]);
  });

  it('of a version with itself is empty, and turned round swaps what came and went', () => {
    const cells = fc.array(fc.tuple(fc.nat(5), fc.constantFrom('a', 'b', null)), { minLength: 1, maxLength: 30 });
    const of = (rows: [number, string | null][]): Version =>
      version(
        tableOf(
          numeric(
            'n',
            rows.map((r) => r[0]),
          ),
          coded(
            'c',
            rows.map((r) => r[1]),
          ),
        ),
        [0],
      );
    fc.assert(
      fc.property(cells, cells, (x, y) => {
        const [a, b] = [of(x), of(y)];
        expect(versionDiff(a, a)).toMatchObject({ rows: { added: 0, removed: 0 }, cells: [] });
        const there = versionDiff(a, b);
        const back = versionDiff(b, a);
        expect([back.rows.added, back.rows.removed]).toEqual([there.rows.removed, there.rows.added]);
        expect(back.cells.map((c) => c.changed)).toEqual(there.cells.map((c) => c.changed));
        expect(there.rows.before - there.rows.removed + there.rows.added).toBe(there.rows.after);
      }),
    );
  });

  it('of a million rows takes seconds at most, and shows a hundred changes', () => {
    const rows = 1_000_000;
    const id = numeric('id', []);
    const ids = { ...id, values: { kind: 'numeric' as const, values: Float64Array.from({ length: rows }, (_, i) => i) } };
    const keys = rowKeys({ rows, columns: [ids] }, [0]);
    const changed = { ...ids, values: { kind: 'numeric' as const, values: ids.values.values.map((x) => (x % 10 === 0 ? -1 : x)) } };
    const start = cpuTime();
    const { cells } = versionDiff({ table: { rows, columns: [ids] }, keys }, { table: { rows, columns: [changed] }, keys });
    const took = cpuTime() - start;
    console.log(`version diff: a million rows in ${took.toFixed(0)} ms`);
    expect([cells[0]!.changed, cells[0]!.changes.length]).toEqual([100_000, 100]);
    expect(took).toBeLessThan(5000);
  });
});
