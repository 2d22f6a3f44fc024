/** The test rows are sealed: who becomes champion, and everything on the way there, is the same whatever they say. */
import { beforeAll, describe, expect, it } from 'vitest';
import { championOf, type Candidate, type Choice } from '../../src/domain/modelling/champion';
import { metricIn, type ReportBody } from '../../src/domain/modelling/report';
import { seeded } from '../../src/domain/random';
import type { Hash } from '../../src/domain/pipeline/digest';
import { planOf, splitParams, stepBench, type StepBench } from '../unit/workers/stepBench';

const learners = ['baseline', 'linear', 'dense', 'bayes', 'neighbours'] as const;
const settings = { baseline: {}, linear: {}, dense: { hidden: '4', epochs: 8, learning_rate: 0.02, batch_size: 32 }, bayes: {}, neighbours: { k: 15 } };

/** All that one table leads to. */
interface Led {
  readonly table: Hash;
  /** Hashes of what came of the training and validation rows: recipe, models, scores and reports, on validation rows and out of fold. */
  readonly made: readonly (readonly [name: string, output: Hash])[];
  readonly champions: Readonly<Record<'validation' | 'outOfFold', Choice<string>>>;
  /** Log-loss of each learner on the test rows, opened when the choice is made. */
  readonly test: ReadonlyMap<string, number>;
}

const evaluation = { threshold: 0.5, criteria: [], seed: 1 };

async function led(bench: StepBench, table: Hash, split: Hash): Promise<Led> {
  const made: [string, Hash][] = [];
  const perform = async (name: string, ...step: Parameters<StepBench['record']>): Promise<Hash> => {
    const { output } = await bench.record(...step);
    made.push([name, output]);
    return output;
  };
  const recipe = await perform('recipe', 'recipe', { target: 'label', exclude: [], spec: null }, { table, split });
  const inputs = { table, split, recipe };
  const models = new Map<string, Hash>();
  const candidates: Record<'validation' | 'outOfFold', Candidate<string>[]> = { validation: [], outOfFold: [] };
  for (const learner of learners) {
    const params = { plan: planOf(learner, settings[learner]), balanced: true };
    const model = await perform(`${learner}: model`, 'train', params, inputs);
    models.set(learner, model);
    for (const [part, scores] of [
      ['validation', await perform(`${learner}: scores`, 'score', { part: 'validation' }, { model, ...inputs })],
      ['outOfFold', await perform(`${learner}: out of fold`, 'crossValidate', { ...params, folds: 5 }, inputs)],
    ] as const) {
      const report = await perform(`${learner}: report, ${part}`, 'evaluate', evaluation, { scores, table });
      candidates[part].push({ id: learner, learner, report: (await bench.artifact<ReportBody>(report)).body });
    }
  }
  const champions = { validation: championOf(candidates.validation, 'value')!, outOfFold: championOf(candidates.outOfFold, 'value')! };
  const test = new Map<string, number>();
  for (const [learner, model] of models) {
    const scores = (await bench.record('score', { part: 'test' }, { model, ...inputs })).output;
    const report = (await bench.record('evaluate', evaluation, { scores, table })).output;
    test.set(learner, metricIn((await bench.artifact<ReportBody>(report)).body, 'log_loss')!.value!);
  }
  return { table, made, champions, test };
}

let honest: Led;
let turned: Led;
let strange: Led;

beforeAll(async () => {
  const random = seeded(11);
  const rows = Array.from({ length: 300 }, () => {
    const [a, b] = [random.normal(), random.normal()];
    return { features: `${a.toFixed(5)},${b.toFixed(5)},${['Oslo', 'Lima', 'Pune'][random.below(3)]}`, label: 2 * a - b + 0.4 * random.normal() > 0 };
  });
  const csv = (labelOf: (row: number) => string): string => `a,b,city,label\n${rows.map(({ features }, row) => `${features},${labelOf(row)}\n`).join('')}`;
  const name = (label: boolean): string => (label ? 'yes' : 'no');
  const bench = await stepBench();
  const table = await bench.table(csv((row) => name(rows[row]!.label)), 'label');
  // The split is made once, and then it is settled who is sealed.
  const split = (await bench.record('split', splitParams('label', 'classification'), { table })).output;
  const part = await bench.bytes(split, (await bench.artifact<{ parts: readonly number[] }>(split)).body.parts);
  const isTest = (row: number): boolean => part[row] === 2;
  honest = await led(bench, table, split);
  turned = await led(bench, await bench.table(csv((row) => name(rows[row]!.label !== isTest(row))), 'label'), split);
  // Every other label of a test row is of a class that sorts between the others and that the task does not know.
  strange = await led(bench, await bench.table(csv((row) => (isTest(row) && row % 2 === 0 ? 'other' : name(rows[row]!.label))), 'label'), split);
});

describe('the sealed test rows', () => {
  it('are planted: a learner is best on them, and another on validation rows', () => {
    const best = [...turned.test].reduce((one, other) => (other[1] < one[1] ? other : one));
    expect(best[0]).toBe('baseline');
    for (const part of ['validation', 'outOfFold'] as const) {
      expect(turned.champions[part].learner).not.toBe('baseline');
      expect(turned.test.get(turned.champions[part].learner)!).toBeGreaterThan(best[1] + 0.5);
    }
    // Where the labels are true, the same learner is far ahead of the baseline.
    expect(honest.test.get(honest.champions.validation.learner)!).toBeLessThan(honest.test.get('baseline')! - 0.2);
  });

  it('decide nothing: their labels change neither the champion nor its reasons', () => {
    for (const other of [turned, strange]) {
      expect(other.table).not.toBe(honest.table);
      expect(other.champions).toEqual(honest.champions);
    }
  });

  it('are read by no op on the way: every recipe, model, score and report before them is the same, byte for byte', () => {
    expect(honest.made).toHaveLength(1 + 5 * learners.length);
    for (const other of [turned, strange]) expect(other.made).toEqual(honest.made);
  });
});
