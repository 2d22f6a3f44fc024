/** @file Models as they were stored by each learner, read back and asked again: what is stored today must be readable after years. */
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../src/domain/canonical';
import { forward } from '../../src/domain/modelling/forward';
import type { Examples, FeatureMeaning, TrainingHooks } from '../../src/domain/modelling/learner';
import { describedLearner } from '../../src/domain/modelling/learners/registry';
import { learntModel, parametersIn, storedForm, type FirstModelBody, type ModelBody } from '../../src/domain/modelling/modelManifest';
import { completePlan } from '../../src/domain/modelling/plan';
import { seeded } from '../../src/domain/random';
import { learners } from '../../workers/training/learners/registry';

const folder = new URL('../fixtures/models/', import.meta.url);
const hooks: TrainingHooks = { onEpoch: () => undefined, stopped: () => false, breathe: async () => undefined, checkpointDue: () => false, checkpoint: async () => undefined };

/** Small models, with what makes a form: categories, gaps, norms, pairs. */
const settings: Readonly<Record<string, Readonly<Record<string, string | number | boolean>>>> = {
  dense: { hidden: '4,4', norm: 'layer', activation: 'gelu', residual: true, epochs: 2 },
  boosting: { rounds: 4, max_depth: 3 },
  forest: { trees: 3, max_depth: 3 },
  tree: { max_depth: 3 },
  ebm: { bags: 2, rounds: 20, pairs: 1, max_bins: 8 },
};

/** A fixture: what the manifest says, the bytes, rows that were asked, and the answers. NaN is null. */
interface Stored {
  readonly body: Pick<ModelBody, 'form' | 'structure' | 'arrays' | 'facts'>;
  readonly bytes: string;
  readonly parameters: number;
  readonly classes: number;
  readonly rows: number;
  readonly x: readonly (number | null)[];
  readonly answers: readonly number[];
}

function rowsFor(learner: (typeof learners)[number], classes: number, rows: number, seed: number): { examples: Examples; meanings: FeatureMeaning[] } {
  const random = seeded(seed);
  const categories = [0, 0, learner.takesCategories ? 3 : 0];
  const x = new Float32Array(rows * 3);
  const y = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    for (let k = 0; k < 3; k++) x[3 * i + k] = categories[k]! > 0 ? Math.floor(3 * random.next()) : random.next() * 4 - 2;
    const signal = x[3 * i]! + (x[3 * i + 2]! === 1 ? 1 : 0) - x[3 * i + 1]! / 2;
    y[i] = classes === 0 ? signal : Math.min(classes - 1, Math.max(0, Math.floor(signal + classes / 2)));
    if (learner.takesMissing && i % 7 === 0) x[3 * i + 1] = NaN;
  }
  return { examples: { rows, features: 3, x, y }, meanings: categories.map((count, k) => ({ name: `f${k}`, column: `f${k}`, categories: count })) };
}

async function stored(learner: (typeof learners)[number], classes: number): Promise<Stored> {
  const described = describedLearner(learner.name)!;
  const plan = completePlan(learner.name, settings[learner.name] ?? {}, 1, learner.engines[0]!, described.hyperparameters, described.check);
  const { examples, meanings } = rowsFor(learner, classes, 60, 3);
  const outcome = await learner.train({ kind: classes === 0 ? 'regression' : 'classification', classes, train: examples, validation: rowsFor(learner, classes, 30, 4).examples, plan, meanings }, hooks);
  if (outcome.kind === 'diverged') throw new Error(`${learner.name} diverged`);
  const { bytes, ...form } = storedForm(outcome.model);
  const asked = rowsFor(learner, classes, 12, 5).examples;
  const body = { ...form, facts: outcome.model.facts };
  return {
    body,
    bytes: Buffer.from(bytes).toString('base64'),
    parameters: parametersIn(body as ModelBody),
    classes,
    rows: asked.rows,
    x: Array.from(asked.x, (value) => (Number.isNaN(value) ? null : value)),
    answers: [...forward(outcome.model, classes, asked.x, asked.rows)],
  };
}

const pathOf = (name: string): URL => new URL(`${name}.json`, folder);

describe('a stored model', () => {
  for (const learner of learners) {
    for (const classes of learner.kinds.includes('regression') ? [3, 0] : [3]) {
      const name = `${learner.name}-${classes === 0 ? 'values' : 'classes'}`;
      it(`of ${learner.name} (${classes === 0 ? 'values' : 'three classes'}) answers as on the day it was stored`, async () => {
        if (process.env['WRITE_MODEL_FIXTURES'] === '1') writeFileSync(pathOf(name), `${JSON.stringify(await stored(learner, classes))}\n`);
        const kept = JSON.parse(readFileSync(pathOf(name), 'utf8')) as Stored;
        const body = kept.body as ModelBody;
        const model = learntModel(body, Uint8Array.from(Buffer.from(kept.bytes, 'base64')));
        const answers = forward(model, kept.classes, Float32Array.from(kept.x, (value) => value ?? NaN), kept.rows);
        expect([...answers]).toEqual(kept.answers);
        expect(parametersIn(body)).toBe(kept.parameters);
        expect(storedForm(model)).toMatchObject({ form: body.form, structure: body.structure as Json, arrays: body.arrays });
      });
    }
  }

  it('of the first version, layers in one chunk, is read as before', () => {
    const body = { output: 'sigmoid', layers: [{ inputs: 2, outputs: 2, activation: 'relu' }, { inputs: 2, outputs: 1, activation: 'linear' }], facts: { epochs: 1 } } as unknown as FirstModelBody;
    const bytes = new Uint8Array(Float32Array.of(1, 0, 0, 1, 0, 0, 2, -1, 0.5).buffer);
    const [no, yes] = forward(learntModel(body, bytes), 2, Float32Array.of(1, 3), 1);
    expect(yes! + no!).toBeCloseTo(1, 14);
    expect(yes).toBeCloseTo(1 / (1 + Math.exp(0.5)), 12);
    expect(parametersIn(body)).toBe(9);
  });
});
