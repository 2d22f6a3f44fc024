/** @file Logistic regression with L2 on 100,000 × 50 dense rows, by the native engine. The peer is `peers/logistic.py`, on the same numbers. */

import { completePlan } from '../../../src/domain/modelling/plan';
import { linear } from '../../../workers/training/learners/linear';

const rows = 100_000;
const features = 50;

/** murmur3's finaliser: whole numbers that look like chance, the same in every language. */
function mixed(n: number): number {
  let h = n | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** Nearly standard normal: the sum of 4 bytes. */
const normal = (n: number): number => {
  const h = mixed(n);
  return ((h & 255) + ((h >>> 8) & 255) + ((h >>> 16) & 255) + (h >>> 24) - 510) / 147.8;
};

export function data(): { x: Float32Array; y: Float64Array } {
  const x = new Float32Array(rows * features);
  const y = new Float64Array(rows);
  // A common part makes the columns correlated, as those of real tables are.
  for (let i = 0; i < rows; i++) {
    const common = normal(i + 1_000_000_000);
    let z = -0.5;
    for (let k = 0; k < features; k++) {
      const value = Math.fround(0.6 * normal(i * features + k + 1) + (k % 5 === 0 ? 0.8 : 0.3) * common);
      x[i * features + k] = value;
      z += (value * normal(k + 2_000_000_000)) / 4;
    }
    y[i] = mixed(i + 1_500_000_000) / 2 ** 32 < 1 / (1 + Math.exp(-z)) ? 1 : 0;
  }
  return { x, y };
}

const none = { rows: 0, features, x: new Float32Array(0), y: new Float64Array(0) };
const hooks = { onEpoch: () => undefined, stopped: () => false, breathe: async () => undefined, checkpointDue: () => false, checkpoint: async () => undefined };

/** The median of 5 trainings to scikit-learn's own tolerance, after a first one; with the largest entry of the mean gradient at the end. */
export async function ours(engine: 'native' | 'plain' = 'native'): Promise<{ ms: number; gradientNorm: number; iterations: number }> {
  const { x, y } = data();
  const plan = completePlan('linear', { l2: 1, tolerance: 1e-4 }, 1, engine, linear.hyperparameters);
  const times: number[] = [];
  let facts: Readonly<Record<string, unknown>> = {};
  for (let n = 0; n < 6; n++) {
    const start = performance.now();
    const outcome = await linear.train({ kind: 'classification', classes: 2, train: { rows, features, x, y }, validation: none, plan }, hooks);
    if (n > 0) times.push(performance.now() - start);
    if (outcome.kind !== 'trained') throw new Error(outcome.kind);
    facts = outcome.model.facts;
  }
  return { ms: times.sort((a, b) => a - b)[2]!, gradientNorm: facts['gradientNorm'] as number, iterations: facts['iterations'] as number };
}
