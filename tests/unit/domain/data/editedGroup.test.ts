/** @file Edits applied to a row group: values change, keys stay with their rows. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellText } from '../../../../src/domain/data/cell';
import type { Edit } from '../../../../src/domain/data/edit';
import { applyEdit, editContext, joinedReports, type EditedGroup } from '../../../../src/domain/data/editedGroup';
import { keyHex } from '../../../../src/domain/data/keyHex';
import { rowKeys } from '../../../../src/domain/data/rowKey';
import { columnNamed, type Table } from '../../../../src/domain/data/table';
import { coded, numeric, tableOf } from './tables';

const table = tableOf(numeric('n', [1, Number.NaN, 3, 1]), coded('__proto__', ['a', 'b', null, 'a']));
const keys = rowKeys(table, [0, 1]);
const apply = (edit: Edit, to: Table = table): EditedGroup | null =>
  applyEdit(edit, to, keys, editContext(edit, 'column' in edit ? columnNamed(to.columns, edit.column) : undefined));
const spelt = (edited: EditedGroup | null): string =>
  edited!.table.columns
    .map((column) => `${column.name}:${Array.from({ length: edited!.table.rows }, (_, row) => cellText(column, row) ?? '-').join('')}`)
    .join(' ');

describe('an edit', () => {
  it('sets one of several copies where its position is given, wherever the group begins', () => {
    const edit: Edit = { op: 'setCell', key: keyHex(keys, 3), column: '__proto__', value: 'new', row: 103 };
    const edited = applyEdit(edit, table, keys, { fill: null, firstRow: 100 });
    expect(spelt(edited)).toBe('n:1-31 __proto__:ab-new');
    expect(applyEdit(edit, table, keys, { fill: null, firstRow: 200 })).toBeNull();
    expect(applyEdit(edit, table, keys, { fill: null, firstRow: 0 })).toBeNull();
  });

  it('sets a cell by key, in every copy of the row', () => {
    const edited = apply({ op: 'setCell', key: keyHex(keys, 0), column: '__proto__', value: 'new' });
    expect(spelt(edited)).toBe('n:1-31 __proto__:newb-new');
    expect(edited!.report.cells).toBe(2);
    expect(edited!.keys).toBe(keys);
    expect(spelt(apply({ op: 'setCell', key: keyHex(keys, 2), column: 'n', value: null }))).toBe('n:1--1 __proto__:ab-a');
    expect(spelt(apply({ op: 'setCell', key: keyHex(keys, 1), column: 'n', value: '7' }))).toBe('n:1731 __proto__:ab-a');
  });

  it('that changes nothing says so', () => {
    expect(apply({ op: 'setCell', key: keyHex(keys, 0), column: 'n', value: 1 })).toBeNull();
    expect(apply({ op: 'setCell', key: 'f'.repeat(32), column: 'n', value: 1 })).toBeNull();
    expect(apply({ op: 'deleteRows', keys: ['f'.repeat(32)] })).toBeNull();
    expect(apply({ op: 'filterRows', conditions: [], keep: true })).toBeNull();
    expect(apply({ op: 'retypeColumn', column: 'n', to: 'number' })).toBeNull();
    expect(apply({ op: 'fillMissing', column: 'n', with: 'mode' }, tableOf(numeric('n', [1, 1, 1, 1])))).toBeNull();
  });

  it('renames, drops and retypes columns', () => {
    expect(spelt(apply({ op: 'renameColumn', from: '__proto__', to: 'x' }))).toBe('n:1-31 x:ab-a');
    expect(spelt(apply({ op: 'dropColumn', column: 'n' }))).toBe('__proto__:ab-a');
    expect(apply({ op: 'retypeColumn', column: '__proto__', to: 'number' })!.report).toMatchObject({ unconverted: 3, examples: ['a', 'b'] });
  });

  it('takes rows out with their keys', () => {
    const kept = apply({ op: 'filterRows', conditions: [{ column: 'n', operator: '=', value: 1 }], keep: true });
    expect(spelt(kept)).toBe('n:11 __proto__:aa');
    expect(keyHex(kept!.keys, 1)).toBe(keyHex(keys, 3));
    expect(kept!.report.rows).toBe(2);
    expect(spelt(apply({ op: 'filterRows', conditions: [{ column: 'n', operator: '=', value: 1 }], keep: false }))).toBe('n:-3 __proto__:b-');
    expect(spelt(apply({ op: 'deleteRows', keys: [keyHex(keys, 0), keyHex(keys, 2)] }))).toBe('n:- __proto__:b');
  });

  it('fills gaps', () => {
    expect(spelt(apply({ op: 'fillMissing', column: 'n', with: 'median' }))).toBe('n:1131 __proto__:ab-a');
    expect(spelt(apply({ op: 'fillMissing', column: '__proto__', with: 'mode' }))).toBe('n:1-31 __proto__:abaa');
    expect(spelt(apply({ op: 'fillMissing', column: '__proto__', with: { value: 'z' } }))).toBe('n:1-31 __proto__:abza');
  });

  it('is refused with its reason', () => {
    expect(() => apply({ op: 'setCell', key: keyHex(keys, 0), column: 'n', value: 'many' })).toThrow(
      'valueDoesNotFit {"column":"n","value":"many","type":"number"}',
    );
    expect(() => apply({ op: 'setCell', key: 'abc', column: 'n', value: 1 })).toThrow('unknownRow {"key":"abc"}');
    expect(() => apply({ op: 'dropColumn', column: 'z' })).toThrow('unknownColumn');
  });

  it('leaves the group it was given as it was', () => {
    apply({ op: 'setCell', key: keyHex(keys, 0), column: 'n', value: 99 });
    apply({ op: 'fillMissing', column: '__proto__', with: { value: 'z' } });
    expect(cellText(table.columns[0]!, 0)).toBe('1');
    expect(cellText(table.columns[1]!, 2)).toBeNull();
  });

  it('gives the same group by group as at once', () =>
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(1, 2, Number.NaN), fc.constantFrom('a', 'b', null)), { minLength: 2, maxLength: 30 }),
        fc.nat(30),
        fc.nat(4),
        (cells, at, which) => {
          const of = (rows: typeof cells): Table =>
            tableOf(
              numeric(
                'n',
                rows.map((r) => r[0]),
              ),
              coded(
                'c',
                rows.map((r) => r[1]),
              ),
            );
          const cut = Math.max(1, Math.min(at, cells.length - 1));
          const whole = of(cells);
          const all = rowKeys(whole, [0, 1]);
          const edit = (
            [
              { op: 'filterRows', conditions: [{ column: 'n', operator: '>', value: 1 }], keep: which === 0 },
              { op: 'deleteRows', keys: [keyHex(all, 0)] },
              { op: 'setCell', key: keyHex(all, cells.length - 1), column: 'c', value: 'new' },
              { op: 'retypeColumn', column: 'n', to: 'boolean' },
              { op: 'fillMissing', column: 'c', with: { value: 'z' } },
            ] satisfies Edit[]
          )[which]!;
          const context = editContext(edit, 'column' in edit ? columnNamed(whole.columns, edit.column) : undefined);
          const unchanged = (group: Table, groupKeys: Uint8Array): EditedGroup => ({
            table: group,
            keys: groupKeys,
            report: { cells: 0, rows: 0, unconverted: 0, examples: [] },
          });
          const once = applyEdit(edit, whole, all, context) ?? unchanged(whole, all);
          const parts = [cells.slice(0, cut), cells.slice(cut)].map((rows, i) => {
            const group = of(rows);
            const groupKeys = i === 0 ? all.slice(0, 16 * cut) : all.slice(16 * cut);
            return applyEdit(edit, group, groupKeys, context) ?? unchanged(group, groupKeys);
          });
          const text = (edited: EditedGroup, c: number): (string | null)[] =>
            Array.from({ length: edited.table.rows }, (_, row) => cellText(edited.table.columns[c]!, row));
          for (const c of [0, 1]) expect(parts.flatMap((part) => text(part, c))).toEqual(text(once, c));
          expect(Buffer.concat(parts.map((part) => part.keys))).toEqual(Buffer.from(once.keys));
          expect(joinedReports(parts[0]!.report, parts[1]!.report)).toEqual(once.report);
        },
      ),
    ));
});
