import { describe, expect, it } from 'vitest';
import { cellOf, cellsOf, type AdditiveModel } from '../../../../../src/domain/modelling/forms/additive';
import { ofForm } from '../../../../../src/domain/modelling/forms/learntModel';
import type { Engine, Examples, FeatureMeaning, TrainingHooks, TrainingInput } from '../../../../../src/domain/modelling/learner';
import { ebmDescription } from '../../../../../src/domain/modelling/learners/ebm';
import { storedForm } from '../../../../../src/domain/modelling/modelManifest';
import { completePlan } from '../../../../../src/domain/modelling/plan';
import { seeded } from '../../../../../src/domain/random';
import { ebm } from '../../../../../workers/training/learners/ebm';

const quiet: TrainingHooks = { onEpoch: () => undefined, stopped: () => false, breathe: async () => undefined, checkpointDue: () => false, checkpoint: async () => undefined };

const features = 5;
const none: Examples = { rows: 0, features, x: new Float32Array(0), y: new Float64Array(0) };
const meanings: readonly FeatureMeaning[] = ['wave', 'rise', 'town', 'gap', 'noise'].map((name, i) => ({ name, column: name, categories: i === 2 ? 12 : 0 }));

/** A wave, a rise, a town out of twelve, a number that is often missing, noise; the wave and the rise act together. */
function planted(rows: number, classes: number, seed = 1): Examples {
  const random = seeded(seed);
  const x = new Float32Array(rows * features);
  const y = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    const values = [random.normal(), random.normal(), random.below(12), random.below(4) === 0 ? NaN : random.normal(), random.normal()];
    x.set(values, row * features);
    const [wave, rise, town, gap] = values as [number, number, number, number];
    const signal = Math.sin(2 * wave) + rise + ((town * 7) % 12) / 6 - 1 + (Number.isNaN(gap) ? 1 : 0) + (wave > 0 === rise > 0 ? 0.8 : -0.8) + 0.3 * random.normal();
    y[row] = classes === 0 ? 100 + 20 * signal : Math.min(classes - 1, Math.max(0, Math.floor(signal / 2 + classes / 2)));
  }
  return { rows, features, x, y };
}

function inputOf(train: Examples, classes: number, given: Record<string, number | string> = {}, engine: Engine = 'native'): TrainingInput {
  const own = { bags: 3, rounds: 30, learning_rate: 0.1, pairs: 2, ...given };
  return { kind: classes === 0 ? 'regression' : 'classification', classes, train, validation: none, meanings, plan: completePlan('ebm', own, 7, engine, ebmDescription.hyperparameters, ebmDescription.check) };
}

async function modelOf(input: TrainingInput): Promise<AdditiveModel> {
  const outcome = await ebm.train(input, quiet);
  if (outcome.kind !== 'trained') throw new Error(outcome.kind);
  return ofForm(outcome.model, 'additive');
}

const answersOf = (model: AdditiveModel, classes: number, { x, rows }: Pick<Examples, 'x' | 'rows'>): Promise<Float64Array> => ebm.predict(model, classes, x, rows, 'native');
const largest = (a: ArrayLike<number>, b: ArrayLike<number>): number => Array.from(a).reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), a.length === b.length ? 0 : Infinity);

const tasks = [
  ['two classes', 2],
  ['three classes', 3],
  ['values', 0],
] as const;

