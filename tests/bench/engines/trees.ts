/** @file Boosted trees, 100,000 × 20, 100 trees of depth 6, 255 bins: our time, median of five. The peers' is in `../peers/trees.py`. */

import type { Examples, TrainingHooks } from '../../../src/domain/modelling/learner';
import { boostingDescription } from '../../../src/domain/modelling/learners/boosting';
import { completePlan } from '../../../src/domain/modelling/plan';
import { seeded } from '../../../src/domain/random';
import { trainBoosting } from '../../../workers/training/trees/boosting';

const rows = 100_000;
export const features = 20;

const quiet: TrainingHooks = {
  onEpoch: () => undefined,
  stopped: () => false,
  breathe: () => new Promise((resolve) => setTimeout(resolve)),
  checkpointDue: () => false,
  checkpoint: async () => undefined,
};

/** Two classes from a few bent and crossed features; the same shape as the peers' data. */
export function planted(n: number, seed: number): Examples {
  const random = seeded(seed);
  const x = new Float32Array(n * features);
  for (let i = 0; i < x.length; i++) x[i] = random.normal();
  const y = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const [a, b, c, d, e, f] = x.subarray(i * features, i * features + 6) as unknown as readonly [number, number, number, number, number, number];
    const z = 1.5 * a + Math.sin(2 * b) + c * d - 0.5 * e + (f > 0.5 ? 0.3 : 0);
    y[i] = random.next() < 1 / (1 + Math.exp(-z)) ? 1 : 0;
  }
  return { rows: n, features, x, y };
}

const none: Examples = { rows: 0, features, x: new Float32Array(0), y: new Float64Array(0) };
export const plan = completePlan('boosting', { rounds: 100, max_depth: 6, learning_rate: 0.1 }, 1, 'native', boostingDescription.hyperparameters);

/** From float32 features to a finished model, binning included. */
export async function ours(): Promise<{ ms: number }> {
  const train = planted(rows, 1);
  const times: number[] = [];
  for (let run = 0; run < 6; run++) {
    const start = performance.now();
    await trainBoosting({ kind: 'classification', classes: 2, train, validation: none, plan }, quiet);
    if (run > 0) times.push(performance.now() - start);
  }
  return { ms: times.sort((a, b) => a - b)[2]! };
}
