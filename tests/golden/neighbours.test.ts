import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { neighbours } from '../../workers/training/learners/neighbours';

interface Case {
  name: string;
  rows: number;
  features: number;
  classes: number;
  k: number;
  weights: string;
  x: number[];
  y: number[];
  queries: number[];
  /** n × K probabilities, or n values. */
  answers: number[];
}

const golden = JSON.parse(readFileSync(new URL('./neighbours.json', import.meta.url), 'utf8')) as { versions: Record<string, string>; cases: Case[] };
const quiet = { onEpoch: () => undefined, stopped: () => false, breathe: async () => undefined, checkpointDue: () => false, checkpoint: async () => undefined };
const difference = (a: ArrayLike<number>, b: ArrayLike<number>): number => Math.max(a.length === b.length ? 0 : Infinity, ...Array.from(a, (value, i) => Math.abs(value - b[i]!)));

describe(`the neighbours learner beside scikit-learn ${golden.versions['scikit-learn']}`, () => {
  for (const one of golden.cases) {
    for (const engine of neighbours.engines) {
      it(`answers the same on ${engine}: ${one.name}`, async () => {
        const train = { rows: one.rows, features: one.features, x: Float32Array.from(one.x), y: Float64Array.from(one.y) };
        const validation = { rows: 0, features: one.features, x: new Float32Array(0), y: new Float64Array(0) };
        const plan = { learner: 'neighbours', hyperparameters: { k: one.k, weights: one.weights }, seed: 1, engine };
        const outcome = await neighbours.train({ kind: one.classes > 0 ? 'classification' : 'regression', classes: one.classes, train, validation, plan }, quiet);
        if (outcome.kind !== 'trained') throw new Error(outcome.kind);
        const count = one.queries.length / one.features;
        expect(count).toBeGreaterThan(50);
        const answers = await neighbours.predict(outcome.model, one.classes, Float32Array.from(one.queries), count, engine);
        expect(difference(answers, one.answers)).toBeLessThan(one.classes > 0 ? 1e-12 : 1e-9);
      });
    }
  }
});
