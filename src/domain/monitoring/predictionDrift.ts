/** @file Drift of what the model says: predicted classes or values, and their mean with an interval. Needs no labels. */

import tQuantile from '@stdlib/stats-base-dists-t-quantile';
import type { Column } from '../data/table';
import type { Estimate } from '../modelling/metric';
import { columnDrift, type ColumnDrift } from './columnDrift';
import { driftAlpha } from './driftReport';

/** What a model said about some rows. Take the reference from rows it was not trained on: on its training rows it is too sure of itself. */
export type Predictions =
  | {
      readonly kind: 'classification';
      readonly classes: readonly string[];
      /** Index of the positive class; null when there are more than two. */
      readonly positive: number | null;
      /** n class indices. */
      readonly predicted: Int32Array;
      /** n × K, row-major. */
      readonly probabilities: Float64Array;
    }
  | { readonly kind: 'regression'; /** n values. */ readonly predicted: Float64Array };

/** A mean on both sides and their difference, current − reference. 95 % intervals. */
export interface MeanShift {
  /** `probability`: of the positive class. `value`: the predicted value. */
  readonly of: 'probability' | 'value';
  readonly reference: Estimate;
  readonly current: Estimate;
  readonly difference: Estimate;
}

export interface PredictionDrift {
  /** Predicted classes as a category, or predicted values as a number. Its name is `prediction`. */
  readonly output: ColumnDrift;
  /** p < alpha and a distance beyond the threshold. One question, so nothing to adjust. */
  readonly drifted: boolean;
  /** Null with more than two classes. */
  readonly mean: MeanShift | null;
}

/**
 * Compares predictions on a batch with predictions on the reference. That they moved is a reason to look, not a fault: customers may have changed. That
 * they stayed put proves nothing about accuracy: when the truth behind equal inputs changes, only labels can tell.
 * @throws TypeError when the two do not come from one model (kinds or classes differ).
 */
export function predictionDrift(
  reference: Predictions,
  current: Predictions,
  options: { readonly seed: number; readonly alpha?: number; readonly draws?: number },
): PredictionDrift {
  const { seed, alpha = driftAlpha, draws = 200 } = options;
  if (reference.kind === 'classification' && current.kind === 'classification') {
    if (reference.classes.length !== current.classes.length || reference.classes.some((name, k) => name !== current.classes[k])) {
      throw new TypeError('predictions of different classes cannot be compared');
    }
  } else if (reference.kind !== current.kind) {
    throw new TypeError('predictions of different tasks cannot be compared');
  }
  const output = columnDrift(asColumn(reference), asColumn(current), { seed, alpha, draws });
  return { output, drifted: output.p < alpha && output.beyond, mean: meanShift(reference, current) };
}

const asColumn = (predictions: Predictions): Column =>
  predictions.kind === 'regression'
    ? { name: 'prediction', type: 'number', values: { kind: 'numeric', values: predictions.predicted } }
    : { name: 'prediction', type: 'category', values: { kind: 'coded', codes: predictions.predicted, dictionary: predictions.classes } };

function meanShift(reference: Predictions, current: Predictions): MeanShift | null {
  const a = meanedValues(reference);
  const b = meanedValues(current);
  if (!a || !b) return null;
  const bounds: readonly [number, number] = reference.kind === 'regression' ? [-Infinity, Infinity] : [0, 1];
  const r = moments(a);
  const c = moments(b);
  const errorR = r.variance / r.n;
  const errorC = c.variance / c.n;
  const error = errorR + errorC;
  // Welch and Satterthwaite's degrees of freedom: the two spreads need not be equal.
  const degrees = error === 0 ? 1 : error ** 2 / (errorR ** 2 / (r.n - 1) + errorC ** 2 / (c.n - 1));
  return {
    of: reference.kind === 'regression' ? 'value' : 'probability',
    reference: interval(r.mean, errorR, r.n - 1, r.n, 't', bounds),
    current: interval(c.mean, errorC, c.n - 1, c.n, 't', bounds),
    difference: interval(c.mean - r.mean, error, Math.min(r.n, c.n) < 2 ? 0 : degrees, r.n + c.n, 'Welch t', [-Infinity, Infinity]),
  };
}

/** The values whose mean is followed; undefined where no class counts as positive. */
function meanedValues(predictions: Predictions): Float64Array | undefined {
  if (predictions.kind === 'regression') return predictions.predicted;
  const { positive, probabilities } = predictions;
  if (positive === null) return undefined;
  const k = predictions.classes.length;
  return Float64Array.from({ length: probabilities.length / k }, (_, row) => probabilities[row * k + positive]!);
}

function moments(values: Float64Array): { n: number; mean: number; variance: number } {
  const n = values.length;
  let sum = 0;
  for (let i = 0; i < n; i++) sum += values[i]!;
  const mean = sum / n;
  let squares = 0;
  for (let i = 0; i < n; i++) squares += (values[i]! - mean) ** 2;
  return { n, mean, variance: squares / (n - 1) };
}

/** Student's 95 % interval, cut to what is possible. Without at least two rows there is none; without any there is no mean. */
function interval(value: number, squaredError: number, degrees: number, n: number, kind: string, [least, most]: readonly [number, number]): Estimate {
  const method = `${kind}, 95 %`;
  if (!Number.isFinite(value)) return { value: null, low: null, high: null, n, method };
  if (!(degrees > 0)) return { value, low: null, high: null, n, method };
  const half = tQuantile(0.975, degrees) * Math.sqrt(squaredError);
  return { value, low: Math.max(least, value - half), high: Math.min(most, value + half), n, method };
}
