/** @file Records that were held back, taken apart into cells so that a person can correct them, and put together again as rows. */

import { cellText } from './cell';
import type { ColumnPlan } from './import/columnPlan';
import { GroupBuilder } from './import/groupBuilder';
import { matchedCells } from './import/heldBackFields';
import { quarantineTextLimit, type ImportOptions, type QuarantinedRow, type QuarantineReason } from './import/importer';
import { Refusal } from '../refusal';
import { columnAs, emptyColumn, type TableOrigin } from './tableOrigin';
import { isMissing, type ColumnSchema, type ColumnType, type Table } from './table';
import type { TableBody } from './tableManifest';

/** A record that became a row after all. Cells are texts in the order of the columns of the first import; null is missing. */
export interface CorrectedRow {
  /** Where it stands in the file: names it among those held back. */
  readonly line: number;
  readonly cells: readonly (string | null)[];
}

/** How texts of cells are read. */
export type CellReading = Pick<ImportOptions, 'decimal' | 'missing'>;

/** Records that were held back for one reason, in one column where it was a cell. */
export interface HeldBackKind {
  readonly reason: QuarantineReason;
  /** The column whose cells do not fit; null for whole records. */
  readonly column: string | null;
}

/**
 * What a correction step is asked: rows that a person typed (separators of thousands and words for true and false are then read as well, and a
 * cell that does not fit refuses the step), or every record of a kind without the one cell that does not fit. Of these nobody looked at each:
 * one with another such cell stays held back.
 */
export type CorrectParams = { readonly rows: readonly CorrectedRow[]; readonly reading: CellReading } | { readonly without: HeldBackKind; readonly options: ImportOptions };

/** Whether the whole text of a record was kept: only then can it be corrected. */
export const isWhole = (row: QuarantinedRow): boolean => row.length <= quarantineTextLimit;

/** The cells of a record that was held back, as far as they can be told: one a column of the first import, null where there is nothing. */
export const cellsHeldBack = (row: QuarantinedRow, options: ImportOptions, { origin, renamed }: Pick<TableBody, 'origin' | 'renamed'>): readonly (string | null)[] =>
  matchedCells(
    row.text,
    options,
    origin.columns.map(({ name }, at) => renamed.find(({ index }) => index === at)?.from ?? name),
  ).map((cell) => (cell === null || cell.trim() === '' ? null : cell));

/** Records of a kind without the one cell that does not fit. */
export function withoutMisfit(held: readonly QuarantinedRow[], { reason, column }: HeldBackKind, options: ImportOptions, body: Pick<TableBody, 'origin' | 'renamed'>): readonly CorrectedRow[] {
  const at = body.origin.columns.findIndex(({ name }) => name === column);
  return held
    .filter((row) => row.reason === reason && (row.column ?? null) === column && isWhole(row))
    .map((row) => ({ line: row.line, cells: cellsHeldBack(row, options, body).map((cell, index) => (index === at ? null : cell)) }));
}

/** Corrected records that fit: as rows of the first import's columns, and as rows of the table in hand. */
interface Corrected {
  readonly rows: readonly CorrectedRow[];
  readonly made: Table;
  readonly inHand: Table;
}

const unfit: Readonly<Partial<Record<ColumnType, QuarantineReason>>> = { number: 'notANumber', integer: 'notAnInteger', boolean: 'notABoolean', date: 'notADate' };

/**
 * Corrected records as rows.
 * @param typed a person typed them: see `CorrectParams`
 * @throws Refusal correctionWidth {line, cells, columns}; correctionMisfit {line, column, value, reason}: only where they were typed
 */
export function corrected(asked: readonly CorrectedRow[], { decimal, missing }: CellReading, typed: boolean, origin: TableOrigin, inHand: readonly ColumnSchema[]): Corrected {
  const { columns } = origin;
  const builder = new GroupBuilder(
    columns.map(({ name, type, order }): ColumnPlan => ({ name, type, fixed: typed || type !== 'boolean', grouped: typed, order: order ?? 'none', tolerance: 0, consecutive: false, blind: false })),
    { decimal, missing: new Set(missing.map((word) => word.trim())) },
  );
  const misfit = (row: CorrectedRow, column: string, value: string, reason: QuarantineReason): void => {
    if (typed) throw new Refusal('correctionMisfit', { line: row.line, column, value, reason });
  };
  const rows: CorrectedRow[] = [];
  for (const row of asked) {
    if (row.cells.length !== columns.length) throw new Refusal('correctionWidth', { line: row.line, cells: row.cells.length, columns: columns.length });
    if (builder.add(row.cells, row.line)) rows.push(row);
    else misfit(row, builder.misfit!.column, row.cells[columns.findIndex(({ name }) => name === builder.misfit!.column)] ?? '', builder.misfit!.reason);
  }
  const { table } = builder.cut();
  // A type that was told from all cells of the import is not told anew from a few.
  const made: Table = { ...table, columns: table.columns.map((column, at) => ({ ...column, type: columns[at]!.type })) };
  const now = asInHand(made, origin, inHand);
  // A column that was given another type since may not take what the import's took.
  const lost = new Set<number>();
  for (const column of now.columns) {
    const source = made.columns[columns.findIndex((one) => one.now === column.name)];
    for (let row = 0; source !== undefined && source.type !== column.type && row < rows.length; row++) {
      if (!isMissing(column.values, row) || isMissing(source.values, row)) continue;
      misfit(rows[row]!, column.name, cellText(source, row) ?? '', unfit[column.type] ?? 'notANumber');
      lost.add(row);
    }
  }
  return lost.size === 0 ? { rows, made, inHand: now } : corrected(
        rows.filter((_, row) => !lost.has(row)),
        { decimal, missing },
        typed,
        origin,
        inHand,
      );
}

/** Rows of the first import's columns as rows of the table in hand: renamed, retyped, without the columns that were dropped. */
const asInHand = (rows: Table, { columns: origins }: TableOrigin, inHand: readonly ColumnSchema[]): Table => ({
  rows: rows.rows,
  columns: inHand.map((column) => {
    const at = origins.findIndex(({ now }) => now === column.name);
    return at < 0 ? emptyColumn(column, rows.rows) : columnAs(rows.columns[at]!, column);
  }),
});
