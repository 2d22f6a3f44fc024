/** @file The body of a table's manifest: where each column of each row group lies. The page knows tables by this alone. */

import type { ColumnSchema } from './table';
import type { KeyedBy, TableOrigin } from './tableOrigin';

/** Indices into the manifest's chunks, in order: a column above 8 MiB lies in several. */
export type Pieces = readonly number[];

export interface TableBody {
  readonly rows: number;
  readonly columns: readonly (ColumnSchema & { readonly missing: number })[];
  /** Rows of each row group. */
  readonly groups: readonly number[];
  /** cells[column][group] */
  readonly cells: readonly (readonly Pieces[])[];
  /** keys[group]: 16 bytes a row */
  readonly keys: readonly Pieces[];
  /** What the row keys were made from, by names of the first import: `origin` knows what they are called now. */
  readonly keyedBy: KeyedBy;
  /** The columns of the first import: rows that are added later get their keys as its rows did. */
  readonly origin: TableOrigin;
  readonly quarantine: { readonly count: number; /** A JSON chunk of the rows held back; empty when there are none. */ readonly pieces: Pieces };
  /** Header names that had to be changed: duplicates, empty or too long. */
  readonly renamed: readonly { readonly from: string; readonly to: string; readonly index: number }[];
}

export const largestChunk = 8 * 1024 * 1024;
