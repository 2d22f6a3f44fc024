import { describe, expect, it } from 'vitest';
import type { LayersModel } from '../../../../../src/domain/modelling/forms/layers';
import { ofForm } from '../../../../../src/domain/modelling/forms/learntModel';
import { forward } from '../../../../../src/domain/modelling/forward';
import type { Engine, Examples, FeatureMeaning, TrainingHooks, TrainingInput, TrainingOutcome } from '../../../../../src/domain/modelling/learner';
import { denseDescription } from '../../../../../src/domain/modelling/learners/dense';
import { storedForm } from '../../../../../src/domain/modelling/modelManifest';
import { completePlan } from '../../../../../src/domain/modelling/plan';
import { seeded } from '../../../../../src/domain/random';
import { kernelNet } from '../../../../../workers/training/dense/kernelNet';
import { plainNet } from '../../../../../workers/training/dense/plainNet';
import { trainDense, type MakeMachine } from '../../../../../workers/training/dense/training';
import { dense } from '../../../../../workers/training/learners/dense';
import { stoppedPlan } from '../../../../../workers/training/ops/train';

type Settings = Record<string, number | string | boolean>;

const quiet: TrainingHooks = { onEpoch: () => undefined, stopped: () => false, breathe: async () => undefined, checkpointDue: () => false, checkpoint: async () => undefined };

const features = 4;
const categories = 5;
const meanings: FeatureMeaning[] = [0, categories, 0, 0].map((n, k) => ({ name: `f${k}`, column: `c${k}`, categories: n }));
/** What each category adds; the last is for what is missing. */
const effects = [-2, 3, 0, 1.5, -1, 6];

/** A value that hangs on two numbers and a category, which is missing in every tenth row. */
function planted(rows: number, seed: number, kind: TrainingInput['kind'] = 'regression'): Examples {
  const random = seeded(seed);
  const x = new Float32Array(rows * features);
  const y = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    const code = i % 10 === 3 ? categories : random.below(categories);
    const numbers = [random.normal(), random.normal(), random.normal()];
    x.set([numbers[0]!, code === categories ? NaN : code, numbers[1]!, numbers[2]!], i * features);
    const value = numbers[0]! - 2 * numbers[1]! * numbers[2]! + effects[code]! + 0.1 * random.normal();
    y[i] = kind === 'regression' ? 20 + 3 * value : value > 0 ? 1 : 0;
  }
  return { rows, features, x, y };
}

const nothing: Examples = { rows: 0, features, x: new Float32Array(0), y: new Float64Array(0) };

const quick: Settings = { hidden: '16,16', epochs: 12, batch_size: 32, learning_rate: 0.01, patience: 0 };

function inputOf(settings: Settings = {}, given: Partial<TrainingInput> = {}, engine: Engine = 'native'): TrainingInput {
  const kind = given.kind ?? 'regression';
  const plan = completePlan('dense', { ...quick, ...settings }, 7, engine, denseDescription.hyperparameters, denseDescription.check);
  return { kind, classes: kind === 'regression' ? 0 : 2, train: planted(400, 1, kind), validation: planted(150, 2, kind), meanings, plan, ...given };
}

function ended(outcome: TrainingOutcome): Extract<TrainingOutcome, { kind: 'trained' | 'stopped' }> & { model: LayersModel } {
  if (outcome.kind === 'diverged') throw new Error(`diverged in epoch ${outcome.epoch}`);
  return { ...outcome, model: ofForm(outcome.model, 'layers') };
}
const trained = async (input: TrainingInput, hooks = quiet): Promise<ReturnType<typeof ended>> => ended(await dense.train(input, hooks));
const bits = ({ model }: { readonly model: LayersModel }): string => {
  const { bytes, ...rest } = storedForm(model);
  return JSON.stringify(rest) + Buffer.from(bytes).toString('hex');
};
/** Calls of one chunk each, so that every batch takes several. */
const slow = (make: MakeMachine): MakeMachine => async (...all) => Object.defineProperty(await make(...all), 'pace', { value: 1 });

const demanding: Settings = { activation: 'gelu', norm: 'layer', residual: true, dropout: 0.2, schedule: 'one_cycle', schedule_epochs: 8, warmup_epochs: 0.5, clip_norm: 1, weight_decay: 0.01, batch_size: 150, epochs: 5 };

