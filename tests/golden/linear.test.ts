import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ofForm } from '../../src/domain/modelling/forms/learntModel';
import { completePlan } from '../../src/domain/modelling/plan';
import { linear } from '../../workers/training/learners/linear';

interface Table<T> {
  errors: T;
  values: T;
  p: T;
}

interface Case {
  name: string;
  kind: 'classification' | 'regression';
  classes: number;
  settings: Record<string, number | string>;
  rows: number;
  features: number;
  /** In 64ths. */
  x64: number[];
  y: number[];
  weights: number[] | null;
  coefficients: number[];
  intercepts: number[];
  /** Of the first 20 rows: probabilities, or values. */
  answers: number[];
  /** Features, then the intercept; for classes one list for each later class against the first. */
  table: (Table<number[]> & { freedom: number }) | Table<number[][]> | null;
}

const golden = JSON.parse(readFileSync(new URL('./linear.json', import.meta.url), 'utf8')) as { versions: Record<string, string>; cases: Case[] };
const quiet = { onEpoch: () => undefined, stopped: () => false, breathe: async () => undefined, checkpointDue: () => false, checkpoint: async () => undefined };
const difference = (a: ArrayLike<number>, b: ArrayLike<number>): number => Math.max(...Array.from(a, (value, i) => Math.abs(value - b[i]!)));
const relative = (a: readonly number[], b: readonly number[]): number => Math.max(...a.map((value, i) => Math.abs(value / b[i]! - 1)));

const learnt = async (one: Case, engine: 'native' | 'plain') => {
  const train = {
    rows: one.rows,
    features: one.features,
    x: Float32Array.from(one.x64, (value) => value / 64),
    y: Float64Array.from(one.y),
    ...(one.weights ? { weights: Float64Array.from(one.weights) } : {}),
  };
  const validation = { rows: 0, features: one.features, x: new Float32Array(0), y: new Float64Array(0) };
  const plan = completePlan('linear', { ...one.settings, max_iterations: 10_000, tolerance: 1e-10 }, 1, engine, linear.hyperparameters);
  const outcome = await linear.train({ kind: one.kind, classes: one.classes, train, validation, plan }, quiet);
  if (outcome.kind !== 'trained') throw new Error(outcome.kind);
  return { train, model: ofForm(outcome.model, 'layers') };
};

describe(`the linear learner beside scikit-learn ${golden.versions['scikit-learn']}`, () => {
  for (const engine of ['native', 'plain'] as const) {
    for (const one of golden.cases) {
      it(`finds the same coefficients, ${engine}: ${one.name}`, async () => {
        const { train, model } = await learnt(one, engine);
        const [layer] = model.layers;
        const scale = Math.max(1, ...one.coefficients.map(Math.abs), ...one.intercepts.map(Math.abs));
        // Only differences of multinomial intercepts are determined: both are compared about their mean.
        const centred = (values: ArrayLike<number>): number[] => {
          const list = Array.from(values);
          const mean = list.length > 1 ? list.reduce((a, b) => a + b, 0) / list.length : 0;
          return list.map((value) => value - mean);
        };
        const coefficients = difference(layer!.weights, one.coefficients) / scale;
        const intercepts = difference(centred(layer!.bias), centred(one.intercepts)) / scale;
        const answers = difference(await linear.predict(model, one.classes, train.x.slice(0, 20 * one.features), 20, engine), one.answers) / (one.kind === 'regression' ? scale : 1);
        const { iterations, converged } = model.facts;
        console.log(`${engine}, ${one.name}: coefficients ${coefficients.toExponential(1)}, intercepts ${intercepts.toExponential(1)}, answers ${answers.toExponential(1)}, ${iterations} iterations`);
        if (iterations !== undefined) expect(converged).toBe(true);
        // Ours are rounded to float32 (6e-8 of each); both stop at a gradient of 1e-10. The answers add up 26 rounded terms.
        expect(coefficients).toBeLessThan(1e-6);
        expect(intercepts).toBeLessThan(1e-6);
        expect(answers).toBeLessThan(2e-6);
        // The zeros of an L1 penalty are the same ones, and exact.
        if (one.settings['l1']) expect(Array.from(layer!.weights, (weight) => weight === 0)).toEqual(one.coefficients.map((weight) => Math.abs(weight) < 1e-9));
      });
    }
  }
});

describe('standard errors beside their closed form', () => {
  for (const one of golden.cases) {
    it(`${one.table ? 'are the same' : 'are not given for what is drawn towards 0'}: ${one.name}`, async () => {
      const { model } = await learnt(one, 'native');
      if (!one.table) {
        expect(model.facts).toMatchObject({ withoutErrors: 'penalised' });
        expect(model.facts).not.toHaveProperty('coefficients');
        return;
      }
      const facts = model.facts['coefficients'] as unknown as Lists & { statistic: string; freedom?: number; classes?: Lists[] };
      interface Lists {
        estimate: number[];
        error: number[];
        value: number[];
        p: number[];
      }
      expect(facts.statistic).toBe(one.kind === 'regression' ? 't' : 'z');
      if ('freedom' in one.table) expect(facts.freedom).toBe(one.table.freedom);
      const lists = facts.classes ?? [facts];
      const wanted = (name: keyof Table<unknown>): number[] => (one.table![name] as (number | number[])[]).flat();
      // Six digits are kept.
      expect(relative(lists.flatMap(({ error }) => error), wanted('errors'))).toBeLessThan(1e-5);
      expect(relative(lists.flatMap(({ value }) => value), wanted('values'))).toBeLessThan(1e-5);
      expect(relative(lists.flatMap(({ p }) => p), wanted('p'))).toBeLessThan(1e-4);
      expect(lists.flatMap(({ estimate }) => estimate)).toHaveLength(wanted('errors').length);
    });
  }
});
