/** @file One row group after an edit. Edits go group by group, so a table of any size is edited in little memory. */

import { Refusal } from '../refusal';
import { sliceMask } from '../scoping/slice';
import type { Edit } from './edit';
import { fillValue, storedValue, type StoredValue } from './fillValue';
import { compareKeys, keyBytes, keyOfHex, takenKeys } from './keyHex';
import { retyped } from './retype';
import { rowsAt } from './rowsAt';
import { columnNamed, isMissing, lengthOf, type Column, type ColumnValues, type Table } from './table';

/** What must be known of the whole table before its groups are edited. */
export interface EditContext {
  /** For `fillMissing`: the value to fill with. */
  readonly fill: number | string | null;
  /** Position in the table of the group's first row. */
  readonly firstRow?: number;
}

export interface EditReport {
  /** Cells that were given another value. */
  readonly cells: number;
  /** Rows that went. */
  readonly rows: number;
  /** Cells that did not convert and became missing, and some of their texts. */
  readonly unconverted: number;
  readonly examples: readonly string[];
}

export interface EditedGroup {
  readonly table: Table;
  /** 16 bytes a row. */
  readonly keys: Uint8Array;
  readonly report: EditReport;
}

export const emptyReport: EditReport = { cells: 0, rows: 0, unconverted: 0, examples: [] };

/** The reports of two groups as one, with at most five examples. */
export const joinedReports = (a: EditReport, b: EditReport): EditReport => ({
  cells: a.cells + b.cells,
  rows: a.rows + b.rows,
  unconverted: a.unconverted + b.unconverted,
  examples: [...new Set([...a.examples, ...b.examples])].slice(0, 5),
});

/**
 * The context of an edit. Only `fillMissing` needs the column it fills, whole.
 * @throws Refusal unknownColumn, and what `fillValue` refuses.
 */
export function editContext(edit: Edit, column: Column | undefined): EditContext {
  if (edit.op !== 'fillMissing') return { fill: null };
  if (column === undefined) throw new Refusal('unknownColumn', { column: edit.column });
  return { fill: fillValue(edit, column) };
}

/** Tells whether the key of a row is among those given. Keys are found by their first four bytes, then compared. */
function keyTest(keys: readonly string[]): (group: Uint8Array, row: number) => boolean {
  const byStart = new Map<number, Uint8Array[]>();
  const start = (bytes: Uint8Array, at: number): number => (bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)) >>> 0;
  for (const text of keys) {
    const key = keyOfHex(text);
    if (key === undefined) throw new Refusal('unknownRow', { key: text });
    const same = byStart.get(start(key, 0));
    if (same === undefined) byStart.set(start(key, 0), [key]);
    else same.push(key);
  }
  return (group, row) => byStart.get(start(group, row * keyBytes))?.some((key) => compareKeys(group, row, key, 0) === 0) ?? false;
}

/** The values with `value` in the given rows, and how many of them that changed. */
function withValue(values: ColumnValues, rows: readonly number[], value: StoredValue): { readonly values: ColumnValues; readonly changed: number } {
  let changed = 0;
  if (values.kind === 'numeric') {
    const numbers = values.values.slice();
    for (const row of rows) {
      if (!Object.is(numbers[row]! + 0, value)) changed++;
      numbers[row] = value as number;
    }
    return { values: { kind: 'numeric', values: numbers }, changed };
  }
  const known = value === null ? -1 : values.dictionary.indexOf(value as string);
  const added = value !== null && known < 0;
  const code = added ? values.dictionary.length : known;
  const codes = values.codes.slice();
  for (const row of rows) {
    if (codes[row] !== code) changed++;
    codes[row] = code;
  }
  return { values: { kind: 'coded', codes, dictionary: added ? [...values.dictionary, value as string] : values.dictionary }, changed };
}

/** An edit by which rows go. */
export type RowEdit = Extract<Edit, { readonly op: 'filterRows' | 'deleteRows' }>;

