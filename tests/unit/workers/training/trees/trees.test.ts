import { describe, expect, it } from 'vitest';
import { ofForm } from '../../../../../src/domain/modelling/forms/learntModel';
import { treesForm, type TreesModel } from '../../../../../src/domain/modelling/forms/trees';
import type { Examples } from '../../../../../src/domain/modelling/learner';
import { storedForm } from '../../../../../src/domain/modelling/modelManifest';
import { seeded } from '../../../../../src/domain/random';
import { keptIndex } from '../../../../../src/ui/modelling/keptEpoch';
import { predictTrees } from '../../../../../workers/training/trees/predicting';
import { learnt, noRows, oddRows, planFor, quiet, type Learnt, type Rows } from './treeRuns';
import { learnerNamed } from '../../../../../workers/training/learners/registry';

const bits = ({ model, curve }: Pick<Learnt, 'model' | 'curve'>): unknown => {
  const { bytes, ...rest } = storedForm(model);
  return { ...rest, bytes: Buffer.from(bytes).toString('base64'), curve };
};
const modelOf = ({ model }: Learnt): TreesModel => ofForm(model, 'trees');
const answers = (model: TreesModel, classes: number, { x, rows }: Examples): Float64Array => treesForm.forward(model, classes, x, rows);
const picked = ({ x, y, weights, features }: Examples, rows: readonly number[]): Examples => ({
  rows: rows.length,
  features,
  x: Float32Array.from(rows.flatMap((row) => Array.from(x.subarray(row * features, (row + 1) * features)))),
  y: Float64Array.from(rows, (row) => y[row]!),
  ...(weights ? { weights: Float64Array.from(rows, (row) => weights[row]!) } : {}),
});
const weighted = (rows: Rows, weight: (i: number) => number): Rows => ({ ...rows, examples: { ...rows.examples, weights: Float64Array.from({ length: rows.examples.rows }, (_, i) => weight(i)) } });
/** The features asked for on the way to each leaf. */
function paths({ roots, feature, left }: TreesModel): Set<number>[] {
  const found: Set<number>[] = [];
  const visit = (node: number, path: readonly number[]): void => {
    if (feature[node]! < 0) return void found.push(new Set(path));
    for (const child of [left[node]!, left[node]! + 1]) visit(child, [...path, feature[node]!]);
  };
  for (const root of roots) visit(root, []);
  return found;
}

describe('the kernel and its twin', () => {
  const settings: readonly [string, string, number, number, Record<string, number | string | boolean>][] = [
    ['boosting', 'classification', 2, 0, { rounds: 12, max_depth: 4 }],
    ['boosting', 'classification', 2, 40, { rounds: 12, max_depth: 0, max_leaves: 20, grow_policy: 'lossguide', subsample: 0.7, colsample: 0.5 }],
    ['boosting', 'classification', 5, 8, { rounds: 6, max_depth: 3, subsample: 0.6 }],
    ['boosting', 'regression', 0, 300, { rounds: 12, max_leaves: 9, l2: 0 }],
    ['boosting', 'regression', 0, 3, { rounds: 12, loss: 'quantile', quantile_alpha: 0.8 }],
    ['boosting', 'regression', 0, 0, { rounds: 12, loss: 'huber', huber_slope: 0.5 }],
    ['boosting', 'regression', 0, 20, { rounds: 12, loss: 'poisson', monotone: 'f0:+,f1:-' }],
    ['boosting', 'regression', 0, 0, { rounds: 12, loss: 'absolute', monotone: 'f0:+', interactions: 'f0,f1;f2,f3' }],
    ['forest', 'classification', 2, 20, { trees: 6 }],
    ['forest', 'classification', 4, 20, { trees: 6 }],
    ['forest', 'regression', 0, 0, { trees: 6, max_depth: 0 }],
    ['tree', 'classification', 3, 5, { max_depth: 6, min_leaf: 1 }],
    ['tree', 'regression', 0, 5, { max_leaves: 12 }],
  ];
  for (const [learner, kind, classes, categories, given] of settings) {
    for (const isWeighted of [false, true]) {
      it(`learn the same bits: ${learner}, ${kind}, ${classes} classes, ${categories} categories, ${JSON.stringify(given)}${isWeighted ? ', weighted' : ''}`, async () => {
        const plain = oddRows(kind as Rows['kind'], classes, 1201, 1, categories);
        const train = isWeighted ? weighted(plain, (i) => (i % 5) / 3) : plain;
        const validation = oddRows(kind as Rows['kind'], classes, 303, 2, categories).examples;
        const native = await learnt(learner, train, given, 'native', validation);
        const twin = await learnt(learner, train, given, 'plain', validation);
        expect(bits(twin)).toEqual(bits(native));
        expect(modelOf(native).feature.some((feature) => feature >= 0)).toBe(true);
        const unseen = oddRows(kind as Rows['kind'], classes, 211, 3, categories).examples;
        const expected = answers(modelOf(native), classes, unseen);
        for (const engine of ['native', 'plain'] as const) expect(await predictTrees(modelOf(native), classes, unseen.x, unseen.rows, engine)).toEqual(expected);
      });
    }
  }

  it('answer alike for rows without gaps, of which eight are walked at a time', async () => {
    const model = modelOf(await learnt('boosting', oddRows('classification', 2, 900, 1), { rounds: 20 }));
    const { x, features } = oddRows('classification', 2, 403, 2).examples;
    const whole = x.map((value) => (value === value ? value : 0.25));
    expect(await predictTrees(model, 2, whole, 403, 'native')).toEqual(treesForm.forward(model, 2, whole, 403));
    expect(whole.length).toBe(403 * features);
  });
});

