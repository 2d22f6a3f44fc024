/** @file The body of a table's manifest: where each column of each row group lies. The page knows tables by this alone. */

import type { Json } from '../canonical';
import type { ColumnSchema } from './table';

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
  /** What the row keys were made from, at the first import. */
  readonly keyedBy: { readonly by: 'features'; readonly excluded: string | null } | { readonly by: 'group'; readonly column: string };
  readonly quarantine: { readonly count: number; /** A JSON chunk of the rows held back; empty when there are none. */ readonly pieces: Pieces };
  /** Header names that had to be changed: duplicates, empty or too long. */
  readonly renamed: readonly { readonly from: string; readonly to: string; readonly index: number }[];
}

export const largestChunk = 8 * 1024 * 1024;

export const tableBody = (body: Json): TableBody => body as unknown as TableBody;