describe('the explainable boosting machine', () => {
  for (const [task, classes] of tasks) {
    it(`learns the same bits on the kernel and on its twin: ${task}`, async () => {
      const train = planted(400, classes);
      const native = await ebm.train(inputOf(train, classes, { rounds: 20 }), quiet);
      const plain = await ebm.train(inputOf(train, classes, { rounds: 20 }, 'plain'), quiet);
      if (native.kind !== 'trained' || plain.kind !== 'trained') throw new Error(native.kind);
      expect([native.backend, plain.backend]).toEqual(['native', 'plain']);
      expect(storedForm(native.model)).toEqual(storedForm(plain.model));
      expect(native.curve).toEqual(plain.curve);
      expect(ofForm(native.model, 'additive').terms.some(({ axes }) => axes.length === 2)).toBe(true);
    });

    it(`adds up intercept and terms to the logit or value, and says how far the bags are apart: ${task}`, async () => {
      const train = planted(500, classes);
      const model = await modelOf(inputOf(train, classes));
      const answers = await answersOf(model, classes, train);
      const { outputs, terms, intercept } = model;
      for (let row = 0; row < 100; row++) {
        const sums = Array.from(intercept);
        for (const { axes, scores } of terms) {
          const cell = axes.reduce((at, axis) => at * cellsOf(axis) + cellOf(axis, train.x[row * features + axis.feature]!), 0);
          for (let k = 0; k < outputs; k++) sums[k]! += scores[cell * outputs + k]!;
        }
        const own = answers.slice(row * Math.max(classes, 1), (row + 1) * Math.max(classes, 1));
        if (classes === 0) expect(own[0]).toBeCloseTo(sums[0]!, 10);
        if (classes === 2) expect(Math.log(own[1]! / own[0]!)).toBeCloseTo(sums[0]!, 8);
        if (classes === 3) expect(Math.log(own[2]! / own[0]!)).toBeCloseTo(sums[2]! - sums[0]!, 8);
        if (classes > 0) expect(own.reduce((a, b) => a + b)).toBeCloseTo(1, 12);
      }
      expect(model.bags).toBe(3);
      for (const { deviations } of terms) expect(deviations.some((deviation) => deviation > 0)).toBe(true);
    });

    it(`has terms whose mean over the training rows is 0, and pairs without main effects: ${task}`, async () => {
      const train = planted(500, classes);
      const { terms, outputs } = await modelOf(inputOf(train, classes));
      const size = classes === 0 ? 20 : 1;
      let pairs = 0;
      for (const { axes, scores, counts } of terms) {
        const [first, second] = axes.length === 2 ? [cellsOf(axes[0]!), cellsOf(axes[1]!)] : [1, counts.length];
        if (axes.length === 2) pairs++;
        expect(counts.reduce((a, b) => a + b)).toBe(500);
        for (let k = 0; k < outputs; k++) {
          const mean = (from: number, step: number, length: number): number => {
            let sum = 0;
            for (let i = 0; i < length; i++) sum += counts[from + i * step]! * scores[(from + i * step) * outputs + k]!;
            return sum / 500;
          };
          // Scores are float32.
          for (let a = 0; a < first; a++) expect(Math.abs(mean(a * second, 1, second))).toBeLessThan(2e-7 * size);
          for (let b = 0; axes.length === 2 && b < second; b++) expect(Math.abs(mean(b, second, first))).toBeLessThan(2e-7 * size);
        }
      }
      expect(pairs).toBeGreaterThan(0);
    });
  }

  it('finds the planted pair, and lets no row without a value pass for another', async () => {
    const model = await modelOf(inputOf(planted(2000, 0), 0, { pairs: 1 }));
    expect(model.terms.at(-1)!.axes.map(({ feature }) => feature)).toEqual([0, 1]);
    const gap = model.terms.find(({ axes }) => axes.length === 1 && axes[0]!.feature === 3)!;
    // 20 of a signal of 1, of which a fourth of the rows has it: 15 above the mean.
    expect(gap.scores[0]).toBeGreaterThan(12);
    expect(Math.max(...gap.scores.slice(1))).toBeLessThan(gap.scores[0]! / 2);
  });

  it('says nothing of what was never missing in training, and of unknown categories', async () => {
    const model = await modelOf(inputOf(planted(600, 2), 2));
    for (const { axes, scores } of model.terms) if (axes.length === 1 && axes[0]!.feature !== 3) expect(scores[0]).toBe(0);
    const row = Float32Array.of(0.3, 0.2, 5, 0.1, 0);
    const at = (feature: number, value: number): Promise<Float64Array> => answersOf(model, 2, { x: row.map((old, i) => (i === feature ? value : old)), rows: 1 });
    expect(await at(2, 12)).toEqual(await at(2, NaN));
    expect(await at(2, 4)).not.toEqual(await at(2, 5));
  });

  it('keeps its direction everywhere under a constraint', async () => {
    for (const [monotone, sign] of [
      ['rise:+', 1],
      ['rise:-', -1],
    ] as const) {
      for (const classes of [2, 0]) {
        const model = await modelOf(inputOf(planted(600, classes), classes, { monotone, pairs: 3 }));
        const random = seeded(8);
        for (let trial = 0; trial < 20; trial++) {
          const row = [random.normal(), 0, random.below(12), trial % 3 === 0 ? NaN : random.normal(), random.normal()];
          const x = Float32Array.from({ length: 200 * features }, (_, i) => (i % features === 1 ? -4 + (Math.floor(i / features) * 8) / 199 : row[i % features]!));
          const answers = await answersOf(model, classes, { x, rows: 200 });
          const path = classes === 0 ? answers : answers.filter((_, i) => i % 2 === 1);
          for (let i = 1; i < path.length; i++) expect(sign * (path[i]! - path[i - 1]!)).toBeGreaterThanOrEqual(0);
        }
        expect(model.terms.some(({ axes }) => axes.length === 2 && axes.some(({ feature }) => feature === 1))).toBe(false);
      }
    }
  });

  it('takes a row twice for a row of weight 2 when it has one bag', async () => {
    for (const [, classes] of tasks) {
      const train = planted(300, classes);
      const weights = Float64Array.from({ length: 300 }, (_, row) => row % 3);
      const twice = [...Array(300).keys()].flatMap((row) => Array<number>(row % 3).fill(row));
      const doubled = { rows: twice.length, features, x: Float32Array.from(twice.flatMap((row) => [...train.x.subarray(row * features, (row + 1) * features)])), y: Float64Array.from(twice, (row) => train.y[row]!) };
      const weighted = await answersOf(await modelOf(inputOf({ ...train, weights }, classes, { bags: 1 })), classes, train);
      const repeated = await answersOf(await modelOf(inputOf(doubled, classes, { bags: 1 })), classes, train);
      expect(largest(weighted, repeated)).toBeLessThan(classes === 0 ? 1e-3 : 1e-5);
    }
  });

  it('learns the same from the same rows in another order when it has one bag, but for the last digits of sums', async () => {
    for (const [, classes] of tasks) {
      const train = planted(300, classes);
      const order = seeded(3).shuffle([...Array(300).keys()]);
      const other = { ...train, x: Float32Array.from(order.flatMap((row) => [...train.x.subarray(row * features, (row + 1) * features)])), y: Float64Array.from(order, (row) => train.y[row]!) };
      const given = await answersOf(await modelOf(inputOf(train, classes, { bags: 1 })), classes, train);
      const shuffled = await answersOf(await modelOf(inputOf(other, classes, { bags: 1 })), classes, train);
      expect(largest(given, shuffled)).toBeLessThan(classes === 0 ? 1e-3 : 1e-5);
    }
  });

  it('does not mind how a feature is scaled', async () => {
    const train = planted(300, 2);
    const scaled = { ...train, x: train.x.map((value, i) => (i % features === 0 ? value * 1024 : value)) };
    const given = await answersOf(await modelOf(inputOf(train, 2)), 2, train);
    expect(await answersOf(await modelOf(inputOf(scaled, 2)), 2, scaled)).toEqual(given);
  });

  it('stops by the validation rows when it has one bag, and by rows of its own when it has several', async () => {
    const train = planted(400, 2);
    const validation = planted(200, 2, 5);
    const curveOf = async (bags: number): Promise<number> => {
      const outcome = await ebm.train({ ...inputOf(train, 2, { bags, rounds: 300, pairs: 0, patience: 3 }), validation }, quiet);
      return outcome.kind === 'trained' ? outcome.curve.length : NaN;
    };
    expect(await curveOf(1)).toBeLessThan(60);
    expect(await curveOf(3)).toBeLessThan(60);
    const endless = await ebm.train(inputOf(train, 2, { bags: 1, rounds: 70, pairs: 0 }), quiet);
    expect(endless).toMatchObject({ kind: 'trained', curve: { length: 70 } });
  });
});