describe('trees', () => {
  it('are the same bytes for rows in another order', async () => {
    for (const [learner, kind, classes, given] of [
      ['boosting', 'classification', 2, { rounds: 10 }],
      ['boosting', 'classification', 3, { rounds: 5 }],
      ['boosting', 'regression', 0, { rounds: 10 }],
      ['boosting', 'regression', 0, { rounds: 10, loss: 'absolute' }],
      ['forest', 'classification', 3, { trees: 3, bootstrap: false }],
      ['tree', 'regression', 0, { max_depth: 8, min_leaf: 1 }],
    ] as const) {
      const train = oddRows(kind, classes, 700, 4, 12);
      const shuffled = { ...train, examples: picked(train.examples, seeded(9).shuffle(Array.from({ length: 700 }, (_, i) => i)) as number[]) };
      const [one, other] = [await learnt(learner, train, given), await learnt(learner, shuffled, given)];
      expect(storedForm(other.model)).toStrictEqual(storedForm(one.model));
    }
  });

  it('do not care for the unit of a feature, nor for any map that keeps the order of its values', async () => {
    const train = oddRows('classification', 2, 800, 5);
    const mapped = (map: (value: number, feature: number) => number): Rows => ({ ...train, examples: { ...train.examples, x: train.examples.x.map((value, at) => map(value, at % 6)) } });
    for (const learner of ['boosting', 'tree', 'forest']) {
      const model = modelOf(await learnt(learner, train, { rounds: 10, trees: 4 }));
      const scaled = mapped((value, feature) => value * 2 ** (feature * 3 - 7));
      const bent = mapped((value, feature) => (feature === 0 ? Math.atan(value) : feature === 1 ? value ** 3 : value));
      const expected = answers(model, 2, train.examples);
      for (const other of [scaled, bent]) {
        const again = modelOf(await learnt(learner, other, { rounds: 10, trees: 4 }));
        expect(again.left).toEqual(model.left);
        expect(again.feature).toEqual(model.feature);
        expect(again.values).toEqual(model.values);
        expect(answers(again, 2, other.examples)).toEqual(expected);
      }
    }
  });

  it('take a row twice over as one of twice the weight', async () => {
    for (const [kind, classes] of [
      ['classification', 2],
      ['classification', 3],
      ['regression', 0],
    ] as const) {
      const plain = oddRows(kind, classes, 400, 6, 6);
      const twice = { ...plain, examples: picked(plain.examples, Array.from({ length: 400 }, (_, i) => Array<number>((i % 3) + 1).fill(i)).flat()) };
      const heavy = weighted(plain, (i) => (i % 3) + 1);
      for (const learner of ['boosting', 'tree']) {
        const [a, b] = [modelOf(await learnt(learner, twice, { rounds: 10 })), modelOf(await learnt(learner, heavy, { rounds: 10 }))];
        const [told, again] = [answers(a, classes, plain.examples), answers(b, classes, plain.examples)];
        const differences = told.map((value, i) => Math.abs(value - again[i]!));
        // Gradients are rounded after they are weighted, so that of two splits that gain exactly alike boosting may take the other one.
        if (learner === 'tree') expect(Math.max(...differences)).toBeLessThan(1e-6);
        expect(differences.reduce((sum, one) => sum + one) / differences.length).toBeLessThan(5e-3);
      }
    }
  });

  it('keep to their limits of depth, leaves and weight', async () => {
    const train = oddRows('regression', 0, 1000, 7, 10);
    const shallow = modelOf(await learnt('boosting', train, { rounds: 5, max_depth: 3 }));
    expect(Math.max(...paths(shallow).map((path) => path.size))).toBeLessThanOrEqual(3);
    expect(shallow.values.length).toBeLessThanOrEqual(5 * 8);
    for (const policy of ['depthwise', 'lossguide']) {
      const few = modelOf(await learnt('boosting', train, { rounds: 5, max_depth: 0, max_leaves: 11, grow_policy: policy }));
      expect(few.values.length).toBe(55);
    }
    const heavy = modelOf(await learnt('boosting', train, { rounds: 5, min_child_weight: 60 }));
    expect(Math.min(...heavy.cover)).toBeGreaterThanOrEqual(60);
    const tree = modelOf(await learnt('tree', train, { max_depth: 30, min_leaf: 25 }));
    expect(Math.min(...tree.cover)).toBeGreaterThanOrEqual(25);
  });

  it('keep the round with the least validation loss, and stop when patience is over', async () => {
    const train = oddRows('classification', 2, 300, 8);
    const validation = oddRows('classification', 2, 300, 9).examples;
    const { curve, model } = await learnt('boosting', train, { rounds: 500, learning_rate: 0.3, patience: 7 }, 'native', validation);
    const losses = curve.map((one) => one.validationLoss);
    const best = losses.indexOf(Math.min(...losses)) + 1;
    expect(model.facts).toMatchObject({ keptEpoch: best, rounds: best + 7 });
    expect(keptIndex({ curve, facts: model.facts })).toBe(best - 1);
    expect(ofForm(model, 'trees').roots.length).toBe(best);
    expect(curve.length).toBeLessThan(500);
    const p = answers(ofForm(model, 'trees'), 2, validation);
    const loss = validation.y.reduce((sum, label, i) => sum - Math.log(p[2 * i + label]!), 0) / validation.rows;
    expect(Math.abs(loss - Math.min(...losses))).toBeLessThan(1e-9);
  });

  it('say the share of each class that a leaf has seen, and the mean of values', async () => {
    const train = oddRows('classification', 3, 900, 10);
    const model = modelOf(await learnt('tree', train, { max_depth: 3, smoothing: 0 }));
    const p = answers(model, 3, train.examples);
    for (let k = 0; k < 3; k++) {
      const mean = p.reduce((sum, value, i) => sum + (i % 3 === k ? value : 0), 0) / 900;
      expect(Math.abs(mean - train.examples.y.filter((label) => label === k).length / 900)).toBeLessThan(1e-6);
    }
    const values = oddRows('regression', 0, 900, 10);
    const told = answers(modelOf(await learnt('tree', values, { max_depth: 5 })), 0, values.examples);
    expect(Math.abs(told.reduce((sum, value, i) => sum + value - values.examples.y[i]!, 0) / 900)).toBeLessThan(1e-5);
  });
});

