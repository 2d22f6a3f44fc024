/** @file The confusion matrix: how many rows of each true class were called each class. */

import type { ScoredRows } from './metric';
import { classified } from './scoredRows';

export interface Confusion {
  /** Number of classes K. */
  readonly classes: number;
  /** K × K counts, row-major: rows are the truth, columns the prediction. */
  readonly cells: Uint32Array;
}

/** Counts every pair of true and predicted class. @throws TypeError for regression. */
export function confusion(rows: ScoredRows): Confusion {
  const { truth, predicted, classes } = classified(rows);
  const cells = new Uint32Array(classes * classes);
  for (let i = 0; i < truth.length; i++) cells[truth[i]! * classes + predicted[i]!]! += 1;
  return { classes, cells };
}
