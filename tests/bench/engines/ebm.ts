/** @file Times the explainable boosting machine on generated rows: 20,000 × 15, two classes, 8 bags, 10 pairs. Beside `peers/ebm.py`. */

import type { Examples, TrainingHooks } from '../../../src/domain/modelling/learner';
import { ebmDescription } from '../../../src/domain/modelling/learners/ebm';
import { completePlan } from '../../../src/domain/modelling/plan';
import { seeded } from '../../../src/domain/random';
import { ebm } from '../../../workers/training/learners/ebm';

const features = 15;

const quiet: TrainingHooks = {
  onEpoch: () => undefined,
  stopped: () => false,
  breathe: () => Promise.resolve(),
  checkpointDue: () => false,
  checkpoint: () => Promise.resolve(),
};

/** Normal features; curves of five of them and two products decide. */
export function curvedRows(rows: number, seed: number): Examples {
  const random = seeded(seed);
  const x = new Float32Array(rows * features).map(() => random.normal());
  const y = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    const [a, b, c, d, e, f, g] = x.subarray(i * features, i * features + 7) as unknown as [number, number, number, number, number, number, number];
    const signal = Math.sin(2 * a) + 0.7 * b * b - 0.7 + (c > 0.5 ? 1 : 0) + 0.5 * d - 0.4 * Math.abs(e) + 0.8 * f * g;
    y[i] = random.next() < 1 / (1 + Math.exp(-1.5 * signal)) ? 1 : 0;
  }
  return { rows, features, x, y };
}

/** Milliseconds of a training, median of five after one that is not counted. */
export async function ours(runs = 5, engine: 'native' | 'plain' = 'native'): Promise<{ ms: number; rounds: number; logLoss: number }> {
  const train = curvedRows(20_000, 7);
  const unseen = curvedRows(20_000, 8);
  const none = { rows: 0, features, x: new Float32Array(0), y: new Float64Array(0) };
  const plan = completePlan('ebm', {}, 1, engine, ebmDescription.hyperparameters);
  const times: number[] = [];
  let rounds = 0;
  let logLoss = 0;
  for (let run = 0; run <= runs; run++) {
    const started = performance.now();
    const outcome = await ebm.train({ kind: 'classification', classes: 2, train, validation: none, plan }, quiet);
    if (run > 0 || runs === 0) times.push(performance.now() - started);
    if (outcome.kind === 'diverged' || run > 0) continue;
    rounds = outcome.curve.length;
    const answers = await ebm.predict(outcome.model, 2, unseen.x, unseen.rows, engine);
    unseen.y.forEach((label, i) => (logLoss -= Math.log(answers[2 * i + label]!) / unseen.rows));
  }
  return { ms: times.sort((a, b) => a - b)[times.length >> 1]!, rounds, logLoss };
}
