/** @file The losses of the learning curve, in float64 from logits: log-loss, and half the squared error of the scaled target. */

import type { Examples, TrainingInput } from '../../src/domain/modelling/learner';

/** How a task is scored while it is trained. */
export interface Loss {
  /** Number of logits: 1 for two classes and for values, else one a class. */
  readonly outputs: number;
  /** The loss of one row whose logits begin at `from`. */
  of(logits: ArrayLike<number>, from: number, target: number): number;
}

/** log(1 + e^z) without overflow. */
const softplus = (z: number): number => (z > 0 ? z : 0) + Math.log1p(Math.exp(-Math.abs(z)));

const binary: Loss = { outputs: 1, of: (logits, from, target) => softplus(target === 1 ? -logits[from]! : logits[from]!) };

const squared: Loss = { outputs: 1, of: (values, from, target) => (values[from]! - target) ** 2 / 2 };

const multiclass = (classes: number): Loss => ({
  outputs: classes,
  of(logits, from, target) {
    let highest = -Infinity;
    for (let j = 0; j < classes; j++) if (logits[from + j]! > highest) highest = logits[from + j]!;
    let sum = 0;
    for (let j = 0; j < classes; j++) sum += Math.exp(logits[from + j]! - highest);
    return highest + Math.log(sum) - logits[from + target]!;
  },
});

/** The loss of a task; for values the target is expected to be scaled already. */
export const lossOf = (input: Pick<TrainingInput, 'kind' | 'classes'>): Loss =>
  input.kind === 'regression' ? squared : input.classes === 2 ? binary : multiclass(input.classes);

/** Σ weights, or the number of rows where there are none. */
export function totalWeight({ rows, weights }: Pick<Examples, 'rows' | 'weights'>): number {
  if (weights === undefined) return rows;
  let sum = 0;
  for (let i = 0; i < rows; i++) sum += weights[i]!;
  return sum;
}

/** How a value is scaled: (y − mean) / deviation. */
export interface Scale {
  readonly mean: number;
  readonly deviation: number;
}

/** Weighted mean and (population) standard deviation, in two passes; a constant target keeps a deviation of 1. */
export function scaleOf({ rows, y, weights }: Examples): Scale {
  const total = totalWeight(weights === undefined ? { rows } : { rows, weights });
  let mean = 0;
  for (let i = 0; i < rows; i++) mean += ((weights?.[i] ?? 1) * y[i]!) / total;
  let variance = 0;
  for (let i = 0; i < rows; i++) variance += ((weights?.[i] ?? 1) * (y[i]! - mean) ** 2) / total;
  const deviation = Math.sqrt(variance);
  return { mean, deviation: deviation > 0 && Number.isFinite(deviation) ? deviation : 1 };
}

/** Weighted share of each class; classes without rows have 0. */
export function classShares({ rows, y, weights }: Examples, classes: number): Float64Array {
  const shares = new Float64Array(classes);
  for (let i = 0; i < rows; i++) shares[y[i]!]! += weights?.[i] ?? 1;
  let total = 0;
  for (const share of shares) total += share;
  for (let c = 0; c < classes; c++) shares[c]! /= total;
  return shares;
}
