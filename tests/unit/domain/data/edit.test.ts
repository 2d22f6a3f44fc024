/** @file Edits as plans: the columns they leave and what they touch. */
import { expect, it } from 'vitest';
import { editedSchema, touchedBy } from '../../../../src/domain/data/edit';
import type { ColumnSchema } from '../../../../src/domain/data/table';

const schema: ColumnSchema[] = [
  { name: 'a', type: 'number' },
  { name: '__proto__', type: 'category' },
];

it('names the columns after an edit', () => {
  expect(editedSchema({ op: 'renameColumn', from: '__proto__', to: 'b' }, schema)).toEqual([schema[0], { name: 'b', type: 'category' }]);
  expect(editedSchema({ op: 'renameColumn', from: 'a', to: 'a' }, schema)).toEqual(schema);
  expect(editedSchema({ op: 'dropColumn', column: 'a' }, schema)).toEqual([schema[1]]);
  expect(editedSchema({ op: 'retypeColumn', column: 'a', to: 'text' }, schema)[0]).toEqual({ name: 'a', type: 'text' });
  for (const edit of [
    { op: 'deleteRows', keys: [] },
    { op: 'filterRows', conditions: [], keep: true },
    { op: 'fillMissing', column: 'a', with: 'mode' },
  ] as const)
    expect(editedSchema(edit, schema)).toEqual(schema);
});

it('touches as little as it can', () => {
  expect(touchedBy({ op: 'setCell', key: '', column: 'a', value: 1 }, schema)).toEqual({ kind: 'columns', columns: ['a'] });
  expect(touchedBy({ op: 'renameColumn', from: 'a', to: 'b' }, schema)).toEqual({ kind: 'schema' });
  expect(touchedBy({ op: 'retypeColumn', column: '__proto__', to: 'identifier' }, schema)).toEqual({ kind: 'schema' });
  expect(touchedBy({ op: 'retypeColumn', column: '__proto__', to: 'integer' }, schema)).toEqual({ kind: 'columns', columns: ['__proto__'] });
  expect(touchedBy({ op: 'filterRows', conditions: [], keep: true }, schema)).toEqual({ kind: 'rows' });
});

it('refuses columns that are not there, or there twice', () => {
  expect(() => editedSchema({ op: 'dropColumn', column: 'A' }, schema)).toThrow('unknownColumn {"column":"A"}');
  expect(() => touchedBy({ op: 'retypeColumn', column: 'z', to: 'text' }, schema)).toThrow('unknownColumn');
  expect(() => editedSchema({ op: 'renameColumn', from: 'a', to: '__proto__' }, schema)).toThrow('duplicateColumnName {"column":"__proto__"}');
  expect(() => editedSchema({ op: 'filterRows', conditions: [{ column: 'q', operator: '=', value: 1 }], keep: true }, schema)).toThrow('sliceColumnUnknown');
  expect(() => editedSchema({ op: 'dropColumn', column: 'a' }, schema.slice(0, 1))).toThrow('lastColumn');
});