describe('a training that was broken off', () => {
  it('goes on from any checkpoint to the same bytes, with categories, gaps, samples and several classes', async () => {
    for (const [learner, classes, given] of [
      ['boosting', 3, { rounds: 9, subsample: 0.7, colsample: 0.6, max_depth: 4 }],
      ['boosting', 2, { rounds: 9, grow_policy: 'lossguide', max_leaves: 7 }],
      ['forest', 3, { trees: 6 }],
    ] as const) {
      const train = oddRows('classification', classes, 500, 16, 30);
      const validation = oddRows('classification', classes, 200, 17, 30).examples;
      const states: Uint8Array[] = [];
      const whole = await learnt(learner, train, given, 'native', validation, { ...quiet, checkpointDue: () => true, checkpoint: async (state) => void states.push(state.slice()) });
      expect(states.length).toBeGreaterThan(4);
      for (const checkpoint of states) {
        const input = { kind: 'classification' as const, classes, train: train.examples, validation, plan: planFor(learner, given), meanings: train.meanings, checkpoint };
        expect(bits((await learnerNamed(learner).train(input, quiet)) as Learnt)).toEqual(bits(whole));
      }
      const unbroken = await learnt(learner, train, given, 'plain', validation);
      expect(bits(unbroken)).toEqual(bits(whole));
    }
  });

  it('costs little to keep: a checkpoint is about as large as the trees', async () => {
    let bytes = 0;
    const { model } = await learnt('boosting', oddRows('regression', 0, 2000, 18), { rounds: 30 }, 'native', noRows(), { ...quiet, checkpointDue: () => true, checkpoint: async (state) => void (bytes = state.length) });
    expect(bytes).toBeLessThan(4 * storedForm(model).bytes.length);
  });
});

