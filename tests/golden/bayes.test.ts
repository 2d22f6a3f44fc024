import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ofForm } from '../../src/domain/modelling/forms/learntModel';
import { bayes } from '../../workers/training/learners/bayes';

interface Case {
  name: string;
  rows: number;
  features: number;
  classes: number;
  /** Of each feature; 0 for a number. */
  categories: number[];
  alpha: number;
  var_smoothing: number;
  x: number[];
  y: number[];
  weights: number[] | null;
  means: number[] | null;
  variances: number[] | null;
  /** Of the first 50 rows. */
  answers: number[];
}

const golden = JSON.parse(readFileSync(new URL('./bayes.json', import.meta.url), 'utf8')) as { versions: Record<string, string>; cases: Case[] };
const quiet = { onEpoch: () => undefined, stopped: () => false, breathe: async () => undefined, checkpointDue: () => false, checkpoint: async () => undefined };
const difference = (a: ArrayLike<number>, b: ArrayLike<number>): number => Math.max(a.length === b.length ? 0 : Infinity, ...Array.from(a, (value, i) => Math.abs(value - b[i]!)));

describe(`the Bayes learner beside scikit-learn ${golden.versions['scikit-learn']}`, () => {
  for (const one of golden.cases) {
    it(`finds the same densities and probabilities: ${one.name}`, async () => {
      const x = Float32Array.from(one.x);
      const train = { rows: one.rows, features: one.features, x, y: Float64Array.from(one.y), ...(one.weights ? { weights: Float64Array.from(one.weights) } : {}) };
      const validation = { rows: 0, features: one.features, x: new Float32Array(0), y: new Float64Array(0) };
      const plan = { learner: 'bayes', hyperparameters: { alpha: one.alpha, var_smoothing: one.var_smoothing }, seed: 1, engine: 'plain' as const };
      const meanings = one.categories.map((categories, k) => ({ name: `f${k}`, column: `f${k}`, categories }));
      const outcome = await bayes.train({ kind: 'classification', classes: one.classes, train, validation, plan, meanings }, quiet);
      if (outcome.kind !== 'trained') throw new Error(outcome.kind);
      const model = ofForm(outcome.model, 'naiveBayes');
      const answers = await bayes.predict(model, one.classes, x.slice(0, 50 * one.features), 50, 'plain');
      if (one.means) expect(difference(model.means, one.means)).toBeLessThan(1e-9);
      if (one.variances) expect(difference(model.variances, one.variances)).toBeLessThan(1e-9 * Math.max(...one.variances));
      expect(difference(answers, one.answers)).toBeLessThan(1e-9);
    });
  }
});
