import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { linear } from '../../workers/training/learners/linear';

interface Case {
  name: string;
  kind: 'classification' | 'regression';
  classes: number;
  l2: number;
  rows: number;
  features: number;
  x: number[];
  y: number[];
  weights: number[] | null;
  coefficients: number[];
  intercepts: number[];
  /** Of the first 20 rows: probabilities, or values. */
  probabilities: number[];
}

const golden = JSON.parse(readFileSync(new URL('./linear.json', import.meta.url), 'utf8')) as { versions: Record<string, string>; cases: Case[] };
const quiet = { onEpoch: () => undefined, stopped: () => false, breathe: async () => undefined, checkpointDue: () => false, checkpoint: async () => undefined };
const difference = (a: ArrayLike<number>, b: ArrayLike<number>): number => Math.max(...Array.from(a, (value, i) => Math.abs(value - b[i]!)));

describe(`the linear learner beside scikit-learn ${golden.versions['scikit-learn']}`, () => {
  for (const one of golden.cases) {
    it(`finds the same coefficients: ${one.name}`, async () => {
      const x = Float32Array.from(one.x);
      const train = {
        rows: one.rows,
        features: one.features,
        x,
        y: Float64Array.from(one.y),
        ...(one.weights ? { weights: Float64Array.from(one.weights) } : {}),
      };
      const validation = { rows: 0, features: one.features, x: new Float32Array(0), y: new Float64Array(0) };
      const hyperparameters = { l2: one.l2, max_iterations: 10_000, tolerance: 1e-10 };
      const outcome = await linear.train(
        { kind: one.kind, classes: one.classes, train, validation, plan: { learner: 'linear', hyperparameters, seed: 1, engine: 'cpu' } },
        quiet,
      );
      if (outcome.kind !== 'trained') throw new Error(outcome.kind);
      const [layer] = outcome.model.layers;
      const scale = Math.max(1, ...one.coefficients.map(Math.abs), ...one.intercepts.map(Math.abs));
      // Only differences of multinomial intercepts are determined: both are compared about their mean.
      const centred = (values: ArrayLike<number>): number[] => {
        const list = Array.from(values);
        const mean = list.length > 1 ? list.reduce((a, b) => a + b, 0) / list.length : 0;
        return list.map((value) => value - mean);
      };
      const coefficients = difference(layer!.weights, one.coefficients) / scale;
      const intercepts = difference(centred(layer!.bias), centred(one.intercepts)) / scale;
      const answers = await linear.predict(outcome.model, one.classes, x.slice(0, 20 * one.features), 20, 'cpu');
      const probabilities = difference(answers, one.probabilities) / (one.kind === 'regression' ? scale : 1);
      console.log(
        `${one.name}: coefficients ${coefficients.toExponential(1)}, intercepts ${intercepts.toExponential(1)}, answers ${probabilities.toExponential(1)} (${JSON.stringify(outcome.model.facts)})`,
      );
      // Ours are rounded to float32 (6e-8 of each); both stop at a gradient of 1e-10. The answers add up 26 rounded terms.
      expect(coefficients).toBeLessThan(1e-6);
      expect(intercepts).toBeLessThan(1e-6);
      expect(probabilities).toBeLessThan(2e-6);
    });
  }
});
