import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { ofForm } from '../../../../../src/domain/modelling/forms/learntModel';
import type { NeighboursModel } from '../../../../../src/domain/modelling/forms/neighbours';
import type { Engine, Examples } from '../../../../../src/domain/modelling/learner';
import { seeded } from '../../../../../src/domain/random';
import { neighbours } from '../../../../../workers/training/learners/neighbours';

const quiet = { onEpoch: () => undefined, stopped: () => false, breathe: async () => undefined, checkpointDue: () => false, checkpoint: async () => undefined };

function table(rows: number, features: number, classes: number, seed: number): Examples {
  const random = seeded(seed);
  const x = Float32Array.from({ length: rows * features }, () => random.normal());
  return { rows, features, x, y: Float64Array.from({ length: rows }, () => (classes > 0 ? random.below(classes) : 100 * random.normal())) };
}

async function modelOf(train: Examples, classes: number, k: number, weights = 'uniform', engine: Engine = 'plain'): Promise<NeighboursModel> {
  const validation = { rows: 0, features: train.features, x: new Float32Array(0), y: new Float64Array(0) };
  const plan = { learner: 'neighbours', hyperparameters: { k, weights }, seed: 1, engine };
  const outcome = await neighbours.train({ kind: classes > 0 ? 'classification' : 'regression', classes, train, validation, plan }, quiet);
  if (outcome.kind !== 'trained') throw new Error(outcome.kind);
  expect(outcome.backend).toBe(engine);
  return ofForm(outcome.model, 'neighbours');
}

const answersOf = async (model: NeighboursModel, classes: number, x: Float32Array, engine: Engine = 'plain'): Promise<number[]> => Array.from(await neighbours.predict(model, classes, x, x.length / model.features, engine));

