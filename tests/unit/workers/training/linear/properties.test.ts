import { describe, expect, it } from 'vitest';
import { ofForm } from '../../../../../src/domain/modelling/forms/learntModel';
import type { Engine, Examples, TrainingOutcome } from '../../../../../src/domain/modelling/learner';
import { completePlan } from '../../../../../src/domain/modelling/plan';
import { seeded } from '../../../../../src/domain/random';
import { linear } from '../../../../../workers/training/learners/linear';
import { squareSize } from '../../../../../workers/training/linear/passes';

const hooks = { onEpoch: () => undefined, stopped: () => false, breathe: async () => undefined, checkpointDue: () => false, checkpoint: async () => undefined };
type Settings = Record<string, number | string>;

function rowsOf(classes: number, rows = 150, features = 5, seed = 4): Examples {
  const random = seeded(seed);
  const x = Float32Array.from({ length: rows * features }, () => random.normal());
  const y = Float64Array.from({ length: rows }, (_, i) => {
    const signal = x[i * features]! - 0.7 * x[i * features + 1]! + 1.2 * random.normal();
    return classes === 0 ? 20 + 5 * signal : Math.min(classes - 1, Math.max(0, Math.floor(signal / 1.5 + classes / 2)));
  });
  return { rows, features, x, y };
}

const outcomeOf = (train: Examples, classes: number, settings: Settings, engine: Engine = 'native'): Promise<TrainingOutcome> =>
  linear.train(
    {
      kind: classes === 0 ? 'regression' : 'classification',
      classes,
      train,
      validation: { rows: 0, features: train.features, x: new Float32Array(0), y: new Float64Array(0) },
      plan: completePlan('linear', { tolerance: 1e-11, max_iterations: 2000, ...settings }, 1, engine, linear.hyperparameters),
    },
    hooks,
  );

async function learnt(train: Examples, classes: number, settings: Settings, engine?: Engine) {
  const outcome = await outcomeOf(train, classes, settings, engine);
  if (outcome.kind !== 'trained') throw new Error(outcome.kind);
  const model = ofForm(outcome.model, 'layers');
  return { ...model.layers[0]!, facts: model.facts, curve: outcome.curve };
}

const largest = (a: ArrayLike<number>, b: ArrayLike<number>): number => Array.from(a).reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), a.length === b.length ? 0 : Infinity);
const taken = ({ features, x, y }: Examples, order: readonly number[]): Examples => ({
  rows: order.length,
  features,
  x: Float32Array.from(order.flatMap((i) => Array.from(x.subarray(i * features, (i + 1) * features)))),
  y: Float64Array.from(order, (i) => y[i]!),
});
const columns = (data: Examples, change: (value: number, k: number) => number): Examples => ({ ...data, x: data.x.map((value, at) => change(value, at % data.features)) });

const penalties: readonly Settings[] = [{ penalty: 'none' }, { penalty: 'l2', l2: 2 }, { penalty: 'l1', l1: 4 }, { penalty: 'elasticnet', l1: 2, l2: 3 }];

for (const classes of [2, 3, 0]) {
  describe(classes === 0 ? 'of values' : `of ${classes} classes`, () => {
    for (const settings of penalties) {
      const named = JSON.stringify(settings);

      it(`the order of the rows does not matter: ${named}`, async () => {
        const data = rowsOf(classes);
        const order = Array.from({ length: data.rows }, (_, i) => (i * 37) % data.rows);
        const [a, b] = [await learnt(data, classes, settings), await learnt(taken(data, order), classes, settings)];
        // Both are float32 of the same minimum to 1e-10: at most one rounding apart.
        expect(largest(a.weights, b.weights)).toBeLessThan(classes === 0 ? 2e-6 : 3e-7);
        expect(largest(a.bias, b.bias)).toBeLessThan(classes === 0 ? 4e-6 : 3e-7);
      });

      it(`a weight of 2 is the row twice over: ${named}`, async () => {
        const data = rowsOf(classes);
        const weights = Float64Array.from({ length: data.rows }, (_, i) => 1 + (i % 2));
        const order = Array.from({ length: data.rows }, (_, i) => (i % 2 === 1 ? [i, i] : [i])).flat();
        const [a, b] = [await learnt({ ...data, weights }, classes, settings), await learnt(taken(data, order), classes, settings)];
        expect(largest(a.weights, b.weights)).toBeLessThan(classes === 0 ? 2e-6 : 3e-7);
        expect(largest(a.bias, b.bias)).toBeLessThan(classes === 0 ? 4e-6 : 3e-7);
      });

      it(`a constant column has weight 0, whatever its size: ${named}`, async () => {
        for (const value of [1, -3e4, 0.1]) {
          const data = columns(rowsOf(classes), (given, k) => (k === 2 ? value : given));
          const { weights } = await learnt(data, classes, settings);
          const outputs = weights.length / data.features;
          expect(Array.from(weights.subarray(2 * outputs, 3 * outputs), (weight) => Math.abs(weight * value) < 1e-5)).toEqual(new Array(outputs).fill(true));
          expect(weights.every(Number.isFinite)).toBe(true);
        }
      });

      it(`the engines learn the same bits: ${named}`, async () => {
        const data = rowsOf(classes);
        const [a, b] = [await learnt(data, classes, settings, 'native'), await learnt(data, classes, settings, 'plain')];
        expect([a.weights, a.bias, a.facts, a.curve]).toEqual([b.weights, b.bias, b.facts, b.curve]);
      });

      it(`sparse rows learn what dense ones do: ${named}`, async () => {
        // 6 zero columns more make the same rows sparse.
        const data = columns(rowsOf(classes), (given, k) => (k === 3 ? (given > 1 ? 1 : 0) : given));
        const wide = { ...data, features: 25, x: Float32Array.from({ length: data.rows * 25 }, (_, at) => (at % 25 < 5 ? data.x[Math.floor(at / 25) * 5 + (at % 25)]! : 0)) };
        const [a, b] = [await learnt(data, classes, settings), await learnt(wide, classes, settings)];
        expect(largest(a.weights, b.weights.subarray(0, a.weights.length))).toBeLessThan(classes === 0 ? 2e-6 : 3e-7);
        expect(b.weights.subarray(a.weights.length).every((weight) => weight === 0)).toBe(true);
      });
    }

    it('without a penalty a column in other units has its weight in other units, and the same t or z', async () => {
      const data = rowsOf(classes);
      const [a, b] = [await learnt(data, classes, { penalty: 'none' }), await learnt(columns(data, (given, k) => (k === 1 ? given * 64 : given)), classes, { penalty: 'none' })];
      const outputs = a.weights.length / 5;
      for (let at = 0; at < a.weights.length; at++) expect(b.weights[at]! * (Math.floor(at / outputs) === 1 ? 64 : 1)).toBeCloseTo(a.weights[at]!, 5);
      const values = (facts: typeof a.facts): number[] => {
        const table = facts['coefficients'] as { value?: number[]; classes?: { value: number[] }[] };
        return table.classes ? table.classes.flatMap(({ value }) => value) : table.value!;
      };
      values(a.facts).forEach((value, i) => expect(values(b.facts)[i]! / value).toBeCloseTo(1, 4));
    });
  });
}

