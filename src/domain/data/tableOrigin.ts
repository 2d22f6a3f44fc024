/** @file The columns as the first import made them, and what became of each: how a row that comes later gets the key it would have had then. */

import type { Edit } from './edit';
import type { ImportedColumn } from './import/importer';
import { retyped } from './retype';
import { groupKeys, rowKeys } from './rowKey';
import { columnNamed, isNumericType, type Column, type ColumnSchema, type Table } from './table';

export interface OriginColumn extends ImportedColumn {
  /** Its name in the table in hand; null when it was dropped. */
  readonly now: string | null;
}

export interface TableOrigin {
  readonly columns: readonly OriginColumn[];
}

/** What row keys are made from, by names of the first import. `excluded` takes no part: correcting a label must not make another row of it. */
export type KeyedBy =
  | { readonly by: 'features'; readonly excluded: string | null }
  /** Keys are made from one column alone, so that its rows stay on one side of every split. A row whose group is missing keeps its own key. */
  | { readonly by: 'group'; readonly column: string; readonly excluded: string | null };

interface Keyed {
  readonly origin: TableOrigin;
  readonly keyedBy: KeyedBy;
}

/** Of a table that was just imported: every column is called what it was called. */
export const originOf = (columns: readonly ImportedColumn[]): TableOrigin => ({ columns: columns.map((column) => ({ ...column, now: column.name })) });

/** The origin after an edit. A change of type, or of cells, leaves it: keys are made of what was imported. */
export function originAfter(origin: TableOrigin, edit: Edit): TableOrigin {
  if (edit.op !== 'renameColumn' && edit.op !== 'dropColumn') return origin;
  const [from, to] = edit.op === 'renameColumn' ? [edit.from, edit.to] : [edit.column, null];
  return { columns: origin.columns.map((column) => (column.now === from ? { ...column, now: to } : column)) };
}

/** What a column of the first import is called now; null when it was dropped or never was. */
export const nameNow = (origin: TableOrigin, name: string | null): string | null => (name === null ? null : (columnNamed(origin.columns, name)?.now ?? null));

/**
 * For each column of the first import its index among other columns, or −1. Current names are taken first: what a table calls a column is
 * what a later file most probably means by it. The names of the first import serve what is left.
 */
export function matchedColumns(origin: TableOrigin, names: readonly string[]): Int32Array {
  const index = new Map(names.map((name, at) => [name, at]));
  const matched = Int32Array.from(origin.columns, ({ now }) => (now === null ? -1 : (index.get(now) ?? -1)));
  const taken = new Set(matched);
  origin.columns.forEach(({ name }, at) => {
    const found = index.get(name);
    if (matched[at]! < 0 && found !== undefined && !taken.has(found)) {
      matched[at] = found;
      taken.add(found);
    }
  });
  return matched;
}

/** A column without a value. */
export const emptyColumn = ({ name, type }: ColumnSchema, rows: number): Column => ({
  name,
  type,
  values: isNumericType(type) ? { kind: 'numeric', values: new Float64Array(rows).fill(Number.NaN) } : { kind: 'coded', codes: new Int32Array(rows).fill(-1), dictionary: [] },
});

/** A column under a type, and a name. */
export const columnAs = (column: Column, { name, type }: ColumnSchema): Column => (column.type === type ? { ...column, name } : { ...retyped(column, type).column, name });

/** Columns of the first import that keys are made of and that the other columns lack, by the names of the first import. */
export const lackingForKeys = ({ origin, keyedBy }: Keyed, matched: Int32Array): string[] =>
  origin.columns.filter(({ name }, at) => matched[at]! < 0 && (keyedBy.by === 'group' ? name === keyedBy.column : name !== keyedBy.excluded)).map(({ name }) => name);

/**
 * Keys as the first import would have made them, 16 bytes a row: by its names and types, whatever was renamed, retyped or dropped since.
 * A column that the rows lack counts as missing.
 * @param matched for each column of the first import its index in the table, as from `matchedColumns`
 */
export function keysByOrigin(table: Table, { origin, keyedBy }: Keyed, matched: Int32Array): Uint8Array {
  const group = keyedBy.by === 'group' ? keyedBy.column : null;
  const wanted = [...origin.columns.entries()].filter(([, { name }]) => name !== keyedBy.excluded || name === group);
  const columns = wanted.map(([at, column]): Column => {
    const found = matched[at]!;
    return found < 0 ? emptyColumn(column, table.rows) : columnAs(table.columns[found]!, column);
  });
  const made: Table = { rows: table.rows, columns };
  const keys = rowKeys(
    made,
    columns.flatMap(({ name }, at) => (name === keyedBy.excluded ? [] : [at])),
  );
  return group === null
    ? keys
    : groupKeys(
        made,
        columns.findIndex(({ name }) => name === group),
        keys,
      );
}

/** Whether equal keys of two tables mean equal rows: both made from columns of the same names and the same kind of values. */
export function haveLikeKeys(one: Keyed, other: Keyed): boolean {
  const parts = ({ origin, keyedBy }: Keyed): string[] =>
    origin.columns
      .filter(({ name }) => (keyedBy.by === 'group' ? name === keyedBy.column : name !== keyedBy.excluded))
      .map(({ name, type }) => `${isNumericType(type) ? 'n' : 'c'}${name}`)
      .sort();
  const [a, b] = [parts(one), parts(other)];
  return one.keyedBy.by === other.keyedBy.by && a.length === b.length && a.every((part, at) => part === b[at]);
}
