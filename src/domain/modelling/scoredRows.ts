/** @file Questions about scored rows: how many, one class's scores, a choice of rows, an order that does not depend on how they came. */

import type { Counts, Metric, ScoredRows } from './metric';
import type { RowGroups } from './rowGroups';

export type ClassifiedRows = Extract<ScoredRows, { shape: 'binary' | 'multiclass' }>;
export type RegressedRows = Extract<ScoredRows, { shape: 'regression' }>;

export const rowCount = (rows: ScoredRows): number => rows.truth.length;

/** @throws TypeError for regression: a metric was asked about rows that it is not for. */
export function classified(rows: ScoredRows): ClassifiedRows {
  if (rows.shape === 'regression') throw new TypeError('these rows have values, not classes');
  return rows;
}

/** Rows of two classes with the index of the positive one. @throws TypeError for any other shape. */
export function binary(rows: ScoredRows): { readonly rows: ClassifiedRows; readonly positive: number } {
  if (rows.shape !== 'binary' || rows.positive === null) throw new TypeError('these rows have no positive class');
  return { rows, positive: rows.positive };
}

/** @throws TypeError for classification. */
export function regressed(rows: ScoredRows): RegressedRows {
  if (rows.shape !== 'regression') throw new TypeError('these rows have classes, not values');
  return rows;
}

/** The n probabilities of one class. */
export function scoresOf(rows: ClassifiedRows, of: number): Float64Array {
  const scores = new Float64Array(rows.truth.length);
  for (let i = 0, at = of; i < scores.length; i++, at += rows.classes) scores[i] = rows.probabilities[at]!;
  return scores;
}

/** 1 where the truth is that class. */
export function isClass(rows: ClassifiedRows, of: number): Uint8Array {
  const is = new Uint8Array(rows.truth.length);
  for (let i = 0; i < is.length; i++) is[i] = rows.truth[i] === of ? 1 : 0;
  return is;
}

/** The rows with those indices, in that order; an index may come more than once. */
export function takenRows(rows: ScoredRows, indices: ArrayLike<number>): ScoredRows {
  const n = indices.length;
  if (rows.shape === 'regression') {
    const truth = new Float64Array(n);
    const predicted = new Float64Array(n);
    for (let i = 0; i < n; i++) {
      truth[i] = rows.truth[indices[i]!]!;
      predicted[i] = rows.predicted[indices[i]!]!;
    }
    return { shape: 'regression', truth, predicted };
  }
  const k = rows.classes;
  const truth = new Int32Array(n);
  const predicted = new Int32Array(n);
  const probabilities = new Float64Array(n * k);
  for (let i = 0; i < n; i++) {
    const from = indices[i]!;
    truth[i] = rows.truth[from]!;
    predicted[i] = rows.predicted[from]!;
    for (let j = 0; j < k; j++) probabilities[i * k + j] = rows.probabilities[from * k + j]!;
  }
  return { shape: rows.shape, classes: k, positive: rows.positive, truth, predicted, probabilities };
}

/**
 * An order of the rows made from their content alone: by the (positive) score or the predicted value, then by everything else.
 * Resampling in this order gives the same interval however the rows came, and reads the sorted scores in sequence.
 * @param together sets of scored rows that belong together row by row
 * @param groups where rows are resampled in groups: of rows that are equal otherwise, that of the lower group comes first
 */
export function contentOrder(together: readonly ScoredRows[], groups?: RowGroups): Uint32Array {
  const keys: { data: Float64Array | Int32Array | Uint32Array; stride: number; offset: number }[] = [];
  for (const rows of together) {
    if (rows.shape !== 'regression') {
      const first = rows.positive ?? 0;
      for (let j = 0; j < rows.classes; j++) keys.push({ data: rows.probabilities, stride: rows.classes, offset: (first + j) % rows.classes });
    }
    keys.push({ data: rows.predicted, stride: 1, offset: 0 }, { data: rows.truth, stride: 1, offset: 0 });
  }
  if (groups !== undefined) keys.push({ data: groups.of, stride: 1, offset: 0 });
  const order = new Uint32Array(together[0] ? rowCount(together[0]) : 0);
  for (let i = 0; i < order.length; i++) order[i] = i;
  return order.sort((a, b) => {
    for (const key of keys) {
      const difference = key.data[a * key.stride + key.offset]! - key.data[b * key.stride + key.offset]!;
      if (difference !== 0) return difference;
    }
    return 0;
  });
}

/** n counts of 1: every row once. */
export const everyRow = (n: number): Counts => new Uint16Array(n).fill(1);

/** The metric over all rows given. Null where it is undefined (a zero denominator, one class only). Float64. */
export const metricValue = (metric: Metric, rows: ScoredRows): number | null => metric.weighted(rows)(everyRow(rowCount(rows)));
