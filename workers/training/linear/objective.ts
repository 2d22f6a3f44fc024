/** @file The smooth objective of logistic regression: the mean log-loss with its L2 term. */

import type { Objective } from '../minimum';
import type { Passes } from './passes';

/** l2/2 Σ w² over the weights of a point, intercepts left out. */
export function squaredTerm(l2: number, point: Float64Array, size: number): number {
  let sum = 0;
  for (let k = 0; k < size; k++) sum += point[k]! * point[k]!;
  return (l2 / 2) * sum;
}

/** Σ weight · loss / Σ weight + l2/2 Σ w². @param l2 of the mean: a plan's l2 over the sum of the weights */
export function meanLogLoss(passes: Passes, l2: number): Objective {
  const { total, features } = passes.rows;
  const size = features * passes.outputs;
  return async (point, gradient) => {
    const loss = await passes.logistic(point, gradient);
    for (let k = 0; k < size; k++) gradient[k] = gradient[k]! / total + l2 * point[k]!;
    for (let k = size; k < gradient.length; k++) gradient[k]! /= total;
    return loss / total + squaredTerm(l2, point, size);
  };
}
