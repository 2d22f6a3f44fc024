/** @file What a table is in memory: typed columns, values apart from names, missing values explicit. No storage here. */

/** What a column means. `date` is an instant in UTC. */
export const columnTypes = ['number', 'integer', 'boolean', 'date', 'category', 'text', 'identifier'] as const;
export type ColumnType = (typeof columnTypes)[number];

/** Rows per row group: the unit in which a column is stored, hashed and read. */
export const rowsPerGroup = 65_536;

/** number, integer, boolean (0 or 1) and date (milliseconds since 1970 UTC): float64, NaN is missing. */
export interface NumericValues {
  readonly kind: 'numeric';
  readonly values: Float64Array;
}

/** category, text and identifier: an index into a dictionary of distinct strings, −1 is missing. */
export interface CodedValues {
  readonly kind: 'coded';
  readonly codes: Int32Array;
  readonly dictionary: readonly string[];
}

export type ColumnValues = NumericValues | CodedValues;

export interface ColumnSchema {
  readonly name: string;
  readonly type: ColumnType;
}

export interface Column extends ColumnSchema {
  readonly values: ColumnValues;
}

/** A table, or one row group of it, whole in memory. Only workers hold one. */
export interface Table {
  readonly rows: number;
  readonly columns: readonly Column[];
}

export const isNumericType = (type: ColumnType): boolean => type === 'number' || type === 'integer' || type === 'boolean' || type === 'date';

export const lengthOf = (values: ColumnValues): number => (values.kind === 'numeric' ? values.values.length : values.codes.length);

export const isMissing = (values: ColumnValues, row: number): boolean => (values.kind === 'numeric' ? Number.isNaN(values.values[row]!) : values.codes[row]! < 0);

/** The text of a coded value, undefined where it is missing. */
export const textAt = (values: CodedValues, row: number): string | undefined => {
  const code = values.codes[row]!;
  return code < 0 ? undefined : values.dictionary[code];
};

/** The column of that name. Names are data and are compared, never used as keys of an object. */
export const columnNamed = <C extends { readonly name: string }>(columns: readonly C[], name: string): C | undefined => columns.find((column) => column.name === name);