describe('the losses of boosting', () => {
  const train = oddRows('regression', 0, 3000, 11);
  it('put the asked share of the rows below a quantile', async () => {
    for (const alpha of [0.1, 0.5, 0.9]) {
      const told = answers(modelOf(await learnt('boosting', train, { rounds: 60, max_depth: 3, loss: 'quantile', quantile_alpha: alpha })), 0, train.examples);
      const below = told.reduce((count, value, i) => count + (train.examples.y[i]! <= value ? 1 : 0), 0) / 3000;
      expect(Math.abs(below - alpha)).toBeLessThan(0.04);
    }
  });

  it('answer with means above zero for counts', async () => {
    const told = answers(modelOf(await learnt('boosting', train, { rounds: 60, max_depth: 3, loss: 'poisson' })), 0, train.examples);
    expect(Math.min(...told)).toBeGreaterThan(0);
    const mean = (values: ArrayLike<number>): number => Array.from(values).reduce((a, b) => a + b) / values.length;
    expect(Math.abs(mean(told) / mean(train.examples.y) - 1)).toBeLessThan(0.02);
    await expect(learnt('boosting', { ...train, examples: { ...train.examples, y: train.examples.y.map((value) => value - 3) } }, { loss: 'poisson' })).rejects.toMatchObject({ code: 'poissonNegative' });
    await expect(learnt('boosting', oddRows('classification', 2, 50, 1), { loss: 'poisson' })).rejects.toMatchObject({ code: 'lossNotForClasses' });
  });

  it('hold outliers off by Huber and by the absolute error', async () => {
    const y = train.examples.y.map((value, i) => (i % 50 === 0 ? value + 500 : value));
    const errors = await Promise.all(
      ['squared', 'huber', 'absolute'].map(async (loss) => {
        const model = modelOf(await learnt('boosting', { ...train, examples: { ...train.examples, y } }, { rounds: 200, learning_rate: 0.3, max_depth: 3, loss, huber_slope: 0.01 }));
        const told = answers(model, 0, train.examples);
        return told.reduce((sum, value, i) => sum + Math.abs(value - train.examples.y[i]!), 0) / 3000;
      }),
    );
    expect(errors[1]!).toBeLessThan(errors[0]! / 3);
    expect(errors[2]!).toBeLessThan(errors[0]! / 3);
  });
});