describe('training a dense network', () => {
  it('learns categories, missing ones too, from their codes, to the same answers on the kernel and its twin', async () => {
    const [native, plain] = [await trained(inputOf({ epochs: 30 })), await trained(inputOf({ epochs: 30 }, {}, 'plain'))];
    expect([native.backend, plain.backend]).toEqual(['native', 'plain']);
    native.curve.forEach(({ trainLoss }, i) => expect(Math.abs(trainLoss - plain.curve[i]!.trainLoss)).toBeLessThan(1e-3));
    expect(native.curve.at(-1)!.validationLoss).toBeLessThan(0.05);
    expect(native.model.embeddings).toMatchObject([{ feature: 1, categories, width: 4 }]);
    // Each category in turn, missing last: the answers differ as their effects do.
    const rows = categories + 1;
    const x = Float32Array.from({ length: rows * features }, (_, i) => (i % features === 1 ? (i === 21 ? NaN : Math.floor(i / features)) : 0));
    for (const [{ model }, engine] of [[native, 'native'], [plain, 'plain'], [native, 'plain']] as const) {
      const answers = await dense.predict(model, 0, x, rows, engine);
      answers.forEach((answer, i) => expect(Math.abs(answer - (20 + 3 * effects[i]!))).toBeLessThan(2.5));
      const reference = forward(model, 0, x, rows);
      answers.forEach((answer, i) => expect(answer).toBeCloseTo(reference[i]!, 4));
    }
  });

  it('does not move the row of a table that training never met', async () => {
    const train = planted(100, 1);
    for (let i = 0; i < 100; i++) if (Number.isNaN(train.x[i * features + 1]!)) train.x[i * features + 1] = 0;
    const { model } = await trained(inputOf({ optimizer: 'adam' }, { train }));
    const { table, width } = model.embeddings![0]!;
    expect(Array.from(table.slice(categories * width))).toEqual([0, 0, 0, 0]);
    expect(table.slice(0, width).every((value) => value !== 0)).toBe(true);
  });

  for (const [name, make] of [['the kernel', kernelNet], ['the twin', plainNet]] as const) {
    it(`gives the same bytes from every checkpoint, and whatever the calls a batch comes in, with all that can be asked for: ${name}`, async () => {
      const input = inputOf(demanding, { train: { ...planted(400, 1), weights: Float64Array.from({ length: 400 }, (_, i) => i % 4) } });
      const states: Uint8Array[] = [];
      const whole = ended(await trainDense(input, quiet, make, 'b'));
      const broken = ended(await trainDense(input, { ...quiet, checkpointDue: () => true, checkpoint: async (state) => void states.push(state.slice()) }, slow(make), 'b'));
      expect(bits(broken)).toBe(bits(whole));
      expect(broken.curve).toEqual(whole.curve);
      // Three batches an epoch: two inside it, one at its end.
      expect(states.length).toBe(15);
      for (const checkpoint of states) {
        const resumed = ended(await trainDense({ ...input, checkpoint }, quiet, make, 'b'));
        expect(bits(resumed)).toBe(bits(whole));
        expect([resumed.curve, resumed.model.facts]).toEqual([whole.curve, whole.model.facts]);
      }
    });
  }

  it('has had, when it is stopped, the rates of a training that was to end there', async () => {
    for (const schedule of ['cosine', 'step', 'one_cycle']) {
      const input = inputOf({ schedule, schedule_epochs: 6 });
      let told = 0;
      const stopped = await trained(input, { ...quiet, onEpoch: () => void told++, stopped: () => told >= 4 });
      expect(stopped.kind).toBe('stopped');
      const whole = await trained({ ...input, plan: stoppedPlan(input.plan, stopped.curve) });
      expect(bits(stopped)).toBe(bits(whole));
      expect(bits(await trained(inputOf({ schedule: 'constant', epochs: 4 })))).not.toBe(bits(whole));
    }
  });

  it('keeps the best epoch, and ends when the validation rows have waited long enough', async () => {
    const input = inputOf({ patience: 3, epochs: 200, learning_rate: 0.03 }, { train: planted(40, 1) });
    const { curve, model } = await trained(input);
    const best = curve.reduce((least, point) => (point.validationLoss < least.validationLoss ? point : least));
    expect(curve.length).toBeLessThan(200);
    expect(curve.length).toBe(best.epoch + 3);
    expect(model.facts).toMatchObject({ epochs: curve.length, keptEpoch: best.epoch, steps: 2 * curve.length });
    const { x, y, rows } = input.validation;
    const answers = forward(model, 0, x, rows);
    const deviation = Math.sqrt(input.train.y.reduce((sum, value) => sum + (value - input.train.y.reduce((a, b) => a + b) / 40) ** 2, 0) / 40);
    const loss = answers.reduce((sum, answer, i) => sum + ((answer - y[i]!) / deviation) ** 2 / 2, 0) / rows;
    expect(loss).toBeCloseTo(best.validationLoss, 5);
  });

  it('folds a batch norm into weights and biases: the model answers what the network did', async () => {
    const input = inputOf({ norm: 'batch', residual: true, epochs: 6 }, { kind: 'classification', classes: 2 });
    const { model, curve } = await trained(input);
    expect(model.layers.every((layer) => layer.norm === undefined)).toBe(true);
    expect(model.layers[1]!.residual).toBe(true);
    const { x, y, rows } = input.validation;
    const answers = forward(model, 2, x, rows);
    const loss = Array.from(y).reduce((sum, label, i) => sum - Math.log(answers[2 * i + label]!) / rows, 0);
    expect(loss).toBeCloseTo(Math.min(...curve.map(({ validationLoss }) => validationLoss)), 5);
    expect(loss).toBeLessThan(0.35);
  });

  it('takes a row of weight 2 as the row twice over, under a batch norm too', async () => {
    for (const norm of ['none', 'layer', 'batch']) {
      const once = planted(120, 1);
      const weights = Float64Array.from({ length: 120 }, (_, i) => i % 3);
      const kept = Array.from({ length: 120 }, (_, i) => i).flatMap((i) => new Array<number>(i % 3).fill(i));
      const twice: Examples = { rows: kept.length, features, x: Float32Array.from(kept.flatMap((i) => Array.from(once.x.subarray(i * features, (i + 1) * features)))), y: Float64Array.from(kept, (i) => once.y[i]!) };
      // Plain descent: Adam would make much of rounding.
      const settings: Settings = { norm, batch_size: 8192, optimizer: 'sgd', learning_rate: 0.05, epochs: 20, activation: 'tanh' };
      const weighted = await trained(inputOf(settings, { train: { ...once, weights } }));
      const repeated = await trained(inputOf(settings, { train: twice }));
      weighted.curve.forEach(({ trainLoss, validationLoss }, i) => {
        expect(Math.abs(trainLoss - repeated.curve[i]!.trainLoss)).toBeLessThan(2e-5);
        expect(Math.abs(validationLoss - repeated.curve[i]!.validationLoss)).toBeLessThan(2e-5);
      });
      const plain = await trained(inputOf(settings, { train: once }));
      expect(Math.abs(plain.curve.at(-1)!.trainLoss - repeated.curve.at(-1)!.trainLoss)).toBeGreaterThan(1e-3);
    }
  });

  it('puts as large a share of rows below a quantile as it asks for, and lets Huber’s loss look away from outliers', async () => {
    const share = async (quantile: number): Promise<number> => {
      const input = inputOf({ loss: 'quantile', quantile, hidden: '8', epochs: 60, schedule: 'cosine', schedule_epochs: 60 }, { validation: nothing });
      const { model } = await trained(input);
      const answers = forward(model, 0, input.train.x, 400);
      return answers.reduce((sum, answer, i) => sum + (input.train.y[i]! < answer ? 1 : 0), 0) / 400;
    };
    expect(Math.abs((await share(0.9)) - 0.9)).toBeLessThan(0.06);
    expect(Math.abs((await share(0.2)) - 0.2)).toBeLessThan(0.06);
    const odd = planted(400, 1);
    for (let i = 0; i < 400; i += 10) odd.y[i]! += 400;
    const clean = planted(150, 2);
    const off = async (settings: Settings): Promise<number> => {
      const { model } = await trained(inputOf({ ...settings, epochs: 40 }, { train: odd, validation: nothing }));
      return forward(model, 0, clean.x, 150).reduce((sum, answer, i) => sum + Math.abs(answer - clean.y[i]!), 0) / 150;
    };
    expect(await off({ loss: 'huber', huber_delta: 0.05 })).toBeLessThan(0.5 * (await off({ loss: 'squared' })));
  });

  it('gives way to messages, and ends with the epoch in which a loss stops being a number', async () => {
    let breaths = 0;
    await trained(inputOf({ hidden: '256,256', epochs: 12 }, { train: planted(2000, 1) }), { ...quiet, breathe: async () => void breaths++ });
    expect(breaths).toBeGreaterThan(1);
    for (const engine of ['native', 'plain'] as const) {
      const wild = inputOf({ optimizer: 'sgd', learning_rate: 1, momentum: 0.99, epochs: 50 }, {}, engine);
      const outcome = await dense.train({ ...wild, train: { ...wild.train, x: wild.train.x.map((value, i) => (i % features === 1 ? value : value * 1000)) } }, quiet);
      expect(outcome.kind).toBe('diverged');
      expect(outcome).toHaveProperty('epoch', 1);
    }
  });

  it('is certain of a single class', async () => {
    const train = { ...planted(60, 1), y: new Float64Array(60) };
    for (const engine of ['native', 'plain'] as const) {
      const { model, curve } = await trained(inputOf({ epochs: 2 }, { kind: 'classification', classes: 1, train, validation: train }, engine));
      expect(curve.map(({ trainLoss }) => trainLoss)).toEqual([0, 0]);
      expect(Array.from(await dense.predict(model, 1, train.x, 60, engine))).toEqual(new Array(60).fill(1));
    }
  });

  it('refuses a number that is missing beside categories, and what an engine of tfjs does not have', async () => {
    const train = planted(400, 1);
    train.x[7 * features + 2] = NaN;
    await expect(dense.train(inputOf({}, { train }), quiet)).rejects.toThrow('feature 2 of row 7 is NaN');
    await expect(dense.train(inputOf({}, {}, 'cpu'), quiet)).rejects.toMatchObject({ code: 'engineLacksCategories', details: { engine: 'cpu' } });
    await expect(dense.train(inputOf({ norm: 'layer' }, {}, 'cpu'), quiet)).rejects.toMatchObject({ code: 'engineLacksSetting', details: { engine: 'cpu', setting: 'norm', value: 'layer' } });
  });
});
