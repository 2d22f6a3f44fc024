import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { forward } from '../../src/domain/modelling/forward';
import type { LearntModel } from '../../src/domain/modelling/forms/learntModel';
import type { Engine, Examples, Learner, TrainingHooks, TrainingInput, TrainingOutcome } from '../../src/domain/modelling/learner';
import { describedLearner, learnerDescriptions } from '../../src/domain/modelling/learners/registry';
import { learntModel, storedForm, type ModelBody } from '../../src/domain/modelling/modelManifest';
import { completePlan } from '../../src/domain/modelling/plan';
import { seeded } from '../../src/domain/random';
import { learnerNamed, learners } from '../../workers/training/learners/registry';
import { stoppedPlan } from '../../workers/training/ops/train';

type Kind = TrainingInput['kind'];

const quiet: TrainingHooks = {
  onEpoch: () => undefined,
  stopped: () => false,
  breathe: async () => undefined,
  checkpointDue: () => false,
  checkpoint: async () => undefined,
};

/** Smaller than the defaults, so that the battery is quick; learners without the parameter ignore it. */
const small: Record<string, Record<string, number | string>> = {
  dense: { hidden: '8,4', epochs: 6, batch_size: 32, learning_rate: 0.01, dropout: 0.1 },
  tree: { max_depth: 3, min_leaf: 20 },
  boosting: { rounds: 40, max_depth: 3, subsample: 0.8, colsample: 0.8 },
  ebm: { bags: 2, rounds: 6, learning_rate: 0.1, pairs: 1 },
  forest: { trees: 12, max_depth: 6 },
};
/** Without chance, so that a row twice over is the row with twice the weight. */
const certain: Record<string, Record<string, number | string>> = {
  dense: { batch_size: 8192, dropout: 0, epochs: 30 },
  ebm: { bags: 1 },
  boosting: { subsample: 1, colsample: 1 },
  forest: { bootstrap: 'false', max_features: 'all' },
};

const features = 6;

/** Rows whose target hangs on the first three features; feature 4 is constant, feature 5 is mostly zero. */
function planted(kind: Kind, classes: number, rows: number, seed: number): Examples {
  const random = seeded(seed);
  const x = new Float32Array(rows * features);
  const y = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    for (let k = 0; k < features; k++) x[i * features + k] = k === 4 ? 1 : k === 5 ? (random.next() < 0.1 ? 1 : 0) : random.normal();
    const [a, b, c] = x.subarray(i * features, i * features + 3);
    const signal = 2 * a! - b! + 0.5 * c! + 0.3 * random.normal();
    y[i] = kind === 'regression' ? 50 + 10 * signal : Math.min(classes - 1, Math.max(0, Math.floor(signal / 1.5 + classes / 2)));
  }
  return { rows, features, x, y };
}

function inputOf(learner: Learner, kind: Kind, classes: number, engine: Engine, given: Record<string, number | string> = {}, seed = 5): TrainingInput {
  const own = { ...small[learner.name], ...given };
  const plan = completePlan(learner.name, own, seed, engine, learner.hyperparameters, describedLearner(learner.name)?.check);
  return { kind, classes, train: planted(kind, classes, 200, 1), validation: planted(kind, classes, 80, 2), plan };
}

async function trained(
  learner: Learner,
  input: TrainingInput,
  hooks: TrainingHooks = quiet,
): Promise<Extract<TrainingOutcome, { kind: 'trained' | 'stopped' }>> {
  const outcome = await learner.train(input, hooks);
  if (outcome.kind === 'diverged') throw new Error(`diverged in epoch ${outcome.epoch}`);
  return outcome;
}

/** All that is stored of a model, for comparison bit by bit. */
const bits = (model: LearntModel): unknown => {
  const { bytes, ...rest } = storedForm(model);
  return { ...rest, bytes: Buffer.from(bytes).toString('hex') };
};
const largest = (a: Float64Array, b: Float64Array): number =>
  a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), a.length === b.length ? 0 : Infinity);

/** Mean log-loss, or half the mean squared error. */
function lossOf(answers: Float64Array, { y, rows }: Examples, classes: number): number {
  let sum = 0;
  for (let i = 0; i < rows; i++) sum += classes === 0 ? (answers[i]! - y[i]!) ** 2 / 2 : -Math.log(Math.max(1e-15, answers[i * classes + y[i]!]!));
  return sum / rows;
}

/** A model as it comes back from storage. */
function reread(model: LearntModel): LearntModel {
  const { bytes, ...stored } = storedForm(model);
  return learntModel({ ...(JSON.parse(JSON.stringify(stored)) as typeof stored), facts: model.facts } as ModelBody, bytes);
}

