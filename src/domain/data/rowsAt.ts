/** @file Some rows of a table. */

import type { Column, Table } from './table';

/** The rows at these positions, in their order. Dictionaries stay as they are. */
export function rowsAt(table: Table, positions: ArrayLike<number>): Table {
  return { rows: positions.length, columns: table.columns.map((column) => cellsAt(column, positions)) };
}

/** The cells of a column at these positions, in their order. */
export function cellsAt(column: Column, positions: ArrayLike<number>): Column {
  const { values } = column;
  if (values.kind === 'numeric') {
    const taken = new Float64Array(positions.length);
    for (let i = 0; i < positions.length; i++) taken[i] = values.values[positions[i]!]!;
    return { ...column, values: { kind: 'numeric', values: taken } };
  }
  const taken = new Int32Array(positions.length);
  for (let i = 0; i < positions.length; i++) taken[i] = values.codes[positions[i]!]!;
  return { ...column, values: { kind: 'coded', codes: taken, dictionary: values.dictionary } };
}
