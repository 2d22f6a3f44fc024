/** @file Scored rows for tests: from lists, and planted with a known truth. */

import type { ScoredRows } from '../../../../src/domain/modelling/metric';
import { decide } from '../../../../src/domain/modelling/threshold';
import { seeded } from '../../../../src/domain/random';

/** Two classes, 1 positive, from the positive class's scores; decided at 0.5 unless predictions are given. */
export function binaryRows(truth: ArrayLike<number>, scores: ArrayLike<number>, predicted?: ArrayLike<number>): ScoredRows {
  const probabilities = new Float64Array(truth.length * 2);
  for (let i = 0; i < truth.length; i++) {
    probabilities[2 * i] = 1 - scores[i]!;
    probabilities[2 * i + 1] = scores[i]!;
  }
  const decided = predicted ? Int32Array.from(predicted) : decide(probabilities, 2, 1, 0.5);
  return { shape: 'binary', classes: 2, positive: 1, truth: Int32Array.from(truth), predicted: decided, probabilities };
}

/** n rows of two classes: score = logistic(shift × ±½ + normal). */
export function plantedBinary(n: number, seed: number, shift = 1, share = 0.5): ScoredRows {
  const random = seeded(seed);
  const truth = Int32Array.from({ length: n }, () => (random.next() < share ? 1 : 0));
  const scores = Float64Array.from(truth, (t) => 1 / (1 + Math.exp(-(random.normal() + shift * (t - 0.5)))));
  return binaryRows(truth, scores);
}

/** n rows of K classes: softmax of normals, the true class lifted. */
export function plantedMulticlass(n: number, classes: number, seed: number, lift = 1): ScoredRows {
  const random = seeded(seed);
  const truth = Int32Array.from({ length: n }, () => random.below(classes));
  const probabilities = new Float64Array(n * classes);
  for (let i = 0; i < n; i++) {
    let sum = 0;
    for (let k = 0; k < classes; k++) sum += probabilities[i * classes + k] = Math.exp(random.normal() + (k === truth[i] ? lift : 0));
    for (let k = 0; k < classes; k++) probabilities[i * classes + k]! /= sum;
  }
  return { shape: 'multiclass', classes, positive: null, truth, predicted: decide(probabilities, classes, null, null), probabilities };
}

/** n rows of a regression: prediction = truth + noise × normal. */
export function plantedRegression(n: number, seed: number, noise = 0.5): ScoredRows {
  const random = seeded(seed);
  const truth = Float64Array.from({ length: n }, () => random.normal());
  return { shape: 'regression', truth, predicted: truth.map((t) => t + noise * random.normal()) };
}
