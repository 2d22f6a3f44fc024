/** @file The worker that a data grid asks for rows: reads row groups of stored tables and gives back the few cells on screen. */

import type { Hash } from '../../src/domain/pipeline/digest';
import type { Condition } from '../../src/domain/scoping/criterion';
import type { Json } from '../../src/domain/canonical';

export interface GridRow {
  /** Position in the table, from 0. */
  readonly row: number;
  /** 32 hexadecimal digits. */
  readonly key: string;
  /** Text of each cell; null where missing. */
  readonly cells: readonly (string | null)[];
}

/** Which rows of a table to show: all, those of a slice, or these very ones. */
export type RowChoice = { readonly kind: 'all' } | { readonly kind: 'slice'; readonly conditions: readonly Condition[] } | { readonly kind: 'rows'; readonly rows: readonly number[] };

export interface BrowsingApi {
  ping(): Promise<true>;
  /** How many rows the choice holds. */
  count(database: string, table: Hash, choice: RowChoice): Promise<number>;
  rows(database: string, table: Hash, choice: RowChoice, start: number, count: number): Promise<readonly GridRow[]>;
  /** Rows held back at import, with line and reason. */
  quarantine(database: string, table: Hash): Promise<Json>;
  /** The whole table as CSV (with its key column), in pieces. */
  csv(database: string, table: Hash, piece: (text: string) => void | Promise<void>): Promise<void>;
  /** Predictions of scored rows as CSV. @param threshold of binary models */
  predictions(database: string, table: Hash, scores: Hash, threshold: number): Promise<string>;
}
