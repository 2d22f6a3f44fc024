import { describe, expect, it } from 'vitest';
import { chosenRecipe } from '../../../../../src/domain/data/recipe/recipeChoice';
import { defaultRecipe } from '../../../../../src/domain/data/recipe/defaultRecipe';
import { applyRecipe, fitRecipe } from '../../../../../src/domain/data/recipe/recipe';
import { GraphBuilder } from '../../../../../src/domain/deployment/onnx/graph';
import { onnxModel } from '../../../../../src/domain/deployment/onnx/modelGraph';
import { onnxInputs } from '../../../../../src/domain/deployment/onnx/onnxInputs';
import { onnxFormOf } from '../../../../../src/domain/deployment/onnx/forms/registry';
import { forward } from '../../../../../src/domain/modelling/forward';
import type { LearntModel } from '../../../../../src/domain/modelling/forms/learntModel';
import type { Examples, FeatureMeaning, TrainingInput } from '../../../../../src/domain/modelling/learner';
import type { Task } from '../../../../../src/domain/modelling/task';
import { seeded } from '../../../../../src/domain/random';
import { bayes } from '../../../../../workers/training/learners/bayes';
import { neighbours } from '../../../../../workers/training/learners/neighbours';
import { everyRow, oddTable } from '../../data/recipe/recipeTables';
import { ort, outputsOf } from './onnxRun';

const quiet = { onEpoch: () => undefined, stopped: () => false, breathe: async () => undefined, checkpointDue: () => false, checkpoint: async () => undefined };

/** What onnxruntime-web makes of the graph of a model. */
async function answersOf(model: LearntModel, classes: number, x: Float32Array, features: number): Promise<Float32Array> {
  const graph = new GraphBuilder();
  const { name, width } = onnxFormOf(model).emit(graph, model, graph.input('features', 'float', ['N', features], 'features'), classes);
  graph.node('Identity', [name], {}, '', 'answers');
  graph.output('answers', 'float', ['N', width]);
  const session = await ort.InferenceSession.create(graph.finish([]), { executionProviders: ['wasm'] });
  try {
    const { answers } = await session.run({ features: new ort.Tensor('float32', x, [x.length / features, features]) });
    return answers!.data as Float32Array;
  } finally {
    await session.release();
  }
}

async function modelOf(
  learner: typeof bayes,
  classes: number,
  train: Examples,
  hyperparameters: Record<string, number | string>,
  meanings?: readonly FeatureMeaning[],
): Promise<LearntModel> {
  const none = { rows: 0, features: train.features, x: new Float32Array(0), y: new Float64Array(0) };
  const input: TrainingInput = {
    kind: classes > 0 ? 'classification' : 'regression',
    classes,
    train,
    validation: none,
    plan: { learner: learner.name, hyperparameters, seed: 1, engine: learner.engines[0]! },
    ...(meanings ? { meanings } : {}),
  };
  const outcome = await learner.train(input, quiet);
  if (outcome.kind === 'diverged') throw new Error('diverged');
  return outcome.model;
}

const largest = (a: ArrayLike<number>, b: ArrayLike<number>): number => Math.max(a.length === b.length ? 0 : Infinity, ...Array.from(a, (value, i) => Math.abs(value - b[i]!)));

/** Features of many kinds: normal, far from zero, of 0 and 1, whole numbers, constant. */
function table(rows: number, classes: number, seed: number, weighted: boolean): Examples {
  const random = seeded(seed);
  const features = 6;
  const x = new Float32Array(rows * features);
  const y = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    const own = [random.normal(), 2000 + random.normal(), random.next() < 0.3 ? 1 : 0, random.below(4), 1, random.next() < 0.5 ? 1 : 0];
    x.set(own, i * features);
    y[i] = classes === 0 ? 50 + 10 * own[0]! + random.normal() : (Math.floor(3 + own[0]! + own[3]!) + classes) % classes;
  }
  return { rows, features, x, y, ...(weighted ? { weights: Float64Array.from({ length: rows }, () => random.below(4) / 2) } : {}) };
}

