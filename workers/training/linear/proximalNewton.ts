/** @file Logistic regression with an L1 term: proximal Newton steps, class by class, each solved by coordinate descent. */

import type { Passes } from './passes';
import { distanceFromMinimum, penaltyAt, shiftOf, type Penalty } from './penalty';
import { coordinateDescent, quadraticOf } from './quadratic';

/** All that the next iteration depends on. */
export interface NewtonState {
  point: Float64Array;
  iteration: number;
}

export interface NewtonResult {
  readonly iterations: number;
  readonly gradientNorm: number;
  readonly converged: boolean;
}

/** Most sweeps of coordinate descent in one step. A step that is not exact is still a step down. */
const sweeps = 1000;
/** Most halvings of a step. Past them rounding has the last word. */
const halvings = 30;

/**
 * As glmnet does it (Friedman, Hastie and Tibshirani 2010): the log-loss as its quadratic at the point, minimised with the penalty; then, unlike
 * glmnet, a step back until the objective has fallen enough (Lee, Sun and Saunders 2014), so that it cannot run away. One iteration is a step for
 * every class.
 * @param tolerance ends when no entry of the least subgradient of the mean objective is larger
 */
export async function proximalNewton(
  passes: Passes,
  penalty: Penalty,
  state: NewtonState,
  options: { readonly tolerance: number; readonly maxIterations: number; breathe(): Promise<void> | undefined; afterIteration(state: NewtonState, meanLoss: number): Promise<boolean> },
): Promise<NewtonResult> {
  const { rows, outputs } = passes;
  const { features, total } = rows;
  const size = features * outputs;
  let gradient: Float64Array = new Float64Array(size + outputs);
  let trialGradient: Float64Array = new Float64Array(size + outputs);
  let loss = await passes.logistic(state.point, gradient, true);
  let norm = distanceFromMinimum(penalty, state.point, gradient, size) / total;
  while (norm > options.tolerance && state.iteration < options.maxIterations) {
    let moved = false;
    for (let j = 0; j < outputs; j++) {
      const quadratic = quadraticOf(rows, await passes.square([j, j]));
      const free = gradient[size + j]!;
      const start = Float64Array.from({ length: features }, (_, k) => state.point[k * outputs + j]!);
      const slope = Float64Array.from({ length: features }, (_, k) => (quadratic.h[k * features + k] === 0 ? 0 : gradient[k * outputs + j]! - quadratic.centre[k]! * free));
      const w = start.slice();
      await coordinateDescent(quadratic, slope, w, penalty.l1, penalty.l2, 1e-3 * Math.max(norm, options.tolerance) * total, sweeps, options.breathe);
      const step = new Float64Array(size + outputs);
      // Where every probability is 0 or 1 there is no curvature left, and the intercept goes by one.
      let intercept = quadratic.total > 1e-8 * Math.abs(free) ? -free / quadratic.total : -Math.sign(free);
      let decrease = free * intercept;
      for (let k = 0; k < features; k++) {
        const change = w[k]! - start[k]!;
        step[k * outputs + j] = change;
        intercept -= quadratic.centre[k]! * change;
        decrease += slope[k]! * change;
      }
      step[size + j] = intercept;
      const before = loss + penaltyAt(penalty, state.point, size);
      const target = Float64Array.from(state.point, (value, k) => value + step[k]!);
      decrease += penaltyAt(penalty, target, size) - penaltyAt(penalty, state.point, size);
      let length = 1;
      for (let tries = 0; tries < halvings; tries++, length /= 2) {
        const trial = Float64Array.from(state.point, (value, k) => value + length * step[k]!);
        const trialLoss = await passes.logistic(trial, trialGradient, true);
        // Close to the minimum differences drown in rounding: what is not worse than that counts as down.
        const after = trialLoss + penaltyAt(penalty, trial, size);
        if (!(after <= before + 1e-4 * length * decrease + 1e-15 * Math.abs(before))) continue;
        state.point = trial;
        loss = trialLoss;
        [gradient, trialGradient] = [trialGradient, gradient];
        moved = true;
        break;
      }
      // The probabilities that the engine keeps must be those of the point.
      if (length < 2 ** -(halvings - 1)) loss = await passes.logistic(state.point, gradient, true);
    }
    if (!moved) break;
    if (outputs > 1) {
      levelled(penalty, state.point, features, outputs);
      loss = await passes.logistic(state.point, gradient, true);
    }
    state.iteration++;
    norm = distanceFromMinimum(penalty, state.point, gradient, size) / total;
    if (await options.afterIteration(state, loss / total)) break;
  }
  return { iterations: state.iteration, gradientNorm: norm, converged: norm <= options.tolerance };
}

/**
 * Adding one number to a feature's weights of all classes changes no probability, and steps of one class at a time find the cheapest such number
 * slowly: it is put there at once, as glmnet does. Intercepts cost nothing and are kept about 0.
 */
function levelled(penalty: Penalty, point: Float64Array, features: number, outputs: number): void {
  for (let k = 0; k <= features; k++) {
    const own = point.subarray(k * outputs, (k + 1) * outputs);
    const by = k < features ? shiftOf(penalty, own) : own.reduce((sum, value) => sum + value, 0) / outputs;
    for (let j = 0; j < outputs; j++) own[j]! -= by;
  }
}