describe('constraints', () => {
  it('of direction hold everywhere, for every loss and policy', async () => {
    const random = seeded(12);
    for (const [kind, classes, given] of [
      ['classification', 2, {}],
      ['classification', 2, { grow_policy: 'lossguide', max_leaves: 15, max_depth: 0, l2: 0 }],
      ['regression', 0, {}],
      ['regression', 0, { loss: 'poisson' }],
      ['regression', 0, { loss: 'quantile', quantile_alpha: 0.7 }],
      ['regression', 0, { loss: 'huber' }],
    ] as const) {
      const train = oddRows(kind, classes, 1500, 13, 15);
      const model = modelOf(await learnt('boosting', train, { rounds: 30, monotone: 'f0:+,column 1:-,f3:+', ...given }));
      for (let trial = 0; trial < 60; trial++) {
        const row = train.examples.x.slice(6 * trial, 6 * trial + 6);
        for (const [feature, direction, width] of [
          [0, 1, 4],
          [1, -1, 4000],
          [3, 1, 4],
        ] as const) {
          const grid = Float64Array.from({ length: 120 }, () => (random.next() - 0.5) * 2 * width).sort();
          const x = Float32Array.from(Array.from(grid).flatMap((value) => Array.from(row, (old, f) => (f === feature ? value : old))));
          const told = treesForm.forward(model, classes, x, 120);
          for (let i = 1; i < 120; i++) {
            const [before, after] = classes === 2 ? [told[2 * i - 1]!, told[2 * i + 1]!] : [told[i - 1]!, told[i]!];
            expect(direction * (after - before)).toBeGreaterThanOrEqual(-1e-12);
          }
        }
      }
      expect(paths(model).some((path) => path.has(0))).toBe(true);
    }
  });

  it('of direction are worth having: without them some step goes the other way', async () => {
    const train = oddRows('regression', 0, 600, 14);
    const model = modelOf(await learnt('boosting', train, { rounds: 30 }));
    const x = Float32Array.from(Array.from({ length: 200 }, (_, i) => [i / 50 - 2, 0, 3, 0, 1, 0]).flat());
    const told = treesForm.forward(model, 0, x, 200);
    expect(told.some((value, i) => i > 0 && value < told[i - 1]! - 1e-6)).toBe(true);
  });

  it('of interaction hold on every path', async () => {
    const model = modelOf(await learnt('boosting', oddRows('regression', 0, 1500, 15, 10), { rounds: 30, interactions: 'f0,f1;column 2,f3,f5' }));
    const groups = [new Set([0, 1]), new Set([2, 3, 5])];
    const all = paths(model);
    expect(all.every((path) => groups.some((group) => [...path].every((feature) => group.has(feature))))).toBe(true);
    expect(groups.every((group) => all.some((path) => path.size > 1 && [...path].every((feature) => group.has(feature))))).toBe(true);
  });

  it('that cannot be read, or fit nothing, are refused', async () => {
    const train = oddRows('classification', 3, 60, 1, 5);
    expect(() => planFor('boosting', { monotone: 'f0' })).toThrow(/monotoneUnreadable/);
    expect(() => planFor('boosting', { interactions: 'a,;b' })).toThrow(/interactionsUnreadable/);
    await expect(learnt('boosting', train, { monotone: 'nobody:+' })).rejects.toMatchObject({ code: 'constraintUnknown' });
    await expect(learnt('boosting', train, { monotone: 'f5:+' })).rejects.toMatchObject({ code: 'monotoneOfCategory' });
    await expect(learnt('boosting', train, { monotone: 'f0:+' })).rejects.toMatchObject({ code: 'monotoneManyClasses' });
  });
});

