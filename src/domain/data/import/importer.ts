/** @file The contract of the importers: what is asked, what a sink receives, what is reported. Step keys contain the options. */

import type { Details } from '../../refusal';
import type { ColumnSchema, ColumnType, Table } from '../table';

export const importFormats = ['csv', 'jsonl', 'parquet', 'xlsx'] as const;
export type ImportFormat = (typeof importFormats)[number];

export interface TypeOverride {
  readonly column: string;
  readonly type: ColumnType;
  /** Of a date: which comes first in 3/4/2021, where the cells themselves do not prove it. */
  readonly order?: 'dayFirst' | 'monthFirst';
}

/** A column as it was imported. A later file of the same columns is read in the same order of day and month. */
export interface ImportedColumn extends ColumnSchema {
  readonly order?: 'dayFirst' | 'monthFirst';
}

/** Everything that decides how bytes become a table. Plain JSON, since it is hashed into the key of a step. */
export interface ImportOptions {
  readonly format: ImportFormat;
  /** One character. */
  readonly delimiter: string;
  /** One character, or empty where quotes mean nothing. */
  readonly quote: string;
  readonly header: boolean;
  /** A label that TextDecoder knows. */
  readonly encoding: string;
  readonly decimal: '.' | ',';
  /**
   * Words that stand for no value, compared after trimming. An empty cell is always missing, listed or not, and so are
   * the words of `missingInNumbers` in columns of numbers, dates and booleans.
   */
  readonly missing: readonly string[];
  readonly types: readonly TypeOverride[];
  /** Name of the sheet of a workbook; null is the first. */
  readonly sheet: string | null;
}

/** Most columns that a table may have. */
export const columnLimit = 10_000;
/** Longest record of text, in characters. A longer one is most probably an unclosed quote. */
export const recordLimit = 1_048_576;
/** Most quarantined rows that are kept with their text. All are counted. */
export const quarantineLimit = 5_000;
/** Longest text kept of one quarantined row, in characters. */
export const quarantineTextLimit = 2_000;

export const quarantineReasons = [
  'tooFewFields',
  'tooManyFields',
  'unclosedQuote',
  'recordTooLong',
  'malformedQuotes',
  'notANumber',
  'notAnInteger',
  'notFinite',
  'beyondSafeInteger',
  'leadingZeros',
  'notABoolean',
  'notADate',
  'notJson',
  'notAnObject',
] as const;
export type QuarantineReason = (typeof quarantineReasons)[number];

/** A record that did not become a row. Nothing is dropped silently. */
export interface QuarantinedRow {
  /** Physical line of the record's first character, from 1. Parquet and JSON arrays: number of the row. Workbooks: row of the sheet. */
  readonly line: number;
  readonly reason: QuarantineReason;
  /** The column whose cell does not fit. */
  readonly column?: string;
  /** Fields found and expected, for ragged rows. */
  readonly found?: number;
  readonly expected?: number;
  /** The raw record, at most `quarantineTextLimit` characters of it. */
  readonly text: string;
  /** True length of the record in characters. */
  readonly length: number;
}

/** A header that could not be used as it was. `index` is the position of the column, from 0. */
export interface RenamedColumn {
  readonly from: string;
  readonly to: string;
  readonly index: number;
}

export interface ImportSummary {
  readonly rows: number;
  /** The final types. They are authoritative: see `ImportSink.group`. */
  readonly columns: readonly ImportedColumn[];
  readonly quarantined: readonly QuarantinedRow[];
  readonly quarantinedCount: number;
  readonly renamed: readonly RenamedColumn[];
  /** Characters that the encoding could not read and that became U+FFFD. */
  readonly replacedCharacters: number;
}

export interface ImportSink {
  /**
   * One row group: exactly `rowsPerGroup` rows but for the last. `lines[i]` is the physical line of row i. A coded column has the
   * dictionary of this group alone, in order of first appearance. The arrays are fresh and belong to the sink.
   * Whether a column is numeric or coded is settled, its exact type is not (integer or number; category, text or identifier):
   * the summary has the final types.
   */
  group(table: Table, lines: Uint32Array<ArrayBuffer>): Promise<void>;
  /** A column turned out to be of another kind: forget every group received so far; they come again from the first row. */
  restart(): Promise<void>;
}

export interface ImportHooks {
  progress(doneBytes: number, totalBytes: number, rows: number): void;
  stopped(): boolean;
  breathe(): Promise<void>;
}

export interface ImportProblem {
  readonly code: 'replacedCharacters' | 'renamedColumns' | 'raggedRows' | 'ambiguousDates' | 'misfits' | 'columnNotFound';
  readonly details: Details;
}

/** What a sample of the file says of one column. Counts are of the sample, not of the file. */
export interface PreviewColumn {
  readonly name: string;
  readonly type: ColumnType;
  readonly missing: number;
  readonly distinct: number;
  readonly samples: readonly string[];
  /** The order of day and month that its dates are read in; `ambiguous`: the cells leave it open; null: they have no such form. */
  readonly order: 'dayFirst' | 'monthFirst' | 'ambiguous' | null;
}

export interface ImportPreview {
  readonly options: ImportOptions;
  readonly columns: readonly PreviewColumn[];
  /** The first 20 records as text. */
  readonly rows: readonly (readonly string[])[];
  readonly problems: readonly ImportProblem[];
  /** Names of the sheets of a workbook, in order; empty for other formats. */
  readonly sheets: readonly string[];
}