describe('the registry', () => {
  it('has for each description the learner of the same name, and no other', () => {
    expect(learners.map(({ name }) => name)).toEqual(learnerDescriptions.map(({ name }) => name));
    for (const { name, kinds, engines, hyperparameters } of learnerDescriptions)
      expect(learnerNamed(name)).toMatchObject({ name, kinds, engines, hyperparameters });
    expect(() => learnerNamed('__proto__')).toThrow(RangeError);
  });
});

for (const learner of learners) {
  for (const [task, kind, classes] of [
    ['two classes', 'classification', 2],
    ['three classes', 'classification', 3],
    ['values', 'regression', 0],
  ] as const) {
    if (!learner.kinds.includes(kind)) continue;
    const baselineOf = (): Learner => learnerNamed('baseline');
    const width = Math.max(classes, 1);

    // The graphics engines and tfjs on wasm have tests of their own, in a browser.
    for (const engine of learner.engines.filter((one) => one === 'native' || one === 'plain' || one === 'cpu')) describe(`${learner.name}, ${task}, ${engine}`, () => {
      const predict = (by: Learner, model: LearntModel, { x, rows }: Pick<Examples, 'x' | 'rows'>, of: number): Promise<Float64Array> =>
        by.predict(model, of, x, rows, by === learner ? engine : by.engines[0]!);

      it('learns the same bits from the same seed, twice in a row, and leaves its input untouched', async () => {
        const input = inputOf(learner, kind, classes, engine);
        const before = structuredClone(input);
        const first = await trained(learner, input);
        const second = await trained(learner, input);
        expect(bits(second.model)).toEqual(bits(first.model));
        expect(second.curve).toEqual(first.curve);
        expect(second.model.facts).toEqual(first.model.facts);
        expect(input).toStrictEqual(before);
      });

      it('reports a curve that is finite, counts from 1 and agrees with what it told the hook', async () => {
        const told: unknown[] = [];
        const { curve, kind: ending } = await trained(learner, inputOf(learner, kind, classes, engine), { ...quiet, onEpoch: (report) => void told.push(report) });
        expect(ending).toBe('trained');
        expect(told).toEqual(curve);
        expect(curve.length).toBeGreaterThan(0);
        curve.forEach((report, i) => {
          expect(report.epoch).toBe(i + 1);
          expect(Number.isFinite(report.trainLoss) && Number.isFinite(report.validationLoss)).toBe(true);
        });
      });

      it('is at least as good as the baseline on rows it has not seen', async () => {
        const input = inputOf(learner, kind, classes, engine, learner.name === 'dense' ? { epochs: 20 } : {});
        const unseen = planted(kind, classes, 300, 3);
        const { model } = await trained(learner, input);
        const plain = await trained(baselineOf(), inputOf(baselineOf(), kind, classes, 'plain'));
        const own = lossOf(await predict(learner, model, unseen, classes), unseen, classes);
        const bar = lossOf(await predict(baselineOf(), plain.model, unseen, classes), unseen, classes);
        expect(own).toBeLessThanOrEqual(learner.name === 'baseline' ? bar : 0.7 * bar);
      });

      it('answers with n rows, of probabilities that add up to 1 where there are classes', async () => {
        const { model } = await trained(learner, inputOf(learner, kind, classes, engine));
        const unseen = planted(kind, classes, 50, 3);
        const answers = await predict(learner, model, unseen, classes);
        expect(answers.length).toBe(50 * width);
        expect(answers.every(Number.isFinite)).toBe(true);
        if (classes === 0) return;
        for (let i = 0; i < 50; i++) {
          const row = answers.subarray(i * classes, (i + 1) * classes);
          expect(row.every((p) => p >= 0 && p <= 1)).toBe(true);
          // The constant probabilities are float32.
          expect(Math.abs(row.reduce((a, b) => a + b) - 1)).toBeLessThan(model.form === 'layers' && model.output === 'constant' ? 2e-7 : 1e-12);
        }
      });

      it('predicts each row by itself: neither order nor company matter, one row alone works, and so do none', async () => {
        const { model } = await trained(learner, inputOf(learner, kind, classes, engine));
        const { x } = planted(kind, classes, 20, 4);
        const together = await predict(learner, model, { x, rows: 20 }, classes);
        for (const i of [19, 0, 7]) {
          const alone = await predict(learner, model, { x: x.slice(i * features, (i + 1) * features), rows: 1 }, classes);
          expect(Array.from(alone)).toEqual(Array.from(together.subarray(i * width, (i + 1) * width)));
        }
        expect((await predict(learner, model, { x: new Float32Array(0), rows: 0 }, classes)).length).toBe(0);
      });

      it('predicts the same after a way through JSON and bytes, and as the plain forward pass does', async () => {
        const { model } = await trained(learner, inputOf(learner, kind, classes, engine));
        const unseen = planted(kind, classes, 50, 3);
        const answers = await predict(learner, model, unseen, classes);
        expect(Array.from(await predict(learner, reread(model), unseen, classes))).toEqual(Array.from(answers));
        const plain = forward(model, classes, unseen.x, unseen.rows);
        // Float32 between the layers on one side, float64 on the other; values are of size 100.
        expect(largest(answers, plain)).toBeLessThan(classes === 0 ? 1e-4 : 1e-5);
      });

      it('ends, when it is stopped, exactly as under the plan whose limit is its last full epoch, or refuses before the first', async () => {
        const input = inputOf(learner, kind, classes, engine);
        const whole = await trained(learner, input);
        let stops = 0;
        for (const [epochs, questions] of [
          [0, 0],
          [1, 0],
          [1, 3],
          [2, 0],
          [2, 6],
        ] as const) {
          let told = 0;
          let asked = 0;
          const hooks = { ...quiet, onEpoch: () => void told++, stopped: () => told >= epochs && asked++ >= questions };
          let outcome: Awaited<ReturnType<typeof trained>>;
          try {
            outcome = await trained(learner, input, hooks);
          } catch (error) {
            expect(error).toMatchObject({ name: 'Refusal', code: 'stoppedTooEarly' });
            expect(epochs).toBe(0);
            continue;
          }
          if (outcome.kind === 'stopped') stops++;
          const scratch = outcome.kind === 'stopped' ? await trained(learner, { ...input, plan: stoppedPlan(input.plan, outcome.curve) }) : whole;
          expect(bits(outcome.model)).toEqual(bits(scratch.model));
          expect(outcome.curve).toEqual(scratch.curve);
          expect(outcome.model.facts).toEqual(scratch.model.facts);
        }
        if (whole.curve.length > 2) expect(stops).toBeGreaterThan(2);
      });

      it('is stopped at the same place by a stop after a checkpoint, with and without validation rows', async () => {
        for (const validation of [planted(kind, classes, 80, 2), { rows: 0, features, x: new Float32Array(0), y: new Float64Array(0) }]) {
          const input = { ...inputOf(learner, kind, classes, engine), validation };
          const states: Uint8Array[] = [];
          const whole = await trained(learner, input, { ...quiet, checkpointDue: () => true, checkpoint: async (state) => void states.push(state.slice()) });
          const checkpoint = states[Math.floor(states.length / 2)];
          if (checkpoint === undefined) continue;
          const { kind: ending, curve, model } = await trained(learner, { ...input, checkpoint }, { ...quiet, stopped: () => true });
          expect(ending).toBe('stopped');
          expect(curve.length).toBeLessThan(whole.curve.length);
          const scratch = await trained(learner, { ...input, plan: stoppedPlan(input.plan, curve) });
          expect(bits(model)).toEqual(bits(scratch.model));
          expect([curve, model.facts]).toEqual([scratch.curve, scratch.model.facts]);
        }
      });

      it('learns the same bits from any of its checkpoints as without a break', async () => {
        const input = inputOf(learner, kind, classes, engine);
        const states: Uint8Array[] = [];
        const whole = await trained(learner, input, { ...quiet, checkpointDue: () => true, checkpoint: async (state) => void states.push(state.slice()) });
        const unbroken = await trained(learner, input);
        expect(bits(whole.model)).toEqual(bits(unbroken.model));
        const chosen = [0, 1, 6, 7, 8, Math.floor(states.length / 2), states.length - 1].flatMap((i) => states[i] ?? []);
        for (const checkpoint of chosen) {
          const resumed = await trained(learner, { ...input, checkpoint });
          expect(bits(resumed.model)).toEqual(bits(unbroken.model));
          expect(resumed.curve).toEqual(unbroken.curve);
          expect(resumed.model.facts).toEqual(unbroken.model.facts);
        }
        if (learner.name === 'dense') expect(chosen.length).toBeGreaterThan(3);
      });

      it('begins anew from a checkpoint of other data, of another plan, or of broken bytes', async () => {
        const input = inputOf(learner, kind, classes, engine);
        const states: Uint8Array[] = [];
        const other = { ...input, train: planted(kind, classes, 200, 9) };
        await trained(learner, other, { ...quiet, checkpointDue: () => true, checkpoint: async (state) => void states.push(state.slice()) });
        const plain = await trained(learner, input);
        for (const checkpoint of [states[0] ?? new Uint8Array(3), Uint8Array.of(1, 2, 3), new Uint8Array(64).fill(255)]) {
          expect(bits((await trained(learner, { ...input, checkpoint })).model)).toEqual(bits(plain.model));
        }
      });

      it('leaves no tensors behind, however it ends', async () => {
        const input = inputOf(learner, kind, classes, engine);
        const { model } = await trained(learner, input);
        const before = tf.memory().numTensors;
        await trained(learner, input);
        await learner.train(input, { ...quiet, stopped: () => true }).catch(() => undefined);
        await predict(learner, model, planted(kind, classes, 10, 3), classes);
        const failing = {
          ...quiet,
          onEpoch: () => {
            throw new Error('planted');
          },
        };
        await expect(learner.train(input, failing)).rejects.toThrow('planted');
        expect(tf.memory().numTensors).toBe(before);
      });

      it('works with constant columns alone, with one row, and without validation rows', async () => {
        const input = inputOf(learner, kind, classes, engine);
        const flat = {
          rows: 40,
          features,
          x: new Float32Array(40 * features).fill(1),
          y: Float64Array.from({ length: 40 }, (_, i) => (classes === 0 ? i : i % classes)),
        };
        const none = { rows: 0, features, x: new Float32Array(0), y: new Float64Array(0) };
        const one = { rows: 1, features, x: new Float32Array(features).fill(0.5), y: Float64Array.of(1) };
        for (const [train, validation] of [
          [flat, flat],
          [flat, none],
          [one, none],
        ] as const) {
          const { model } = await trained(learner, { ...input, train, validation });
          expect((await predict(learner, model, flat, classes)).every(Number.isFinite)).toBe(true);
        }
        // Rows that do not fill their last batch: a batch of one.
        const { model } = await trained(learner, { ...input, train: planted(kind, classes, 33, 1) });
        expect(storedForm(model).bytes.length).toBeGreaterThan(0);
      });

      it('takes a weight of 2 as the row twice over, and a weight of 0 as no row', async () => {
        const input = inputOf(learner, kind, classes, engine, certain[learner.name]);
        const { rows, x, y } = input.train;
        const weights = Float64Array.from({ length: rows }, (_, i) => i % 3);
        const twice: number[] = [];
        for (let i = 0; i < rows; i++) for (let n = 0; n < i % 3; n++) twice.push(i);
        const doubled = {
          rows: twice.length,
          features,
          x: Float32Array.from(twice.flatMap((i) => Array.from(x.subarray(i * features, (i + 1) * features)))),
          y: Float64Array.from(twice, (i) => y[i]!),
        };
        const unseen = planted(kind, classes, 50, 3);
        const weighted = await predict(learner, (await trained(learner, { ...input, train: { ...input.train, weights } })).model, unseen, classes);
        const repeated = await predict(learner, (await trained(learner, { ...input, train: doubled })).model, unseen, classes);
        const unweighted = await predict(learner, (await trained(learner, input)).model, unseen, classes);
        // The same sums in another order; iterations to a tolerance (linear) and float32 (dense) on top. Values are of size 100.
        expect(largest(weighted, repeated)).toBeLessThan(classes === 0 ? 2e-2 : 1e-3);
        expect(largest(weighted, unweighted)).toBeGreaterThan(classes === 0 ? 0.1 : 5e-3);
      });

      if (classes > 0) {
        it('gives a class more probability when its rows weigh more', async () => {
          const input = inputOf(learner, kind, classes, engine);
          const weights = input.train.y.map((label) => (label === 1 ? 5 : 1));
          const unseen = planted(kind, classes, 100, 3);
          const share = (answers: Float64Array): number => answers.reduce((sum, p, i) => sum + (i % classes === 1 ? p : 0), 0);
          const plain = share(await predict(learner, (await trained(learner, input)).model, unseen, classes));
          const heavier = share(await predict(learner, (await trained(learner, { ...input, train: { ...input.train, weights } })).model, unseen, classes));
          expect(heavier).toBeGreaterThan(plain + 2);
        });
      }

      it('refuses infinities, and NaN unless it takes what is missing, naming the feature and the row', async () => {
        const input = inputOf(learner, kind, classes, engine);
        for (const wrong of learner.takesMissing ? [Infinity] : [NaN, Infinity]) {
          const x = input.train.x.slice();
          x[7 * features + 3] = wrong;
          await expect(learner.train({ ...input, train: { ...input.train, x } }, quiet)).rejects.toThrow(/feature 3 of row 7/);
          await expect(learner.train({ ...input, validation: { ...input.validation, x: x.slice(0, 80 * features) } }, quiet)).rejects.toThrow(
            /feature 3 of row 7/,
          );
        }
      });
    });
  }
}

describe('a training that diverges', () => {
  it('ends in a value that names the epoch', async () => {
    const input = inputOf(learnerNamed('dense'), 'regression', 0, 'cpu', { learning_rate: 1, dropout: 0, epochs: 50, patience: 0 });
    const x = input.train.x.map((value) => value * 1e30);
    const before = tf.memory().numTensors;
    const outcome = await learnerNamed('dense').train({ ...input, train: { ...input.train, x } }, quiet);
    expect(outcome.kind).toBe('diverged');
    expect(outcome).toHaveProperty('epoch', 1);
    expect(tf.memory().numTensors).toBe(before);
  });
});
