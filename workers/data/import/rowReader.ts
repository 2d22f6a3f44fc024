/** @file What every format's reader offers to the importer: headers, a sample, and all rows from the beginning as often as needed. */

import type { ColumnPlan } from '../../../src/domain/data/import/columnPlan';
import type { LostLine } from '../../../src/domain/data/import/csvRecords';
import type { Cell } from '../../../src/domain/data/import/groupBuilder';
import type { ColumnType } from '../../../src/domain/data/table';

/** Some rows in file order. A row is undefined if its quotes cannot be read. */
export interface RowBatch {
  readonly kind: 'rows';
  readonly rows: readonly (readonly Cell[] | undefined)[];
  readonly lines: readonly number[];
  /** The record of row i as it stands in the file. */
  raw(index: number): string;
}

/** A step of reading: some rows, a line given up, or only the news of how far reading has come. */
export type ReadingStep = RowBatch | LostLine | { readonly kind: 'read'; readonly bytes: number };

export interface RowReader {
  /** One per column. */
  readonly headers: readonly string[];
  /** Rows from all over the file as text, each as wide as the headers. */
  readonly sample: readonly (readonly string[])[];
  /** Rows that the sample leaves out because they are not as wide as the headers. */
  readonly raggedInSample: number;
  /** Types that the file itself declares, per column. */
  readonly declared?: readonly ColumnType[];
  /** Characters that the encoding could not read in the last complete `read`. */
  readonly replacedCharacters: number;
  read(plans: readonly ColumnPlan[]): AsyncGenerator<ReadingStep, void, undefined>;
}
