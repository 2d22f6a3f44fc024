/** @file Logistic regression with L2: the objective that the minimiser works on, for two classes and for more. */

import type { FeatureRows } from './featureRows';
import type { Objective } from './minimum';

/**
 * (Σ wᵢ lossᵢ + l2/2 ‖W‖²) / Σ wᵢ and its gradient. The point holds W (features × outputs, row-major) and then the intercepts,
 * which are not penalised. Two classes have one output, more have one a class (over-parameterised, as scikit-learn's multinomial).
 * @param target class index of each row.
 */
export function logisticObjective(
  x: FeatureRows,
  target: Float64Array,
  weights: Float64Array | undefined,
  outputs: number,
  l2: number,
  breathe: () => Promise<void> | undefined,
): Objective {
  const { rows, features } = x;
  const size = features * outputs;
  // Logits first, then, in place, the weighted differences of probability and truth.
  const work = new Float64Array(rows * outputs);
  const block = Math.max(256, Math.floor(2e6 / (features * outputs + 1)));
  let total = 0;
  for (let i = 0; i < rows; i++) total += weights?.[i] ?? 1;
  return async (point, gradient) => {
    const bias = point.subarray(size);
    let penalty = 0;
    for (let k = 0; k < size; k++) penalty += point[k]! * point[k]!;
    gradient.fill(0);
    const biasGradient = gradient.subarray(size);
    let loss = 0;
    for (let from = 0; from < rows; from += block) {
      const to = Math.min(rows, from + block);
      x.project(point, bias, outputs, work, from, to);
      loss += outputs === 1 ? binaryResiduals(work, target, weights, from, to) : multinomialResiduals(work, target, weights, outputs, from, to);
      x.gather(work, outputs, gradient, from, to);
      for (let i = from * outputs; i < to * outputs; i += outputs) for (let j = 0; j < outputs; j++) biasGradient[j]! += work[i + j]!;
      await breathe();
    }
    for (let k = 0; k < size; k++) gradient[k] = (gradient[k]! + l2 * point[k]!) / total;
    for (let j = 0; j < outputs; j++) biasGradient[j]! /= total;
    return (loss + (l2 / 2) * penalty) / total;
  };
}

/** Turns logits into weighted residuals in place; returns the weighted loss. */
function binaryResiduals(work: Float64Array, target: Float64Array, weights: Float64Array | undefined, from: number, to: number): number {
  let loss = 0;
  for (let i = from; i < to; i++) {
    const weight = weights === undefined ? 1 : weights[i]!;
    const z = work[i]!;
    const small = Math.exp(-Math.abs(z));
    const probability = (z >= 0 ? 1 : small) / (1 + small);
    loss += weight * ((z > 0 ? z : 0) + Math.log1p(small) - target[i]! * z);
    work[i] = weight * (probability - target[i]!);
  }
  return loss;
}

function multinomialResiduals(work: Float64Array, target: Float64Array, weights: Float64Array | undefined, outputs: number, from: number, to: number): number {
  let loss = 0;
  for (let i = from; i < to; i++) {
    const weight = weights === undefined ? 1 : weights[i]!;
    const at = i * outputs;
    const truth = at + target[i]!;
    let highest = -Infinity;
    for (let j = 0; j < outputs; j++) if (work[at + j]! > highest) highest = work[at + j]!;
    const own = work[truth]! - highest;
    let sum = 0;
    for (let j = 0; j < outputs; j++) sum += work[at + j] = Math.exp(work[at + j]! - highest);
    loss += weight * (Math.log(sum) - own);
    for (let j = 0; j < outputs; j++) work[at + j]! *= weight / sum;
    work[truth]! -= weight;
  }
  return loss;
}
