/** @file The minimum of a smooth convex function: limited-memory BFGS with a line search to the weak Wolfe conditions, in float64. */

/** Writes the gradient at `point` into `gradient` and returns the value. */
export type Objective = (point: Float64Array, gradient: Float64Array) => Promise<number>;

/** Everything that the next iteration depends on, so that a minimisation can be put away and gone on with. */
export interface Descent {
  point: Float64Array;
  iteration: number;
  /** Steps and changes of the gradient, oldest first. */
  steps: Float64Array[];
  changes: Float64Array[];
}

export interface Minimum {
  readonly point: Float64Array;
  readonly iterations: number;
  /** Largest absolute entry of the gradient at the point. */
  readonly gradientNorm: number;
  readonly converged: boolean;
}

/** Pairs remembered; scikit-learn (through SciPy) keeps as many. */
const memory = 10;

/**
 * L-BFGS after Nocedal and Wright, Numerical Optimization, algorithms 7.4 and 7.5. The line search bisects towards the weak Wolfe
 * conditions (Lewis and Overton 2013); close to the minimum, where differences of values drown in rounding, the approximate
 * conditions of Hager and Zhang (2005) take over.
 * @param tolerance ends when no entry of the gradient is larger.
 * @param afterIteration sees the state after each iteration; `true` ends there.
 */
export async function minimum(
  objective: Objective,
  descent: Descent,
  options: {
    readonly tolerance: number;
    readonly maxIterations: number;
    afterIteration(descent: Descent, value: number): Promise<boolean>;
    /** Multiplies a vector, in place, by a guess of the inverse curvature, symmetric and positive. Without it the guess is a multiple of 1. */
    readonly precondition?: (vector: Float64Array) => void;
  },
): Promise<Minimum> {
  const size = descent.point.length;
  const { precondition } = options;
  let gradient: Float64Array = new Float64Array(size);
  let value = await objective(descent.point, gradient);
  const direction = new Float64Array(size);
  const alphas = new Float64Array(memory);
  let trial: Float64Array = new Float64Array(size);
  let trialGradient: Float64Array = new Float64Array(size);
  let norm = largest(gradient);
  while (norm > options.tolerance && descent.iteration < options.maxIterations) {
    aim(descent, gradient, direction, alphas, precondition);
    let slope = dot(gradient, direction);
    if (!(slope < 0)) {
      descent.steps.length = descent.changes.length = 0;
      for (let i = 0; i < size; i++) direction[i] = -gradient[i]!;
      slope = -dot(gradient, gradient);
    }
    let length = descent.steps.length === 0 && !precondition ? Math.min(1, 1 / Math.sqrt(-slope)) : 1;
    let low = 0;
    let high = Infinity;
    let next = NaN;
    let found = false;
    for (let tries = 0; tries < 40 && !found; tries++) {
      for (let i = 0; i < size; i++) trial[i] = descent.point[i]! + length * direction[i]!;
      next = await objective(trial, trialGradient);
      const trialSlope = dot(trialGradient, direction);
      const flat = Math.abs(next - value) <= 1e-13 * Math.abs(value) && trialSlope <= -0.9998 * slope;
      if (!(next <= value + 1e-4 * length * slope) && !flat) high = length;
      else if (trialSlope < 0.9 * slope) low = length;
      else found = true;
      if (!found) length = high === Infinity ? 2 * length : (low + high) / 2;
    }
    // No better point along this line: rounding has the last word, and the point is as good as it gets.
    if (!found) break;
    const step = new Float64Array(size);
    const change = new Float64Array(size);
    for (let i = 0; i < size; i++) {
      step[i] = trial[i]! - descent.point[i]!;
      change[i] = trialGradient[i]! - gradient[i]!;
    }
    if (dot(step, change) > 1e-16 * dot(change, change)) {
      descent.steps.push(step);
      descent.changes.push(change);
      if (descent.steps.length > memory) {
        descent.steps.shift();
        descent.changes.shift();
      }
    }
    [descent.point, trial] = [trial, descent.point];
    [gradient, trialGradient] = [trialGradient, gradient];
    value = next;
    descent.iteration++;
    norm = largest(gradient);
    if (await options.afterIteration(descent, value)) break;
  }
  return { point: descent.point, iterations: descent.iteration, gradientNorm: norm, converged: norm <= options.tolerance };
}

/** The two-loop recursion: direction = −H · gradient. */
function aim({ steps, changes }: Descent, gradient: Float64Array, direction: Float64Array, alphas: Float64Array, precondition?: (vector: Float64Array) => void): void {
  const n = steps.length;
  for (let i = 0; i < gradient.length; i++) direction[i] = -gradient[i]!;
  for (let h = n - 1; h >= 0; h--) {
    const alpha = (alphas[h] = dot(steps[h]!, direction) / dot(steps[h]!, changes[h]!));
    for (let i = 0; i < direction.length; i++) direction[i]! -= alpha * changes[h]![i]!;
  }
  precondition?.(direction);
  if (n === 0) return;
  const last = changes[n - 1]!;
  const guessed = precondition ? last.slice() : last;
  precondition?.(guessed);
  const scale = dot(steps[n - 1]!, last) / dot(last, guessed);
  for (let i = 0; i < direction.length; i++) direction[i]! *= scale;
  for (let h = 0; h < n; h++) {
    const beta = alphas[h]! - dot(changes[h]!, direction) / dot(steps[h]!, changes[h]!);
    for (let i = 0; i < direction.length; i++) direction[i]! += beta * steps[h]![i]!;
  }
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

function largest(values: Float64Array): number {
  let most = 0;
  for (let i = 0; i < values.length; i++) {
    const size = Math.abs(values[i]!);
    if (!(size <= most)) most = size;
  }
  return most;
}
