/** @file Ridge regression: the normal equations of centred columns, solved by Cholesky's factors in float64. */

import type { FeatureRows } from './featureRows';

export interface LinearFit {
  readonly weights: Float64Array;
  readonly intercept: number;
}

/**
 * Minimises Σ wᵢ (yᵢ − b − xᵢ·β)² + l2 ‖β‖², as scikit-learn's Ridge does; the intercept b is free.
 * Centring happens after the products: XᵀWX − (Σw) x̄ x̄ᵀ, so that zeros stay zeros. Columns that add nothing (constant, or
 * a combination of earlier ones, without a penalty) get weight 0.
 * @param breathe called between blocks of rows.
 */
export async function ridge(
  x: FeatureRows,
  y: Float64Array,
  weights: Float64Array | undefined,
  l2: number,
  breathe: () => Promise<void> | undefined,
): Promise<LinearFit> {
  const { rows, features } = x;
  const square = new Float64Array(features * features);
  const product = new Float64Array(features);
  const mean = new Float64Array(features);
  const scaled = new Float64Array(rows);
  const ones = new Float64Array(rows);
  let total = 0;
  let yMean = 0;
  for (let i = 0; i < rows; i++) total += ones[i] = weights?.[i] ?? 1;
  for (let i = 0; i < rows; i++) yMean += (ones[i]! * y[i]!) / total;
  for (let i = 0; i < rows; i++) scaled[i] = ones[i]! * (y[i]! - yMean);
  const block = Math.max(1, Math.floor(1e7 / (features * features + 1)));
  for (let from = 0; from < rows; from += block) {
    const to = Math.min(rows, from + block);
    x.square(weights, square, from, to);
    x.gather(scaled, 1, product, from, to);
    x.gather(ones, 1, mean, from, to);
    await breathe();
  }
  for (let k = 0; k < features; k++) mean[k]! /= total;
  // Σ w (y − ȳ) is zero, so that the right side needs no centring.
  for (let k = 0; k < features; k++) {
    for (let d = 0; d <= k; d++) square[k * features + d]! -= total * mean[k]! * mean[d]!;
    square[k * features + k]! += l2;
  }
  const solution = await solved(square, product, features, breathe);
  let intercept = yMean;
  for (let k = 0; k < features; k++) intercept -= mean[k]! * solution[k]!;
  return { weights: solution, intercept };
}

/** Solves A s = c for a symmetric A that is positive (semi-)definite, given by its lower triangle, which is overwritten. */
async function solved(a: Float64Array, c: Float64Array, n: number, breathe: () => Promise<void> | undefined): Promise<Float64Array> {
  const diagonal = Float64Array.from({ length: n }, (_, k) => a[k * n + k]!);
  const s = Float64Array.from(c);
  const dropped = new Uint8Array(n);
  for (let k = 0; k < n; k++) {
    const row = k * n;
    for (let d = 0; d <= k; d++) {
      if (dropped[d]) continue;
      let sum = a[row + d]!;
      for (let e = 0; e < d; e++) sum -= a[row + e]! * a[d * n + e]!;
      if (d < k) a[row + d] = sum / a[d * n + d]!;
      else if (sum > 1e-10 * diagonal[k]!) a[row + k] = Math.sqrt(sum);
      else {
        dropped[k] = 1;
        for (let e = 0; e <= k; e++) a[row + e] = 0;
      }
    }
    for (let lower = k + 1; dropped[k] && lower < n; lower++) a[lower * n + k] = 0;
    if (k % 64 === 63) await breathe();
  }
  for (let k = 0; k < n; k++) {
    if (dropped[k]) {
      s[k] = 0;
      continue;
    }
    for (let d = 0; d < k; d++) s[k]! -= a[k * n + d]! * s[d]!;
    s[k]! /= a[k * n + k]!;
  }
  for (let k = n - 1; k >= 0; k--) {
    if (dropped[k]) continue;
    for (let d = k + 1; d < n; d++) s[k]! -= a[d * n + k]! * s[d]!;
    s[k]! /= a[k * n + k]!;
  }
  return s;
}
