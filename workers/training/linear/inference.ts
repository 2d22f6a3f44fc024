/** @file Standard errors of coefficients, where they are defined: from the inverse of the curvature at the minimum. */

import type { Json } from '../../../src/domain/canonical';
import { factored, inverse, type Factors } from './cholesky';
import type { LeastSquares } from './leastSquares';
import { squareSize, type Passes } from './passes';
import { normalTail, studentTail } from './tails';

/**
 * Why there are none. `penalised`: the coefficients are drawn towards 0 on purpose; `weighted`: weights are no counts of rows; `separated`: the
 * classes can be told apart without an error, and there is no minimum; `singular`: columns are combinations of others (all dummies of a column, say)
 * or hardly bear on the answer; `notConverged`: the iterations ended before the minimum; `tooFewRows`: no more rows than coefficients; `tooMany`:
 * more coefficients than the table takes.
 */
export type WithoutErrors = 'penalised' | 'weighted' | 'separated' | 'singular' | 'notConverged' | 'tooFewRows' | 'tooMany';

/** Most coefficients of which a table is made: its work grows with their cube. */
export const mostCoefficients = 600;

/** Facts are compared and kept: six digits are more than a standard error has. */
const rounded = (value: number): number => Number(value.toPrecision(6));

const tableOf = (estimates: readonly number[], errors: readonly number[], tail: (value: number) => number): { [name: string]: Json } => {
  const values = estimates.map((estimate, i) => estimate / errors[i]!);
  return { estimate: estimates.map(rounded), error: errors.map(rounded), value: values.map(rounded), p: values.map((value) => rounded(tail(value))) };
};

/**
 * Ordinary least squares: σ̂² (X̃ᵀX̃)⁻¹ with σ̂² = RSS / (n − p − 1), t of n − p − 1 degrees of freedom. Each list holds the features in order, then the
 * intercept.
 * @param residualSquares of the target that the fit is of; estimates and errors are `deviation` times its own, the intercept moved by `mean`
 */
export async function leastSquaresErrors(
  fit: LeastSquares & { readonly factors: Factors },
  rows: number,
  residualSquares: number,
  scale: { readonly mean: number; readonly deviation: number },
  breathe: () => Promise<void> | undefined,
): Promise<Json | WithoutErrors> {
  const { features, centre, total } = fit.quadratic;
  const freedom = rows - features - 1;
  if (freedom < 1) return 'tooFewRows';
  if (features + 1 > mostCoefficients) return 'tooMany';
  if (fit.factors.dropped.some((one) => one === 1)) return 'singular';
  const covariance = await inverse(fit.factors, breathe);
  const variance = residualSquares / freedom;
  const errors: number[] = [];
  let ofIntercept = 1 / total;
  for (let k = 0; k < features; k++) {
    errors.push(Math.sqrt(variance * covariance[k * features + k]!) * scale.deviation);
    for (let d = 0; d < features; d++) ofIntercept += centre[k]! * covariance[k * features + d]! * centre[d]!;
  }
  errors.push(Math.sqrt(variance * ofIntercept) * scale.deviation);
  const estimates = [...Array.from(fit.weights, (weight) => weight * scale.deviation), fit.intercept * scale.deviation + scale.mean];
  if (!errors.every((error) => error > 0 && error < Infinity)) return 'singular';
  return { statistic: 't', freedom, ...tableOf(estimates, errors, (value) => studentTail(value, freedom)) };
}

/**
 * Maximum likelihood: the inverse of the observed information, z from the normal. Of more than two classes only differences are determined: the
 * table holds each later class against the first. `classes` holds, one each, the lists of two classes (class 1 against 0) or of K − 1.
 * @param point the minimum, whose probabilities the passes keep
 */
export async function likelihoodErrors(passes: Passes, point: Float64Array, breathe: () => Promise<void> | undefined): Promise<Json | WithoutErrors> {
  const { rows, outputs } = passes;
  const { features, shift } = rows;
  const contrasts = Math.max(1, outputs - 1);
  const first = outputs === 1 ? 0 : 1;
  const own = features + 1;
  const n = contrasts * own;
  if (rows.rows <= n) return 'tooFewRows';
  if (n > mostCoefficients) return 'tooMany';
  const wide = squareSize(features);
  const information = new Float64Array(n * n);
  for (let a = 0; a < contrasts; a++) {
    for (let b = 0; b <= a; b++) {
      const square = await passes.square([first + a, first + b]);
      for (let k = 0; k < own; k++)
        for (let d = 0; d < own; d++) information[(a * own + k) * n + b * own + d] = k >= d ? square[k * wide + d]! : square[d * wide + k]!;
    }
  }
  const factors = await factored(information, n, breathe);
  if (factors.dropped.some((one) => one === 1)) return 'singular';
  const covariance = await inverse(factors, breathe);
  const classes: Json[] = [];
  for (let a = 0; a < contrasts; a++) {
    const at = (k: number, d: number): number => covariance[(a * own + k) * n + a * own + d]!;
    const contrast = (index: number): number => (outputs === 1 ? point[index]! : point[index + first + a]! - point[index]!);
    const estimates = Array.from({ length: own }, (_, k) => contrast(k * outputs));
    const errors = Array.from({ length: features }, (_, k) => Math.sqrt(at(k, k)));
    // The intercept that the square knows is the one at the shift.
    let ofIntercept = at(features, features);
    for (let k = 0; k < features; k++) {
      ofIntercept -= 2 * shift[k]! * at(k, features);
      for (let d = 0; d < features; d++) ofIntercept += shift[k]! * at(k, d) * shift[d]!;
    }
    errors.push(Math.sqrt(ofIntercept));
    if (!errors.every((error) => error > 0 && error < Infinity)) return 'singular';
    classes.push(tableOf(estimates, errors, normalTail));
  }
  return { statistic: 'z', classes };
}

/** Whether the kept probabilities give every row that weighs anything its own class the most: then larger weights are always better. */
export function separated(passes: Passes): boolean {
  const { rows, padded, weight, target } = passes.rows;
  const probabilities = passes.probabilities();
  for (let i = 0; i < rows; i++) {
    if (weight[i] === 0) continue;
    if (passes.outputs === 1) {
      if (!(target[i] === 1 ? probabilities[i]! > 0.5 : probabilities[i]! < 0.5)) return false;
      continue;
    }
    const truth = probabilities[target[i]! * padded + i]!;
    for (let j = 0; j < passes.outputs; j++) if (j !== target[i] && !(probabilities[j * padded + i]! < truth)) return false;
  }
  return true;
}