describe('nearest neighbours as a graph', () => {
  for (const [classes, weights, k, weighted] of [
    [2, 'uniform', 5, false],
    [3, 'distance', 7, false],
    [3, 'uniform', 4, true],
    [0, 'uniform', 5, false],
    [0, 'distance', 9, true],
    [2, 'distance', 1000, false],
  ] as const) {
    it(`answers as the model does: ${classes} classes, ${weights}, k ${k}, ${weighted ? 'weighted' : 'unweighted'} rows`, async () => {
      const train = table(300, classes, 5, weighted);
      const model = await modelOf(neighbours, classes, train, { k, weights });
      // Some queries are training rows: at distance 0.
      const x = Float32Array.of(...table(60, classes, 6, false).x, ...train.x.subarray(0, 120));
      const expected = forward(model, classes, x, 80);
      const found = await answersOf(model, classes, x, 6);
      // Float32 at the very end; values are of size 100.
      expect(largest(found, expected)).toBeLessThan(classes === 0 ? 1e-5 : 1e-7);
    });
  }

  it('takes the first of equally near rows, as the model does', async () => {
    const x = Float32Array.from({ length: 200 }, (_, i) => Number((i * 7) % 5 < 2));
    const train = { rows: 100, features: 2, x, y: Float64Array.from({ length: 100 }, (_, i) => i) };
    const model = await modelOf(neighbours, 0, train, { k: 3, weights: 'uniform' });
    const queries = Float32Array.of(0, 0, 1, 0, 0, 1, 1, 1);
    expect(largest(await answersOf(model, 0, queries, 2), forward(model, 0, queries, 4))).toBeLessThan(1e-5);
  });

  it('answers for huge and for tiny numbers', async () => {
    for (const size of [1e30, 1e-30]) {
      const random = seeded(9);
      const x = Float32Array.from({ length: 150 }, () => size * random.normal());
      const train = { rows: 50, features: 3, x, y: Float64Array.from({ length: 50 }, (_, i) => i % 2) };
      const model = await modelOf(neighbours, 2, train, { k: 3, weights: 'distance' });
      expect(largest(await answersOf(model, 2, x, 3), forward(model, 2, x, 50))).toBeLessThan(1e-7);
    }
  });
});

describe('naive Bayes as a graph', () => {
  const meaning = (categories: number): FeatureMeaning => ({ name: 'a', column: 'a', categories });
  for (const [name, categories] of [
    ['numbers alone', [0, 0, 0, 0, 0, 0]],
    ['numbers and categories', [0, 0, 2, 4, 0, 2]],
    ['categories alone', [0, 0, 2, 4, 1, 2].map((one) => one || 3)],
  ] as const) {
    it(`answers as the model does, with what is missing or unknown: ${name}`, async () => {
      const train = table(200, 3, 7, true);
      const unseen = table(100, 3, 8, false);
      const random = seeded(2);
      for (const values of [train.x, unseen.x]) {
        for (let i = 0; i < values.length; i++) {
          if (random.next() < 0.15) values[i] = NaN;
          else if (categories[i % 6]! > 0) values[i] = Math.abs(Math.trunc(values[i]!));
        }
      }
      unseen.x[3] = 9;
      unseen.x.fill(NaN, 6, 12);
      const model = await modelOf(bayes, 3, train, { alpha: 1, var_smoothing: 1e-9 }, categories.map(meaning));
      const expected = forward(model, 3, unseen.x, 100);
      expect(expected.every(Number.isFinite)).toBe(true);
      expect(largest(await answersOf(model, 3, unseen.x, 6), expected)).toBeLessThan(1e-7);
    });
  }

  it('gives a class without rows no probability', async () => {
    const train = table(60, 2, 7, false);
    const model = await modelOf(bayes, 4, train, { alpha: 1, var_smoothing: 1e-9 });
    const answers = await answersOf(model, 4, train.x, 6);
    expect(largest(answers, forward(model, 4, train.x, 60))).toBeLessThan(1e-7);
    expect(answers.every((p, i) => i % 4 < 2 || p === 0)).toBe(true);
  });
});

describe('a table, a recipe and a model in one file', () => {
  for (const [learner, choice, settings] of [
    [bayes, { coding: 'codes', fillNumbers: 'keep' }, { alpha: 1, var_smoothing: 1e-9 }],
    [neighbours, {}, { k: 7, weights: 'distance' }],
  ] as const) {
    it(`answers as recipe and model do one after the other: ${learner.name}`, async () => {
      const table = oddTable(41, 150);
      const recipe = fitRecipe(chosenRecipe(defaultRecipe(table.columns, 'none'), choice), table, everyRow);
      const { x } = applyRecipe(recipe, table);
      const width = recipe.features.length;
      const train = { rows: 150, features: width, x, y: Float64Array.from({ length: 150 }, (_, row) => row % 3) };
      const meanings = recipe.features.map(({ name, column, categories = 0 }) => ({ name, column, categories }));
      const model = await modelOf(learner, 3, train, settings, meanings);
      if (model.form === 'naiveBayes') expect(model.categories.length).toBeGreaterThan(0);
      const later = oddTable(42, 80, 0.3);
      const task: Task = { kind: 'classification', target: 'y', classes: ['a', 'b', 'c'], positive: null };
      const { probabilities, label } = await outputsOf(onnxModel({ task, recipe, model }), onnxInputs(recipe, later));
      const expected = forward(model, 3, applyRecipe(recipe, later).x, 80);
      expect(largest(probabilities!.data as Float32Array, expected)).toBeLessThan(1e-5);
      expect((label!.data as unknown as string[]).length).toBe(80);
    });
  }
});
