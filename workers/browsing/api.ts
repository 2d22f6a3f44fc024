/** @file The worker that a data grid asks for rows: reads row groups of stored tables and gives back the few cells on screen. */

import type { Hash } from '../../src/domain/pipeline/digest';
import type { Condition } from '../../src/domain/scoping/criterion';
import type { Json } from '../../src/domain/canonical';
import type { ValueSummary } from '../../src/domain/modelling/predictionSummary';
import type { Task } from '../../src/domain/modelling/task';

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

export interface PredictedRow {
  /** Position in the table, from 0. */
  readonly row: number;
  /** Text of each cell; null where missing. */
  readonly cells: readonly (string | null)[];
  /** The class or the value. */
  readonly predicted: string | number;
  /** Of the class that is followed: the positive one, else the one decided. Null for values. */
  readonly probability: number | null;
}

export interface PredictionSummary {
  readonly task: Task;
  readonly rows: number;
  /** Rows decided for each class, in the task's order. Empty for values. */
  readonly counts: readonly number[];
  /** Of the predicted values. Null for classes, and where there are no rows. */
  readonly summary: ValueSummary | null;
  readonly first: readonly PredictedRow[];
}

export interface BrowsingApi {
  ping(): Promise<true>;
  /** How many rows the choice holds. */
  count(database: string, table: Hash, choice: RowChoice): Promise<number>;
  rows(database: string, table: Hash, choice: RowChoice, start: number, count: number): Promise<readonly GridRow[]>;
  /** The keys of the rows chosen. */
  keysOf(database: string, table: Hash, choice: RowChoice): Promise<readonly string[]>;
  /** Of these keys, those that a table, or the settled rows of a split, has, with how often. */
  keysIn(database: string, artifact: Hash, keys: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /** Rows held back at import, with line and reason. */
  quarantine(database: string, table: Hash): Promise<Json>;
  /** The whole table as CSV (with its key column), in pieces. */
  csv(database: string, table: Hash, piece: (text: string) => void | Promise<void>): Promise<void>;
  /** Predictions of scored rows as CSV, in pieces. @param threshold of binary models */
  predictions(database: string, table: Hash, scores: Hash, threshold: number, piece: (text: string) => void | Promise<void>): Promise<void>;
  /** What the predictions of scored rows come to, and the first of them. @param threshold of binary models @param shown rows at most */
  predictionSummary(database: string, table: Hash, scores: Hash, threshold: number, shown: number): Promise<PredictionSummary>;
}