describe('where standard errors are not defined, the model says why', () => {
  it('weighted rows, too few rows, columns that add up, classes that are told apart', async () => {
    const data = rowsOf(2);
    const none = { penalty: 'none' };
    expect((await learnt({ ...data, weights: new Float64Array(150).fill(0.5) }, 2, none)).facts).toMatchObject({ withoutErrors: 'weighted' });
    expect((await learnt({ ...rowsOf(0), weights: new Float64Array(150).fill(0.5) }, 0, none)).facts).toMatchObject({ withoutErrors: 'weighted' });
    expect((await learnt(rowsOf(0, 5), 0, none)).facts).toMatchObject({ withoutErrors: 'tooFewRows' });
    const twice = columns(data, (value) => value);
    for (let i = 0; i < twice.rows; i++) twice.x[i * 5 + 4] = twice.x[i * 5 + 3]!;
    expect((await learnt(twice, 2, none)).facts).toMatchObject({ withoutErrors: 'singular', converged: true });
    expect((await learnt({ ...twice, y: rowsOf(0).y }, 0, none)).facts).toMatchObject({ withoutErrors: 'singular' });
    expect((await learnt(data, 2, { ...none, max_iterations: 1 })).facts).toMatchObject({ withoutErrors: 'notConverged', converged: false });
  });
});

describe('classes that can be told apart without an error', () => {
  for (const classes of [2, 3]) {
    it(`have no likeliest weights: ${classes} classes end, finite, and say that they did not converge`, async () => {
      const data = rowsOf(classes);
      const y = Float64Array.from({ length: data.rows }, (_, i) => Math.min(classes - 1, Math.max(0, Math.floor(data.x[i * 5]! + classes / 2))));
      for (const tolerance of [1e-4, 1e-12]) {
        const { facts, weights, curve } = await learnt({ ...data, y }, classes, { penalty: 'none', tolerance, max_iterations: 500 });
        expect(facts).toMatchObject({ converged: false, withoutErrors: 'separated' });
        expect(weights.every(Number.isFinite)).toBe(true);
        expect(curve.length).toBeLessThanOrEqual(500);
      }
      expect((await learnt({ ...data, y }, classes, { penalty: 'l2', l2: 1 })).facts).toMatchObject({ converged: true });
      expect((await learnt({ ...data, y }, classes, { penalty: 'l1', l1: 1 })).facts).toMatchObject({ converged: true });
    });

    it(`and so has a class without rows, with any penalty: of ${classes} classes the last is missing`, async () => {
      const data = rowsOf(classes);
      const y = data.y.map((label) => Math.min(label, classes - 2));
      for (const settings of penalties) {
        const { weights, bias } = await learnt({ ...data, y }, classes, { ...settings, tolerance: 1e-4, max_iterations: 500 });
        expect([...weights, ...bias].every(Number.isFinite)).toBe(true);
        // The class that nobody is in is thought unlikely.
        if (classes === 2) expect(bias[0]).toBeLessThan(-5);
        else expect(bias[2]).toBeLessThan(Math.min(bias[0]!, bias[1]!) - 3);
      }
    });
  }
});

describe('an L1 penalty', () => {
  it('of great strength leaves the intercept alone, which gives the mean or the shares', async () => {
    for (const classes of [2, 3, 0]) {
      const data = rowsOf(classes);
      const { weights, bias } = await learnt(data, classes, { penalty: 'l1', l1: 1e5 });
      expect(weights.every((weight) => weight === 0)).toBe(true);
      const answer = await linear.predict({ form: 'layers', layers: [{ inputs: 5, outputs: bias.length, weights, bias, activation: 'linear' }], output: classes === 0 ? 'identity' : classes === 2 ? 'sigmoid' : 'softmax', facts: {} }, classes, data.x.slice(0, 5), 1, 'native');
      if (classes === 0) expect(answer[0]).toBeCloseTo(data.y.reduce((sum, value) => sum + value, 0) / data.rows, 4);
      else answer.forEach((p, c) => expect(p).toBeCloseTo(data.y.filter((label) => label === c).length / data.rows, 5));
    }
  });
});

it('squares are as wide as whole tiles', () => {
  expect([1, 2, 3, 50].map(squareSize)).toEqual([4, 4, 8, 52]);
});
