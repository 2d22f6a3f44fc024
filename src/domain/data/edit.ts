/** @file An edit of a table: what a person may change, as plain data that is stored, replayed and undone by going back a version. */

import { Refusal } from '../refusal';
import type { Condition } from '../scoping/criterion';
import { columnNamed, isNumericType, type ColumnSchema, type ColumnType } from './table';

/** Text, number or truth value as entered; null is missing. Dates may be ISO text or milliseconds. */
export type CellValue = string | number | boolean | null;

export type Edit =
  /**
   * `key`: 32 hexadecimal digits. Rows that are copies of each other, or of one group, share a key and are all set, unless `row`
   * names one of them by its position in the table (from 0).
   */
  | { readonly op: 'setCell'; readonly key: string; readonly column: string; readonly value: CellValue; readonly row?: number }
  | { readonly op: 'renameColumn'; readonly from: string; readonly to: string }
  | { readonly op: 'dropColumn'; readonly column: string }
  | { readonly op: 'retypeColumn'; readonly column: string; readonly to: ColumnType }
  /** Keeps only the rows of the slice, or only the others. */
  | { readonly op: 'filterRows'; readonly conditions: readonly Condition[]; readonly keep: boolean }
  | { readonly op: 'deleteRows'; readonly keys: readonly string[] }
  | { readonly op: 'fillMissing'; readonly column: string; readonly with: 'median' | 'mode' | { readonly value: CellValue } };

/** What storage must write anew: names and types alone, the chunks of some columns, or every column since rows go. */
export type Touched = { readonly kind: 'schema' } | { readonly kind: 'columns'; readonly columns: readonly string[] } | { readonly kind: 'rows' };

function known(schema: readonly ColumnSchema[], name: string): ColumnSchema {
  const column = columnNamed(schema, name);
  if (column === undefined) throw new Refusal('unknownColumn', { column: name });
  return column;
}

/**
 * What the edit touches.
 * @throws Refusal unknownColumn {column}.
 */
export function touchedBy(edit: Edit, schema: readonly ColumnSchema[]): Touched {
  switch (edit.op) {
    case 'renameColumn':
    case 'dropColumn':
      return { kind: 'schema' };
    case 'retypeColumn':
      // Category, text and identifier are stored alike, so only the name of the type changes.
      return !isNumericType(edit.to) && !isNumericType(known(schema, edit.column).type) ? { kind: 'schema' } : { kind: 'columns', columns: [edit.column] };
    case 'setCell':
    case 'fillMissing':
      return { kind: 'columns', columns: [edit.column] };
    case 'filterRows':
    case 'deleteRows':
      return { kind: 'rows' };
  }
}

/**
 * The columns after the edit.
 * @throws Refusal unknownColumn {column}; duplicateColumnName {column}; sliceColumnUnknown {column}; lastColumn {column}: a table keeps one.
 */
export function editedSchema(edit: Edit, schema: readonly ColumnSchema[]): ColumnSchema[] {
  switch (edit.op) {
    case 'renameColumn':
      known(schema, edit.from);
      if (edit.from !== edit.to && columnNamed(schema, edit.to) !== undefined) throw new Refusal('duplicateColumnName', { column: edit.to });
      return schema.map((column) => (column.name === edit.from ? { ...column, name: edit.to } : column));
    case 'dropColumn':
      known(schema, edit.column);
      if (schema.length === 1) throw new Refusal('lastColumn', { column: edit.column });
      return schema.filter(({ name }) => name !== edit.column);
    case 'retypeColumn':
      known(schema, edit.column);
      return schema.map((column) => (column.name === edit.column ? { ...column, type: edit.to } : column));
    case 'setCell':
    case 'fillMissing':
      known(schema, edit.column);
      return [...schema];
    case 'filterRows':
      for (const { column } of edit.conditions) if (columnNamed(schema, column) === undefined) throw new Refusal('sliceColumnUnknown', { column });
      return [...schema];
    case 'deleteRows':
      return [...schema];
  }
}