describe('the neighbours learner', () => {
  it('answers the same on both engines, bit for bit, for any rows, weights of rows and settings', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 80 }),
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 1, max: 90 }),
        fc.constantFrom(0, 1, 2, 4),
        fc.constantFrom('uniform', 'distance'),
        fc.integer({ min: 1, max: 1000 }),
        fc.boolean(),
        async (rows, features, k, classes, weights, seed, weighted) => {
          const random = seeded(seed);
          const plain = table(rows, features, classes, seed);
          const train = weighted ? { ...plain, weights: Float64Array.from({ length: rows }, (_, i) => (i === 0 ? 1 : random.below(4) / 3)) } : plain;
          const model = await modelOf(train, classes, k, weights, 'native');
          const x = Float32Array.of(...plain.x, ...table(20, features, 0, seed + 1).x);
          expect(await answersOf(model, classes, x, 'native')).toEqual(await answersOf(await modelOf(train, classes, k, weights), classes, x));
        },
      ),
      { seed: 23, numRuns: 80 },
    );
  });

  it('does not mind how training rows are ordered', async () => {
    const [rows, features] = [200, 4];
    const train = table(rows, features, 3, 1);
    const order = seeded(2).shuffle(Uint32Array.from({ length: rows }, (_, i) => i));
    const shuffled = { ...train, x: Float32Array.from(Array.from(order).flatMap((i) => Array.from(train.x.subarray(i * features, (i + 1) * features)))), y: Float64Array.from(order, (i) => train.y[i]!) };
    const x = table(50, features, 0, 3).x;
    for (const weights of ['uniform', 'distance']) expect(await answersOf(await modelOf(shuffled, 3, 7, weights), 3, x)).toEqual(await answersOf(await modelOf(train, 3, 7, weights), 3, x));
  });

  it('is left alone by a scale of all features, here of two', async () => {
    const train = table(200, 4, 3, 1);
    const x = table(50, 4, 0, 3).x;
    const twice = (values: Float32Array): Float32Array => values.map((value) => 2 * value);
    expect(await answersOf(await modelOf({ ...train, x: twice(train.x) }, 3, 7, 'distance', 'native'), 3, twice(x), 'native')).toEqual(await answersOf(await modelOf(train, 3, 7, 'distance', 'native'), 3, x, 'native'));
  });

  it('counts a row of weight two as the row twice over, and a part of the last neighbour where weights do not add up to k', async () => {
    const train = { rows: 4, features: 1, x: Float32Array.of(0, 1, 2, 10), y: Float64Array.of(0, 1, 1, 0), weights: Float64Array.of(2, 0.5, 3, 1) };
    const [zero, one] = await answersOf(await modelOf(train, 2, 3), 2, Float32Array.of(-1));
    expect(zero).toBeCloseTo(2 / 3, 12);
    expect(one).toBeCloseTo(1 / 3, 12);
    const doubled = { rows: 5, features: 1, x: Float32Array.of(0, 0, 1, 2, 10), y: Float64Array.of(0, 0, 1, 1, 0) };
    const whole = { ...train, weights: Float64Array.of(2, 1, 1, 1) };
    for (const k of [1, 2, 3, 4, 5]) expect(await answersOf(await modelOf(doubled, 2, k), 2, Float32Array.of(-1, 4, 9))).toEqual(await answersOf(await modelOf(whole, 2, k), 2, Float32Array.of(-1, 4, 9)));
  });

  it('asks all rows where there are fewer than k: the shares, or the mean', async () => {
    const train = { rows: 3, features: 1, x: Float32Array.of(1, 2, 3), y: Float64Array.of(0, 1, 1) };
    for (const engine of neighbours.engines) {
      expect(await answersOf(await modelOf(train, 2, 1000, 'uniform', engine), 2, Float32Array.of(0, 99), engine)).toEqual([1 / 3, 2 / 3, 1 / 3, 2 / 3]);
      expect(await answersOf(await modelOf(train, 0, 1000, 'uniform', engine), 0, Float32Array.of(0), engine)).toEqual([2 / 3]);
    }
  });

  it('listens to rows at distance 0 alone, where there are any and neighbours are weighed by distance', async () => {
    const train = { rows: 4, features: 1, x: Float32Array.of(5, 5, 5.5, 6), y: Float64Array.of(10, 20, 1000, 1000) };
    expect(await answersOf(await modelOf(train, 0, 4, 'distance'), 0, Float32Array.of(5))).toEqual([15]);
    const [between] = await answersOf(await modelOf(train, 0, 1, 'distance'), 0, Float32Array.of(5));
    expect(between).toBe(10);
  });

  it('answers for one class, for rows without a difference, and for the largest numbers there are', async () => {
    for (const engine of neighbours.engines) {
      expect(await answersOf(await modelOf(table(5, 2, 1, 1), 1, 3, 'distance', engine), 1, table(3, 2, 0, 2).x, engine)).toEqual([1, 1, 1]);
      const flat = { ...table(9, 3, 2, 1), x: new Float32Array(27).fill(4) };
      const answers = await answersOf(await modelOf(flat, 2, 5, 'distance', engine), 2, flat.x, engine);
      expect(answers.every((p) => p >= 0 && p <= 1)).toBe(true);
      const huge = { ...table(6, 1, 0, 1), x: Float32Array.of(3.4e38, -3.4e38, 3e38, 0, 1e-45, 1) };
      expect((await answersOf(await modelOf(huge, 0, 2, 'distance', engine), 0, huge.x, engine)).every(Number.isFinite)).toBe(true);
    }
  });

  it('measures its curve on a spread of the rows where there are many, the same ones every time', async () => {
    const train = table(5000, 2, 2, 1);
    const validation = table(3000, 2, 2, 2);
    const plan = { learner: 'neighbours', hyperparameters: { k: 5, weights: 'uniform' }, seed: 1, engine: 'native' as const };
    const curves = [];
    for (let run = 0; run < 2; run++) {
      const outcome = await neighbours.train({ kind: 'classification', classes: 2, train, validation, plan }, quiet);
      if (outcome.kind !== 'trained') throw new Error(outcome.kind);
      curves.push(outcome.curve);
    }
    expect(curves[0]).toEqual(curves[1]);
    expect(curves[0]![0]!.validationLoss).toBeGreaterThan(curves[0]![0]!.trainLoss);
  });

  it('says of its form that it holds rows', async () => {
    const { formOf, modelForms } = await import('../../../../../src/domain/modelling/forms/registry');
    expect(formOf({ form: 'neighbours' }).containsRows).toBe(true);
    expect(modelForms.filter(({ containsRows }) => containsRows).map(({ name }) => name)).toEqual(['neighbours']);
  });
});
