import { mkdirSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { onnxInputs } from '../../../../../src/domain/deployment/onnx/onnxInputs';
import { onnxModel } from '../../../../../src/domain/deployment/onnx/modelGraph';
import { comparedOutputs } from '../../../../../src/domain/deployment/parity';
import { applyRecipe, fitRecipe } from '../../../../../src/domain/data/recipe/recipe';
import { defaultRecipe } from '../../../../../src/domain/data/recipe/defaultRecipe';
import type { FittedRecipe, RecipeSpec } from '../../../../../src/domain/data/recipe/recipeSpec';
import { transformers } from '../../../../../src/domain/data/recipe/registry';
import type { Table } from '../../../../../src/domain/data/table';
import { ofForm } from '../../../../../src/domain/modelling/forms/learntModel';
import type { LayersModel } from '../../../../../src/domain/modelling/forms/layers';
import type { Task } from '../../../../../src/domain/modelling/task';
import { Refusal } from '../../../../../src/domain/refusal';
import { coded, numeric, tableOf } from '../../data/tables';
import { everyRow, fullRecipe, oddTable, step } from '../../data/recipe/recipeTables';
import { answersOf, constantModel, randomModel } from '../learntModels';
import { outputsOf } from './onnxRun';

const regression: Task = { kind: 'regression', target: 'y' };
const classTask = (classes: readonly string[], positive: number | null = null): Task => ({ kind: 'classification', target: 'y', classes, positive });
const threeClasses = classTask(['no', '😀 yes', '']);

/** An identity model of the feature matrix, to look at the recipe alone: value k is feature k. */
const oneFeature = (width: number, k: number): LayersModel => {
  const weights = new Float32Array(width);
  weights[k] = 1;
  return { form: 'layers', layers: [{ inputs: width, outputs: 1, weights, bias: Float32Array.of(0), activation: 'linear' }], output: 'identity', facts: {} };
};

/** Keeps the bytes where ONNX_EXAMPLES says, for a check by another tool. */
function keep(name: string, bytes: Uint8Array): void {
  const folder = process.env.ONNX_EXAMPLES;
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}/${name}.onnx`, bytes);
}

async function parityOf(name: string, task: Task, recipe: FittedRecipe, model: LayersModel, table: Table): Promise<number> {
  const bytes = onnxModel({ task, recipe, model });
  keep(name, bytes);
  const outputs = await outputsOf(bytes, onnxInputs(recipe, table));
  const { x } = applyRecipe(recipe, table);
  const found = (task.kind === 'regression' ? outputs.value! : outputs.probabilities!).data as Float32Array;
  const expected = answersOf(ofForm(model, 'layers'), x, table.rows);
  const { maxAbsDiff } = comparedOutputs(expected, found, table.rows, 1e-5);
  if (task.kind === 'classification') {
    const labels = outputs.label!.data as unknown as string[];
    expect(labels.length).toBe(table.rows);
    labels.forEach((label, row) => {
      const chances = task.classes.map((_, k) => expected[row * task.classes.length + k]!);
      const sorted = [...chances].sort((a, b) => b - a);
      // Where two classes are within the tolerance of each other, either may win.
      if (sorted[0]! - (sorted[1] ?? 0) > 1e-5) expect(label).toBe(task.classes[chances.indexOf(sorted[0]!)]);
    });
  }
  return maxAbsDiff;
}

describe('an exported graph', () => {
  it('makes every feature of every transformer as the recipe does, to 1e-6', async () => {
    const recipe = fitRecipe(fullRecipe, oddTable(11, 200), everyRow);
    const serve = oddTable(12, 150, 0.25);
    const { x, features } = applyRecipe(recipe, serve);
    const width = features.length;
    // All features at once: an identity matrix instead of learnt weights.
    const weights = Float32Array.from({ length: width * width }, (_, at) => (Math.floor(at / width) === at % width ? 1 : 0));
    const model: LayersModel = {
      form: 'layers',
      layers: [{ inputs: width, outputs: width, weights, bias: new Float32Array(width), activation: 'linear' }],
      output: 'identity',
      facts: {},
    };
    const bytes = onnxModel({ task: classTask(features.map(({ name }, index) => `${index} ${name}`)), recipe, model });
    keep('features', bytes);
    const { probabilities } = await outputsOf(bytes, onnxInputs(recipe, serve));
    const found = probabilities!.data as Float32Array;
    expect(found.length).toBe(x.length);
    let largest = 0;
    let at = '';
    found.forEach((each, index) => {
      const difference = Math.abs(each - x[index]!) / Math.max(1, Math.abs(x[index]!));
      if (!(difference <= largest)) [largest, at] = [difference, features[index % width]!.name];
    });
    console.log(`${width} features, largest difference ${largest.toExponential(2)} ${at}`);
    // Both sides do the same float32 operations, so this is mostly 0.
    expect(largest).toBeLessThanOrEqual(1e-6);
  });

  it('agrees with the model to 1e-5 on probabilities, for random models and tables', async () => {
    const differences: number[] = [];
    for (let seed = 1; seed <= 9; seed++) {
      const recipe = fitRecipe(seed % 2 === 0 ? fullRecipe : defaultRecipe(oddTable(1, 1).columns, 'none'), oddTable(seed, 120), everyRow);
      const width = recipe.features.length;
      const [task, model, name] = [
        [threeClasses, randomModel(seed, [width, 3], 'softmax'), 'softmax'] as const,
        [classTask(['a', 'b'], 1), randomModel(seed, [width, 16, 1], 'sigmoid'), 'sigmoid'] as const,
        [classTask(['a', 'b'], 0), randomModel(seed, [width, 32, 16, 2], 'softmax', 'tanh'), 'dense'] as const,
      ][seed % 3]!;
      differences.push(await parityOf(`${name}${seed}`, task, recipe, model, oddTable(seed + 100, 90, 0.3)));
    }
    console.log(`probabilities: largest difference ${Math.max(...differences).toExponential(2)}`);
    expect(Math.max(...differences)).toBeLessThanOrEqual(1e-5);
  });

  it('agrees with the model on numbers, to float32 rounding', async () => {
    const recipe = fitRecipe(fullRecipe, oddTable(21, 120), everyRow);
    const difference = await parityOf('regression', regression, recipe, randomModel(3, [recipe.features.length, 24, 1], 'identity', 'tanh'), oddTable(22, 80));
    console.log(`value: largest difference ${difference.toExponential(2)}`);
    expect(difference).toBeLessThanOrEqual(1e-5);
  });

  it('gives the constant answer of a baseline, with one or both probabilities', async () => {
    const recipe = fitRecipe(fullRecipe, oddTable(31, 60), everyRow);
    const table = oddTable(32, 40);
    expect(await parityOf('baseline3', threeClasses, recipe, constantModel([0.5, 0.25, 0.25]), table)).toBe(0);
    expect(await parityOf('baselineValue', regression, recipe, constantModel([12.5]), table)).toBe(0);
    const { probabilities } = await outputsOf(onnxModel({ task: classTask(['a', 'b']), recipe, model: constantModel([0.25]) }), onnxInputs(recipe, table));
    expect([...(probabilities!.data as Float32Array)].slice(0, 2)).toEqual([0.75, 0.25]);
  });

  it('labels at the stored threshold of the positive class', async () => {
    const table = tableOf(numeric('x', [-2, -1, 0, 1, 2]));
    const spec: RecipeSpec = { version: 1, leftOut: [], entries: [{ column: 'x', type: 'number', steps: [step('impute')] }] };
    const recipe = fitRecipe(spec, table, everyRow);
    const model: LayersModel = {
      form: 'layers',
      layers: [{ inputs: 1, outputs: 1, weights: Float32Array.of(1), bias: Float32Array.of(0), activation: 'linear' }],
      output: 'sigmoid',
      facts: {},
    };
    const labels = async (positive: number | null, threshold?: number): Promise<unknown> => {
      const bytes = onnxModel({ task: classTask(['no', 'yes'], positive), recipe, model, ...(threshold === undefined ? {} : { threshold }) });
      return (await outputsOf(bytes, onnxInputs(recipe, table))).label!.data;
    };
    expect(await labels(1)).toEqual(['no', 'no', 'yes', 'yes', 'yes']);
    expect(await labels(null, 0.8)).toEqual(['no', 'no', 'no', 'no', 'yes']);
    expect(await labels(0, 0.2)).toEqual(['no', 'no', 'no', 'no', 'yes']);
    expect(await labels(0)).toEqual(['no', 'no', 'no', 'yes', 'yes']);
  });

  it('survives categories that never occurred, words alone and columns of missing values', async () => {
    const train = tableOf(
      coded('word', Array<null>(40).fill(null)),
      numeric('x', Array<number>(40).fill(NaN)),
      numeric('when', Array<number>(40).fill(NaN), 'date'),
      coded(
        'rare',
        Array.from({ length: 40 }, (_, row) => `r${row}`),
      ),
    );
    const spec: RecipeSpec = {
      version: 1,
      leftOut: [],
      entries: [
        { column: 'word', type: 'category', steps: [step('oneHot')] },
        { column: 'word', type: 'category', steps: [step('ordinal')] },
        { column: 'word', type: 'category', steps: [step('groupRare'), step('oneHot')] },
        { column: 'word', type: 'category', steps: [step('impute'), step('groupRare', { minCount: 100 }), step('oneHot')] },
        { column: 'word', type: 'category', steps: [step('ordinal', { order: ['', 'a'] })] },
        { column: 'rare', type: 'category', steps: [step('groupRare'), step('oneHot')] },
        { column: 'x', type: 'number', steps: [step('impute'), step('scaleQuantile')] },
        { column: 'when', type: 'date', steps: [step('dateParts'), step('impute'), step('scaleStandard')] },
      ],
    };
    const recipe = fitRecipe(spec, train, everyRow);
    const serve = tableOf(
      coded('word', ['a', '', null, 'other']),
      numeric('x', [1, NaN, 1e300, -Infinity]),
      numeric('when', [NaN, -1, 0, 8.64e15], 'date'),
      coded('rare', ['r1', null, 'new', 'other']),
    );
    for (let k = 0; k < recipe.features.length; k++)
      expect(await parityOf(`odd${k}`, regression, recipe, oneFeature(recipe.features.length, k), serve)).toBeLessThanOrEqual(1e-6);
  });

  it('takes no rows, and names nothing after data', async () => {
    const evil = '__proto__"}in0';
    const table = tableOf(coded(evil, ['a', 'b']), numeric('in0', [1, 2]));
    const spec: RecipeSpec = {
      version: 1,
      leftOut: [],
      entries: [
        { column: evil, type: 'category', steps: [step('oneHot')] },
        { column: 'in0', type: 'number', steps: [step('impute')] },
      ],
    };
    const recipe = fitRecipe(spec, table, everyRow);
    expect(onnxInputs(recipe, table).map(({ name, column }) => [name, column])).toEqual([
      ['in0', evil],
      ['in1', 'in0'],
    ]);
    expect(await parityOf('names', threeClasses, recipe, randomModel(1, [3, 3], 'softmax'), table)).toBeLessThanOrEqual(1e-5);
    const none = tableOf(coded(evil, []), numeric('in0', []));
    const outputs = await outputsOf(onnxModel({ task: threeClasses, recipe, model: randomModel(1, [3, 3], 'softmax') }), onnxInputs(recipe, none));
    expect(outputs.probabilities!.dims).toEqual([0, 3]);
  });

  it('refuses a step without nodes, naming it, and a model without inputs', () => {
    const table = tableOf(numeric('x', [1, 2]));
    const spec: RecipeSpec = { version: 1, leftOut: [], entries: [{ column: 'x', type: 'number', steps: [step('impute'), step('scaleStandard')] }] };
    const recipe = fitRecipe(spec, table, everyRow);
    const less = transformers.map((one) => (one.name === 'scaleStandard' ? { ...one, onnx: 'none' as const } : one));
    const codeOf = (run: () => unknown): unknown => {
      try {
        return run();
      } catch (error) {
        if (error instanceof Refusal) return [error.code, error.details];
        throw error;
      }
    };
    const model = randomModel(1, [1, 1], 'identity');
    expect(codeOf(() => onnxModel({ task: regression, recipe, model }, less))).toEqual(['exportStepHasNoOnnx', { step: 'scaleStandard', column: 'x' }]);
    expect(codeOf(() => onnxModel({ task: regression, recipe: { ...recipe, entries: [], features: [] }, model }))).toEqual(['exportNeedsInput', {}]);
  });
});
