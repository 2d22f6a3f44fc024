/** @file The body of a split's manifest: who trains, validates and tests, and the cuts that decide for rows that come later. */

import type { Hash } from '../pipeline/digest';
import type { Task } from '../modelling/task';
import type { SplitCuts } from './split';
import type { TimeCuts } from './timeSplit';

export interface SplitBody {
  readonly task: Task;
  readonly counts: { readonly train: number; readonly validation: number; readonly test: number; readonly none: number };
  /** SHA-256 of one letter (t, v, h) per row that takes part, in file order. */
  readonly membership: Hash;
  readonly cuts: SplitCuts | null;
  readonly timeCuts: TimeCuts | null;
  /** Regression: the edges of the strata. */
  readonly edges: readonly number[] | null;
  /** Rows without a target. */
  readonly leftOut: number;
  /** Groups on both sides of a cut in time, and their rows. */
  readonly droppedGroups: number;
  readonly droppedRows: number;
  readonly group: string | null;
  readonly time: string | null;
  /** Pieces of one byte a row: 0 train, 1 validation, 2 test, 255 none. */
  readonly parts: readonly number[];
  /**
   * Pieces of the keys by which the rows were dealt out, 16 bytes a row: row keys, or group keys. With `parts` they settle every row for
   * the versions that follow, even when the table itself is gone.
   */
  readonly settled: readonly number[];
}

export interface SplitParams {
  readonly task: { readonly target: string; readonly asked: 'classification' | 'regression' | null; readonly positive: string | null };
  readonly shares: readonly [number, number, number];
  readonly seed: number;
  readonly group: string | null;
  readonly time: string | null;
}
