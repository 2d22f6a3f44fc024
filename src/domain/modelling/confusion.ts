/** @file The confusion matrix: how many rows of each true class were called each class, and which rows they are. */

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

/** Indices of the rows in one cell, ascending. @throws TypeError for regression. */
export function rowsInCell(rows: ScoredRows, trueClass: number, predictedClass: number): Uint32Array {
  const { truth, predicted } = classified(rows);
  const found = new Uint32Array(truth.length);
  let count = 0;
  for (let i = 0; i < truth.length; i++) if (truth[i] === trueClass && predicted[i] === predictedClass) found[count++] = i;
  return found.slice(0, count);
}
