/** @file The body of scores: what a model said of some rows. Chunks hold the rows and the answers. */

import type { Engine } from './learner';
import type { Task } from './task';

/** Which rows were scored. `outOfFold`: train and validation, each row by a model that did not see it. */
export type ScoredPart = 'train' | 'validation' | 'test' | 'all' | 'outOfFold';

export interface ScoresBody {
  readonly task: Task;
  /** The column whose equal values belong together, so that no interval counts them as independent rows; null: none. Absent in scores of before. */
  readonly group?: string | null;
  readonly part: ScoredPart;
  readonly engine: Engine;
  readonly rows: number;
  /** Pieces of the row positions in the table, uint32. */
  readonly positions: readonly number[];
  /** Pieces of the answers, float64: rows × K probabilities, or rows values. */
  readonly answers: readonly number[];
}
