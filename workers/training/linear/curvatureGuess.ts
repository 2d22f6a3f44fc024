/** @file A guess of the inverse curvature of the mean log-loss, from some of the rows: it saves the minimiser most of its iterations. */

import { factored, solve, type Factors } from './cholesky';
import { block, type Passes } from './passes';
import { quadraticOf, type Quadratic } from './quadratic';

/** Above so many features, or coefficients, the guess costs more than it saves. */
const widest = 256;
const most = 16 * widest;
/** Above so many coefficients of more classes than two, the classes share one matrix. */
const mostApart = 512;
/** Rows looked at, about. */
const sampled = 4096;
/** Added to the diagonal, as a share of its mean: a column that the rows hardly have must not be thought flat. */
const caution = 1e-3;
/** The least curvature of an intercept: where all probabilities are 0 or 1 there is next to none, and steps would be endless. */
const least = 1e-3;

/** What multiplies a gradient of the mean objective, in place. Symmetric and positive. */
export type Guess = (vector: Float64Array) => void;

interface Part {
  readonly factors: Factors;
  readonly centre: Float64Array;
  /** The matrix is this many times what was factored, and so is the curvature of the intercept. */
  readonly scale: number;
  readonly free: number;
}

/**
 * The curvature of each class's own weights at a point, with the intercept apart; between classes it is left out. Where classes share one
 * matrix, it is that of the rows alone, times s (1 − s) for a class with share s.
 * @param l2 of the mean objective
 * @returns nothing for too many features
 */
export async function curvatureGuess(passes: Passes, point: Float64Array, shares: Float64Array, l2: number, breathe: () => Promise<void> | undefined): Promise<Guess | undefined> {
  const { rows, outputs } = passes;
  const { features, padded, constant } = rows;
  if (features === 0 || features > widest || outputs * features > most) return undefined;
  const every = Math.max(1, Math.floor(padded / Math.max(block, sampled)));
  const weight = passes.weight(every);
  if (!(weight > 0)) return undefined;
  const parts: Part[] = [];
  if (outputs === 1 || outputs * features <= mostApart) {
    await passes.logistic(point, undefined, true);
    for (let j = 0; j < outputs; j++) {
      const quadratic = quadraticOf(rows, await passes.square([j, j], undefined, every));
      const factors = await guarded(quadratic, weight, l2, breathe);
      if (!factors) return undefined;
      parts.push({ factors, centre: quadratic.centre, scale: 1, free: Math.max(least, quadratic.total / weight) });
    }
  } else {
    const quadratic = quadraticOf(rows, await passes.square(rows.weight, undefined, every));
    const spread = Array.from(shares, (share) => Math.max(least, share * (1 - share)));
    const mean = spread.reduce((sum, value) => sum + value, 0) / outputs;
    const factors = await guarded(quadratic, weight, l2 / mean, breathe);
    if (!factors) return undefined;
    for (let j = 0; j < outputs; j++) parts.push({ factors, centre: quadratic.centre, scale: spread[j]!, free: spread[j]! });
  }
  const own = new Float64Array(features);
  return (vector) => {
    centred(vector, outputs);
    parts.forEach(({ factors, centre, scale, free }, j) => {
      const slope = vector[features * outputs + j]!;
      for (let k = 0; k < features; k++) own[k] = vector[k * outputs + j]! - centre[k]! * slope;
      for (const k of constant) own[k] = 0;
      solve(factors, own);
      let intercept = slope / free;
      for (let k = 0; k < features; k++) {
        intercept -= (centre[k]! * own[k]!) / scale;
        vector[k * outputs + j] = own[k]! / scale;
      }
      vector[features * outputs + j] = intercept;
    });
    centred(vector, outputs);
  };
}

/** The factors of H / weight with something on its diagonal; nothing where that has no inverse. H is overwritten. */
async function guarded({ features, h }: Quadratic, weight: number, l2: number, breathe: () => Promise<void> | undefined): Promise<Factors | undefined> {
  let diagonal = 0;
  for (let k = 0; k < features; k++) diagonal += h[k * features + k]! / weight / features;
  if (!(diagonal > 0 && diagonal < Infinity)) return undefined;
  for (let k = 0; k < features * features; k++) h[k]! /= weight;
  for (let k = 0; k < features; k++) h[k * features + k]! += caution * diagonal + l2;
  const factors = await factored(h, features, breathe);
  return factors.dropped.some((one) => one === 1) ? undefined : factors;
}

/**
 * The same number added to the weights of all classes changes no loss, and nearly nothing curves there. Gradients have no part in that direction;
 * the guess must bring none in, or the minimiser is long at work on it. Before and after, so that the guess stays symmetric.
 */
function centred(vector: Float64Array, outputs: number): void {
  if (outputs === 1) return;
  for (let at = 0; at < vector.length; at += outputs) {
    let mean = 0;
    for (let j = 0; j < outputs; j++) mean += vector[at + j]! / outputs;
    for (let j = 0; j < outputs; j++) vector[at + j]! -= mean;
  }
}
