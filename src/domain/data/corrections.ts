/** @file Records that were held back, taken apart into cells so that a person can correct them, and put together again as rows. */

import type { ColumnPlan } from './import/columnPlan';
import { matchedCells } from './import/heldBackFields';
import { GroupBuilder } from './import/groupBuilder';
import type { ImportOptions, QuarantinedRow } from './import/importer';
import { Refusal } from '../refusal';
import { columnAs, emptyColumn, type OriginColumn, type TableOrigin } from './tableOrigin';
import type { ColumnSchema, Table } from './table';

/** A record that became a row after all. Cells are texts in the order of the columns of the first import; null is missing. */
export interface CorrectedRow {
  /** Where it stands in the file: names it among those held back. */
  readonly line: number;
  readonly cells: readonly (string | null)[];
}

/** How texts of cells are read: as in the import. */
export type CellReading = Pick<ImportOptions, 'decimal' | 'missing'>;

/** What a correction step is asked. */
export interface CorrectParams {
  readonly rows: readonly CorrectedRow[];
  readonly reading: CellReading;
  /** A cell that does not fit its column's type: the step is refused, or the cell becomes missing. */
  readonly misfits: 'refuse' | 'missing';
}

/** The cells of a record that was held back, as far as they can be told: one a column of the first import, null where there is nothing. */
export const cellsHeldBack = (row: QuarantinedRow, options: ImportOptions, columns: readonly OriginColumn[]): readonly (string | null)[] =>
  matchedCells(row.text, options, columns.map(({ name }) => name)).map((cell) => (cell === null || cell.trim() === '' ? null : cell));

/**
 * Corrected records as rows of the first import's columns, and how many cells were emptied because they do not fit.
 * @throws Refusal correctionWidth {line, cells, columns}; correctionMisfit {line, column, value, reason}: only where misfits are refused
 */
export function correctedTable({ rows, reading: { decimal, missing }, misfits }: CorrectParams, { columns }: TableOrigin): { readonly table: Table; readonly emptied: number } {
  const builder = new GroupBuilder(
    columns.map(({ name, type, order }): ColumnPlan => ({ name, type, fixed: true, grouped: true, order: order ?? 'none', tolerance: 0, consecutive: false, blind: false })),
    { decimal, missing: new Set(missing.map((word) => word.trim())) },
  );
  let emptied = 0;
  for (const { line, cells } of rows) {
    if (cells.length !== columns.length) throw new Refusal('correctionWidth', { line, cells: cells.length, columns: columns.length });
    const kept = [...cells];
    // A row has a misfit at most in every column.
    while (!builder.add(kept, line)) {
      const { column, reason } = builder.misfit!;
      const at = columns.findIndex(({ name }) => name === column);
      if (misfits === 'refuse') throw new Refusal('correctionMisfit', { line, column, value: kept[at] ?? '', reason });
      kept[at] = null;
      emptied++;
    }
  }
  const { table } = builder.cut();
  // A type that was told from all cells of the import is not told anew from a few.
  return { table: { ...table, columns: table.columns.map((column, at) => ({ ...column, type: columns[at]!.type })) }, emptied };
}

/** Rows of the first import's columns as rows of the table in hand: renamed, retyped, without the columns that were dropped. */
export const asInHand = (rows: Table, { columns: origins }: TableOrigin, inHand: readonly ColumnSchema[]): Table => ({
  rows: rows.rows,
  columns: inHand.map((column) => {
    const at = origins.findIndex(({ now }) => now === column.name);
    return at < 0 ? emptyColumn(column, rows.rows) : columnAs(rows.columns[at]!, column);
  }),
});