describe('the endings of the explainable boosting machine', () => {
  it('are a constant answer where all rows are alike, or of one class', async () => {
    const train = planted(60, 2);
    const alike = await modelOf(inputOf({ ...train, x: new Float32Array(60 * features) }, 2));
    expect(alike.terms).toEqual([]);
    const single = await modelOf(inputOf({ ...train, y: new Float64Array(60).fill(1) }, 2));
    const answers = await answersOf(single, 2, train);
    for (let row = 0; row < 60; row++) expect(answers[2 * row + 1]).toBeGreaterThan(0.999);
    expect((await modelOf(inputOf({ ...planted(60, 3), y: new Float64Array(60).fill(2) }, 3))).intercept[2]).toBeGreaterThan(-1e-3);
  });

  it('are known for columns of nothing but gaps, and for a million categories', async () => {
    const train = planted(200, 0);
    const gaps = { ...train, x: train.x.map((value, i) => (i % features === 4 ? NaN : value)) };
    expect((await answersOf(await modelOf(inputOf(gaps, 0)), 0, gaps)).every(Number.isFinite)).toBe(true);
    const many = { ...train, x: train.x.map((value, i) => (i % features === 2 ? Math.floor(i / features) * 4999 : value)) };
    const input = { ...inputOf(many, 0), meanings: meanings.map((one) => (one.categories > 0 ? { ...one, categories: 1_000_000 } : one)) };
    expect((await answersOf(await modelOf(input), 0, many)).every(Number.isFinite)).toBe(true);
  });

  it('name the round in which the loss was no number any more', async () => {
    const train = planted(100, 0);
    // The squares of these are beyond float64, so that they cannot be scaled.
    const outcome = await ebm.train(inputOf({ ...train, y: train.y.map((value) => value * 1e200) }, 0), quiet);
    expect(outcome).toEqual({ kind: 'diverged', epoch: 1 });
  });

  it('are refusals for constraints that cannot be held, with what is wrong', async () => {
    const refusal = async (monotone: string, classes: number): Promise<unknown> => {
      try {
        return await ebm.train(inputOf(planted(50, classes), classes, { monotone }), quiet);
      } catch (error) {
        return error;
      }
    };
    expect(await refusal('rise:+', 3)).toMatchObject({ code: 'monotoneManyClasses', details: { classes: 3 } });
    expect(await refusal('town:+', 2)).toMatchObject({ code: 'monotoneOfCategory', details: { name: 'town' } });
    expect(await refusal('nobody:+', 2)).toMatchObject({ code: 'constraintUnknown', details: { name: 'nobody' } });
    expect(await refusal('rise', 2)).toMatchObject({ code: 'monotoneUnreadable' });
  });

  it('are a refusal when it is stopped before a round has ended, between bags as well', async () => {
    const input = inputOf(planted(100, 2), 2);
    await expect(ebm.train(input, { ...quiet, stopped: () => true })).rejects.toMatchObject({ code: 'stoppedTooEarly' });
    let asked = 0;
    await expect(ebm.train(input, { ...quiet, stopped: () => asked++ > 0 })).rejects.toMatchObject({ code: 'stoppedTooEarly' });
  });

  it('are the plan that ends there when it is stopped in the first round of the pairs', async () => {
    const train = planted(300, 2);
    const whole = await ebm.train(inputOf(train, 2, { rounds: 100, patience: 2 }), quiet);
    if (whole.kind !== 'trained') throw new Error(whole.kind);
    const pairless = await ebm.train(inputOf(train, 2, { rounds: 100, patience: 2, pairs: 0 }), quiet);
    if (pairless.kind !== 'trained') throw new Error(pairless.kind);
    const mainRounds = pairless.curve.length;
    expect(whole.curve.length).toBeGreaterThan(mainRounds);
    let told = 0;
    let after = 0;
    const stopped = await ebm.train(inputOf(train, 2, { rounds: 100, patience: 2 }), { ...quiet, onEpoch: () => void told++, stopped: () => told >= mainRounds && after++ > 0 });
    if (stopped.kind !== 'stopped') throw new Error(stopped.kind);
    expect(stopped.curve.length).toBe(mainRounds);
    const planned = await modelOf(inputOf(train, 2, { rounds: mainRounds, patience: 2 }));
    expect(storedForm(stopped.model)).toEqual(storedForm(planned));
    expect(stopped.model.facts).toEqual(planned.facts);
  });
});
