/** @file A start close to the minimum, from a sample of the rows: many rows say little that some of them do not. */

import type { Engine, Examples } from '../../../src/domain/modelling/learner';
import { minimum } from '../minimum';
import { curvatureGuess, type Guess } from './curvatureGuess';
import { passesOf } from './engine';
import { meanLogLoss } from './objective';
import { block, type Passes } from './passes';
import { rowStore } from './rowStore';

/** Rows of the sample, about; tables of fewer than four times as many are not worth one. */
const sampled = 8192;
export const worthFrom = 4 * sampled;
/** The sample's own minimum is no nearer than this to that of all rows. */
const tolerance = 1e-3;
const iterations = 20;

export interface Start {
  readonly point: Float64Array;
  readonly guess: Guess | undefined;
}

/** Blocks of rows at equal distances. */
function sampleOf({ rows, features, x, y, weights }: Examples): Examples {
  const every = Math.floor(rows / sampled);
  const blocks = Math.floor(rows / (block * every));
  const count = blocks * block;
  const sample = { rows: count, features, x: new Float32Array(count * features), y: new Float64Array(count), weights: new Float64Array(count) };
  for (let n = 0; n < blocks; n++) {
    const from = n * block * every;
    sample.x.set(x.subarray(from * features, (from + block) * features), n * block * features);
    sample.y.set(y.subarray(from, from + block), n * block);
    sample.weights.set(weights ? weights.subarray(from, from + block) : new Float64Array(block).fill(1), n * block);
  }
  return sample;
}

/**
 * Where the minimiser begins, and its guess of the curvature there. Decided by the data and the plan alone, so that a training that is taken up
 * again finds the same.
 * @param passes over all rows, used where they are few; @param l2 as the plan has it
 * @param begin a first point, such as the shares alone
 */
export async function warmStart(passes: Passes, train: Examples, engine: Engine, l2: number, begin: Float64Array, shares: Float64Array, breathe: () => Promise<void> | undefined): Promise<Start> {
  const strength = l2 / passes.rows.total;
  if (train.rows < worthFrom) return { point: begin, guess: await curvatureGuess(passes, begin, shares, strength, breathe) };
  const rows = rowStore(sampleOf(train));
  if (!(rows.total > 0)) return { point: begin, guess: undefined };
  const some = await passesOf(engine, rows, passes.outputs, { squares: true, keeps: true }, breathe);
  const first = await curvatureGuess(some, begin, shares, strength, breathe);
  const found = await minimum(meanLogLoss(some, strength), { point: begin.slice(), iteration: 0, steps: [], changes: [] }, {
    tolerance,
    maxIterations: iterations,
    afterIteration: async () => false,
    ...(first ? { precondition: first } : {}),
  });
  if (!found.point.every(Number.isFinite)) return { point: begin, guess: undefined };
  return { point: found.point, guess: await curvatureGuess(some, found.point, shares, strength, breathe) };
}