describe('odd tables', () => {
  const ways = ['boosting', 'forest', 'tree'] as const;
  const tableOf = (rows: number, width: number, value: (i: number, f: number) => number, y: (i: number) => number, kind: Rows['kind'], classes: number, categories = 0): Rows => ({
    kind,
    classes,
    meanings: Array.from({ length: width }, (_, f) => ({ name: `f${f}`, column: `f${f}`, categories: f === 0 ? categories : 0 })),
    examples: { rows, features: width, x: Float32Array.from({ length: rows * width }, (_, at) => value(Math.floor(at / width), at % width)), y: Float64Array.from({ length: rows }, (_, i) => y(i)) },
  });

  it('of missing values alone, constants alone, or no features at all give the same answer for every row', async () => {
    for (const learner of ways) {
      for (const table of [tableOf(40, 2, () => NaN, (i) => i % 2, 'classification', 2), tableOf(40, 2, () => 7, (i) => i % 3, 'classification', 3), tableOf(40, 0, () => 0, (i) => i, 'regression', 0)]) {
        const told = answers(modelOf(await learnt(learner, table, { rounds: 5, trees: 3, bootstrap: false })), table.classes, table.examples);
        const width = Math.max(1, table.classes);
        for (let i = 0; i < told.length; i++) expect(told[i]).toBe(told[i % width]);
        expect(told.every(Number.isFinite)).toBe(true);
      }
    }
  });

  it('learn from the gap alone', async () => {
    const table = tableOf(200, 1, (i) => (i % 2 === 0 ? NaN : 5), (i) => i % 2, 'classification', 2);
    for (const learner of ways) {
      const p = answers(modelOf(await learnt(learner, table, { rounds: 60, trees: 3 })), 2, table.examples);
      for (let i = 0; i < 200; i++) expect(p[2 * i + (i % 2)]!).toBeGreaterThan(0.9);
    }
  });

  it('of one class give that class, with and without others that never occur', async () => {
    for (const learner of ways) {
      for (const classes of [1, 2, 3]) {
        const table = tableOf(30, 2, (i, f) => i * (f + 1), () => classes - 1, 'classification', classes);
        const p = answers(modelOf(await learnt(learner, table, { rounds: 5, trees: 3 })), classes, table.examples);
        for (let i = 0; i < 30; i++) expect(p[i * classes + classes - 1]!).toBeGreaterThan(0.99);
      }
    }
  });

  it('with a million categories learn from the frequent ones, and send the rare, the unknown and the missing the same way', async () => {
    const table = tableOf(5000, 2, (i, f) => (f === 1 ? i % 7 : i % 2 === 0 ? 999_990 + (i % 10) : i * 190), (i) => (i % 2 === 0 && i % 10 > 4 ? 3 : 1), 'regression', 0, 1_000_000);
    for (const learner of ways) {
      const model = modelOf(await learnt(learner, table, { rounds: 60, trees: 3, max_features: 'all' }));
      const rows = [999_996, 999_992, 17, 500_000, NaN, -5, 2_000_000];
      const told = answers(model, 0, { rows: rows.length, features: 2, x: Float32Array.from(rows.flatMap((code) => [code, 3])), y: new Float64Array(rows.length) });
      expect(told[0]!).toBeGreaterThan(2.5);
      for (const rare of [2, 3, 4, 5, 6]) expect(told[rare]).toBe(told[4]);
      expect(told[1]!).toBeLessThan(1.5);
    }
  });

  it('with targets that no number can hold end as diverged', async () => {
    const table = tableOf(60, 1, (i) => i, (i) => (i % 2 === 0 ? 1.7e308 : -1.7e308), 'regression', 0);
    for (const learner of ways) {
      const outcome = await learnerNamed(learner).train({ kind: 'regression', classes: 0, train: table.examples, validation: noRows(1), plan: planFor(learner, {}), meanings: table.meanings }, quiet);
      expect(outcome).toEqual({ kind: 'diverged', epoch: 1 });
    }
  });

  it('with one enormous target still part the others', async () => {
    const table = tableOf(2000, 2, (i, f) => (f === 0 ? i % 10 : i), (i) => (i === 7 ? 1e7 : i % 10 > 4 ? 10 : 0), 'regression', 0);
    const told = answers(modelOf(await learnt('boosting', table, { rounds: 200, learning_rate: 0.3, l2: 0, min_child_weight: 0, max_depth: 4 })), 0, table.examples);
    expect(Math.abs(told[1005]! - told[1009]!)).toBeLessThan(Math.abs(told[1009]! - told[1003]!));
  });
});