/**
 * The positions of the rows that stay.
 * @param group needs only the columns that the edit's conditions name
 * @throws Refusal as `applyEdit`
 */
export function stayingRows(edit: RowEdit, group: Table, keys: Uint8Array): Uint32Array {
  const stays = stayTest(edit, group, keys);
  return Uint32Array.from({ length: group.rows }, (_, row) => row).filter(stays);
}

function stayTest(edit: RowEdit, group: Table, keys: Uint8Array): (row: number) => boolean {
  if (edit.op === 'deleteRows') {
    const unwanted = keyTest(edit.keys);
    return (row) => !unwanted(keys, row);
  }
  const mask = sliceMask(edit.conditions, group);
  return (row) => (mask[row] === 1) === edit.keep;
}

/**
 * The row group after the edit, or null where the edit changes nothing in it. Keys stay with their rows. `editedSchema` must have
 * accepted the edit.
 * @param group needs only the columns that `touchedBy` names; every column where rows go.
 * @param keys 16 bytes a row.
 * @throws Refusal unknownColumn; valueDoesNotFit {column, value, type}; unknownRow {key}: not 32 hexadecimal digits; sliceColumnUnknown.
 */
export function applyEdit(edit: Edit, group: Table, keys: Uint8Array, context: EditContext): EditedGroup | null {
  const columnOf = (name: string): Column => {
    const column = columnNamed(group.columns, name);
    if (column === undefined) throw new Refusal('unknownColumn', { column: name });
    return column;
  };
  const replaced = (old: Column, made: Column, report: Partial<EditReport>): EditedGroup => ({
    table: { rows: group.rows, columns: group.columns.map((column) => (column === old ? made : column)) },
    keys,
    report: { ...emptyReport, ...report },
  });
  const filled = (column: Column, rows: readonly number[], value: StoredValue): EditedGroup | null => {
    if (rows.length === 0) return null;
    const { values, changed } = withValue(column.values, rows, value);
    return changed === 0 ? null : replaced(column, { ...column, values }, { cells: changed });
  };
  switch (edit.op) {
    case 'renameColumn': {
      const column = columnOf(edit.from);
      return edit.from === edit.to ? null : replaced(column, { ...column, name: edit.to }, {});
    }
    case 'dropColumn': {
      const column = columnOf(edit.column);
      return { table: { rows: group.rows, columns: group.columns.filter((each) => each !== column) }, keys, report: emptyReport };
    }
    case 'retypeColumn': {
      const column = columnOf(edit.column);
      if (column.type === edit.to) return null;
      const { column: made, unconverted, examples } = retyped(column, edit.to);
      return replaced(column, made, { unconverted, examples });
    }
    case 'setCell': {
      const column = columnOf(edit.column);
      const value = storedValue(column, edit.value);
      const wanted = keyTest([edit.key]);
      const rows: number[] = [];
      const only = edit.row === undefined ? undefined : edit.row - (context.firstRow ?? 0);
      for (let row = only ?? 0; row >= 0 && row < (only === undefined ? group.rows : Math.min(group.rows, only + 1)); row++) if (wanted(keys, row)) rows.push(row);
      return filled(column, rows, value);
    }
    case 'fillMissing': {
      const column = columnOf(edit.column);
      if (context.fill === null) throw new TypeError('fillMissing needs the context that editContext makes');
      const rows: number[] = [];
      for (let row = 0; row < lengthOf(column.values); row++) if (isMissing(column.values, row)) rows.push(row);
      return filled(column, rows, context.fill);
    }
    case 'filterRows':
    case 'deleteRows': {
      const rows = stayingRows(edit, group, keys);
      return rows.length === group.rows ? null : { table: rowsAt(group, rows), keys: takenKeys(keys, rows), report: { ...emptyReport, rows: group.rows - rows.length } };
    }
  }
}
