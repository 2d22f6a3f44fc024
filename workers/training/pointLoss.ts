/** @file The loss of finished answers, for learners whose curve has a single point. */

import type { Examples } from '../../src/domain/modelling/learner';
import { log64 } from '../../src/domain/exactMath';
import { totalWeight, type Scale } from './loss';

/** The least probability that a loss is taken of: a class that no neighbour has must not make the curve infinite. */
const least = 1e-15;

/** Weighted mean log-loss of probabilities, rows × classes; or half the mean squared error of values (classes = 0) in the target's scale. */
export function pointLoss(examples: Examples, classes: number, answers: Float64Array, scale: Scale): number {
  const { rows, y, weights } = examples;
  let sum = 0;
  for (let i = 0; i < rows; i++) {
    const loss = classes === 0 ? ((y[i]! - answers[i]!) / scale.deviation) ** 2 / 2 : -log64(Math.max(answers[i * classes + y[i]!]!, least));
    sum += (weights?.[i] ?? 1) * loss;
  }
  return sum / totalWeight(examples);
}

/** At most `most` of the rows with a weight, evenly spread over all; the same ones every time. */
export function spreadRows(examples: Examples, most: number): Examples {
  const { rows, features, x, y, weights } = examples;
  if (rows <= most) return examples;
  const counted = Array.from({ length: rows }, (_, i) => i).filter((i) => (weights?.[i] ?? 1) > 0);
  const count = Math.min(most, counted.length);
  const taken = Array.from({ length: count }, (_, i) => counted[Math.floor((i * counted.length) / count)]!);
  const part = new Float32Array(count * features);
  taken.forEach((i, to) => part.set(x.subarray(i * features, (i + 1) * features), to * features));
  return { rows: count, features, x: part, y: Float64Array.from(taken, (i) => y[i]!), ...(weights ? { weights: Float64Array.from(taken, (i) => weights[i]!) } : {}) };
}
