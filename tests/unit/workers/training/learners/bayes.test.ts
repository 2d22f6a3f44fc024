import { describe, expect, it } from 'vitest';
import { ofForm } from '../../../../../src/domain/modelling/forms/learntModel';
import type { NaiveBayesModel } from '../../../../../src/domain/modelling/forms/naiveBayes';
import type { Examples } from '../../../../../src/domain/modelling/learner';
import { seeded } from '../../../../../src/domain/random';
import { bayes } from '../../../../../workers/training/learners/bayes';

const quiet = { onEpoch: () => undefined, stopped: () => false, breathe: async () => undefined, checkpointDue: () => false, checkpoint: async () => undefined };
const settings = { alpha: 1, var_smoothing: 1e-9 };

async function modelOf(train: Examples, classes: number, categories: readonly number[] = [], hyperparameters: Record<string, number> = settings): Promise<NaiveBayesModel> {
  const validation = { rows: 0, features: train.features, x: new Float32Array(0), y: new Float64Array(0) };
  const meanings = Array.from({ length: train.features }, (_, k) => ({ name: `f${k}`, column: `f${k}`, categories: categories[k] ?? 0 }));
  const plan = { learner: 'bayes', hyperparameters, seed: 1, engine: 'plain' as const };
  const outcome = await bayes.train({ kind: 'classification', classes, train, validation, plan, meanings }, quiet);
  if (outcome.kind !== 'trained') throw new Error(outcome.kind);
  expect(Number.isFinite(outcome.curve[0]!.trainLoss)).toBe(true);
  return ofForm(outcome.model, 'naiveBayes');
}

const answersOf = async (model: NaiveBayesModel, classes: number, x: Float32Array): Promise<number[]> => Array.from(await bayes.predict(model, classes, x, x.length / model.features, 'plain'));

/** Two numbers and two categories (of 3 and of 2). */
function table(rows: number, classes: number, seed: number): Examples {
  const random = seeded(seed);
  const x = new Float32Array(rows * 4);
  const y = Float64Array.from({ length: rows }, () => random.below(classes));
  for (let i = 0; i < rows; i++) x.set([random.normal() + y[i]!, 50 * random.normal(), (random.below(2) + y[i]!) % 3, random.below(2)], i * 4);
  return { rows, features: 4, x, y };
}
const categories = [0, 0, 3, 2];
const close = (a: readonly number[], b: readonly number[]): number => Math.max(...a.map((value, i) => Math.abs(value - b[i]!)));

describe('the Bayes learner', () => {
  it('does not mind how rows are ordered', async () => {
    const train = table(150, 3, 1);
    const order = seeded(2).shuffle(Uint32Array.from({ length: 150 }, (_, i) => i));
    const shuffled = { ...train, x: Float32Array.from(Array.from(order).flatMap((i) => Array.from(train.x.subarray(4 * i, 4 * i + 4)))), y: Float64Array.from(order, (i) => train.y[i]!) };
    const unseen = table(40, 3, 3).x;
    expect(close(await answersOf(await modelOf(shuffled, 3, categories), 3, unseen), await answersOf(await modelOf(train, 3, categories), 3, unseen))).toBeLessThan(1e-12);
  });

  it('learns from a row of weight two what it learns from the row twice', async () => {
    const train = table(60, 2, 4);
    const doubled = { rows: 120, features: 4, x: Float32Array.of(...train.x, ...train.x), y: Float64Array.of(...train.y, ...train.y) };
    const weighted = { ...train, weights: new Float64Array(60).fill(2) };
    const [one, other] = [await modelOf(doubled, 2, categories), await modelOf(weighted, 2, categories)];
    expect(close(Array.from(one.means), Array.from(other.means))).toBeLessThan(1e-12);
    expect(close(Array.from(one.variances), Array.from(other.variances))).toBeLessThan(1e-9);
    one.logShares.forEach((shares, d) => expect(close(Array.from(shares), Array.from(other.logShares[d]!))).toBeLessThan(1e-12));
  });

  it('answers what is missing as if the feature were not there', async () => {
    const train = table(100, 2, 5);
    const model = await modelOf(train, 2, categories);
    const alone = await modelOf({ ...train, features: 1, x: train.x.filter((_, at) => at % 4 === 0) }, 2);
    // The smoothing is a share of the largest variance of all features.
    expect(close(await answersOf(model, 2, Float32Array.of(0.3, NaN, NaN, NaN)), await answersOf(alone, 2, Float32Array.of(0.3)))).toBeLessThan(1e-5);
    const all = await answersOf(model, 2, new Float32Array(4).fill(NaN));
    expect(close(all, Array.from(model.logPriors, Math.exp))).toBeLessThan(1e-12);
  });

  it('takes a category that it has not seen, and one that is no category, as missing or as smoothed', async () => {
    const train = { rows: 4, features: 1, x: Float32Array.of(0, 0, 1, NaN), y: Float64Array.of(0, 1, 1, 0) };
    const model = await modelOf(train, 2, [3]);
    const prior = await answersOf(model, 2, Float32Array.of(NaN));
    for (const code of [3, 99, -1]) expect(await answersOf(model, 2, Float32Array.of(code))).toEqual(prior);
    // Class 0 has one known row, class 1 two; each category of three has one row for free: 1/4 and 1/5.
    const [zero] = await answersOf(model, 2, Float32Array.of(2));
    expect(zero).toBeCloseTo(0.25 / (0.25 + 0.2), 12);
  });

  it('learns without values of a class, of a feature, and without a difference between rows', async () => {
    const none = { rows: 4, features: 2, x: Float32Array.of(1, NaN, 2, NaN, NaN, NaN, NaN, NaN), y: Float64Array.of(0, 0, 1, 1) };
    const flat = { rows: 4, features: 2, x: new Float32Array(8).fill(3), y: Float64Array.of(0, 1, 0, 1) };
    for (const train of [none, flat]) {
      const model = await modelOf(train, 2);
      expect(model.variances.every((variance) => variance > 0)).toBe(true);
      const answers = await answersOf(model, 2, Float32Array.of(1, 2, NaN, 5, 3e38, -3e38, 1e-40, 0));
      expect(answers.every((p) => p >= 0 && p <= 1)).toBe(true);
      for (let i = 0; i < 4; i++) expect(answers[2 * i]! + answers[2 * i + 1]!).toBeCloseTo(1, 12);
    }
  });

  it('gives one class all the probability, and a class without rows none', async () => {
    const train = { ...table(30, 1, 6), y: new Float64Array(30).fill(1) };
    expect(await answersOf(await modelOf(train, 3, categories), 3, train.x.slice(0, 8))).toEqual([0, 1, 0, 0, 1, 0]);
    expect(await answersOf(await modelOf({ ...train, y: new Float64Array(30) }, 1, categories), 1, train.x.slice(0, 8))).toEqual([1, 1]);
  });

  it('learns a category of a hundred thousand values', async () => {
    const rows = 1000;
    const train = { rows, features: 1, x: Float32Array.from({ length: rows }, (_, i) => (i * 97) % 100_000), y: Float64Array.from({ length: rows }, (_, i) => i % 2) };
    const model = await modelOf(train, 2, [100_000]);
    const [zero] = await answersOf(model, 2, Float32Array.of(0));
    expect(zero).toBeCloseTo(2 / 3, 6);
  });
});
