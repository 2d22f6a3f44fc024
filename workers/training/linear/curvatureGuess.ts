/** @file A guess of the inverse curvature of the mean log-loss, from a sample of the rows: it saves the minimiser most of its iterations. */

import { factored, solve } from './cholesky';
import type { Passes } from './passes';
import { quadraticOf } from './quadratic';
import { block } from './passes';

/** Above so many features the guess costs more than it saves. */
const widest = 256;
/** Rows of the sample, about. */
const sampled = 4096;
/** Added to the diagonal, as a share of its mean: a column that the sample hardly has must not be thought flat. */
const caution = 1e-3;

/**
 * Where every row has the classes' shares for probabilities, the curvature of class j is s_j (1 − s_j) Σ w (x − c)(x − c)ᵀ + l2, with the intercept
 * apart. Curvature between classes is left out.
 * @returns what multiplies a gradient of the mean objective, in place; nothing for too many features
 */
export async function curvatureGuess(passes: Passes, shares: Float64Array, l2: number, breathe: () => Promise<void> | undefined): Promise<((vector: Float64Array) => void) | undefined> {
  const { rows, outputs } = passes;
  const { features, padded, total, constant } = rows;
  if (features === 0 || features > widest || outputs * features > 16 * widest) return undefined;
  const quadratic = quadraticOf(rows, await passes.square(rows.weight, undefined, Math.max(1, Math.floor(padded / Math.max(block, sampled)))));
  if (!(quadratic.total > 0)) return undefined;
  const spread = Float64Array.from({ length: outputs }, (_, j) => Math.max(1e-3, shares[outputs === 1 ? 1 : j]! * (1 - shares[outputs === 1 ? 1 : j]!)));
  let mean = 0;
  for (const value of spread) mean += value / outputs;
  const a = quadratic.h;
  let diagonal = 0;
  for (let k = 0; k < features; k++) diagonal += a[k * features + k]! / quadratic.total / features;
  if (!(diagonal > 0 && diagonal < Infinity)) return undefined;
  for (let k = 0; k < features * features; k++) a[k]! /= quadratic.total;
  for (let k = 0; k < features; k++) a[k * features + k]! += caution * diagonal + l2 / (mean * total);
  const factors = await factored(a, features, breathe);
  if (factors.dropped.some((one) => one === 1)) return undefined;
  const { centre } = quadratic;
  const size = features * outputs;
  const own = new Float64Array(features);
  return (vector) => {
    for (let j = 0; j < outputs; j++) {
      const free = vector[size + j]!;
      for (let k = 0; k < features; k++) own[k] = vector[k * outputs + j]! - centre[k]! * free;
      for (const k of constant) own[k] = 0;
      solve(factors, own);
      let intercept = free;
      for (let k = 0; k < features; k++) {
        intercept -= centre[k]! * own[k]!;
        vector[k * outputs + j] = own[k]! / spread[j]!;
      }
      vector[size + j] = intercept / spread[j]!;
    }
  };
}
