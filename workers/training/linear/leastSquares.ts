/** @file Least squares with any penalty: one pass over the rows for all products, then Cholesky's factors or coordinate descent. */

import type { Passes } from './passes';
import { squareSize } from './passes';
import type { Penalty } from './penalty';
import { factored, solve, type Factors } from './cholesky';
import { coordinateDescent, quadraticOf, type Quadratic } from './quadratic';

export interface LeastSquares {
  readonly weights: Float64Array;
  readonly intercept: number;
  readonly quadratic: Quadratic;
  /** Of the quadratic with its L2 term; absent with an L1 term. */
  readonly factors: Factors | undefined;
  readonly iterations: number;
  readonly converged: boolean;
}

/**
 * Minimises ½ Σ wᵢ (yᵢ − b − xᵢ·β)² + l1 ‖β‖₁ + l2/2 ‖β‖² for the rows' target y; the intercept b is free. Columns that add nothing
 * (constant, or a combination of earlier ones where there is no penalty) get weight 0.
 * @param tolerance for coordinate descent, of the mean gradient
 */
export async function leastSquares(passes: Passes, penalty: Penalty, tolerance: number, maxIterations: number, breathe: () => Promise<void> | undefined): Promise<LeastSquares> {
  const { rows } = passes;
  const { features, total } = rows;
  const square = await passes.square(rows.weight, rows.target);
  const quadratic = quadraticOf(rows, square);
  const extras = (features + 1) * squareSize(features);
  const mean = square[extras + features]! / total;
  // Σ w (x − c) y = Σ w x̃ y − (c − shift) Σ w y.
  const product = Float64Array.from({ length: features }, (_, k) => square[extras + k]! - (quadratic.centre[k]! - rows.shift[k]!) * square[extras + features]!);
  for (let k = 0; k < features; k++) if (quadratic.h[k * features + k] === 0) product[k] = 0;
  let weights = product;
  let factors: Factors | undefined;
  let ending = { converged: true, sweeps: 1 };
  if (penalty.l1 > 0) {
    weights = new Float64Array(features);
    ending = await coordinateDescent(quadratic, product.map((value) => -value), weights, penalty.l1, penalty.l2, tolerance * total, maxIterations, breathe);
  } else {
    const own = quadratic.h.slice();
    for (let k = 0; k < features; k++) own[k * features + k]! += penalty.l2;
    factors = await factored(own, features, breathe);
    solve(factors, weights);
  }
  let intercept = mean;
  for (let k = 0; k < features; k++) intercept -= quadratic.centre[k]! * weights[k]!;
  return { weights, intercept, quadratic, factors, iterations: ending.sweeps, converged: ending.converged };
}
