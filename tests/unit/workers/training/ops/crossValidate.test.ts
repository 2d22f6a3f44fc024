import { afterEach, describe, expect, it, vi } from 'vitest';
import type { ScoresBody } from '../../../../../src/domain/modelling/scoresManifest';
import { seeded } from '../../../../../src/domain/random';
import type { Hash } from '../../../../../src/domain/pipeline/digest';
import type { PerformOp } from '../../../../../workers/steps/op';
import { linear } from '../../../../../workers/training/learners/linear';
import { planOf, splitParams, stepBench, type StepBench } from '../../stepBench';

/** What the learner saw of one feature in one fold. */
interface Seen {
  readonly learning: Set<number>;
  readonly deciding: Set<number>;
  readonly held: Set<number>;
}

const folds = 5;
const meeting = (a: Set<number>, b: Set<number>): number => [...a].filter((value) => b.has(value)).length;
const latest = (values: Set<number>): number => Math.max(...values);
const earliest = (values: Set<number>): number => Math.min(...values);

/** Listens to what reaches the learner: the values of feature `at`, fold by fold. */
function listening(at: number): Seen[] {
  const seen: Seen[] = [];
  const train = linear.train.bind(linear);
  const predict = linear.predict.bind(linear);
  const column = (x: Float32Array, rows: number): Set<number> => new Set(Array.from({ length: rows }, (_, row) => x[(row * x.length) / rows + at]!));
  vi.spyOn(linear, 'train').mockImplementation((input, hooks) => {
    seen.push({ learning: column(input.train.x, input.train.rows), deciding: column(input.validation.x, input.validation.rows), held: new Set() });
    return train(input, hooks);
  });
  vi.spyOn(linear, 'predict').mockImplementation((model, classes, x, rows, engine) => {
    column(x, rows).forEach((value) => seen.at(-1)!.held.add(value));
    return predict(model, classes, x, rows, engine);
  });
  return seen;
}

afterEach(() => vi.restoreAllMocks());

async function prepared(bench: StepBench, table: Hash, task: ReturnType<typeof splitParams>) {
  const split = (await bench.record('split', task, { table })).output;
  const recipe = (await bench.record('recipe', { target: 'label', exclude: ['moment'], spec: null }, { table, split })).output;
  return { table, split, recipe };
}

async function positionsOf(bench: StepBench, scores: Hash): Promise<number[]> {
  const { body } = await bench.artifact<ScoresBody>(scores);
  expect(body.part).toBe('outOfFold');
  const positions = [...new Uint32Array((await bench.bytes(scores, body.positions)).slice().buffer)];
  expect(positions).toHaveLength(body.rows);
  return positions;
}

/** `trace` is the owner in other words, and goes into the features; `moment` is the time, `clock` the same as a feature. */
function rowsOf(rows: number, ownerOf: (row: number) => number): string {
  const random = seeded(4);
  const lines = ['trace,clock,noise,owner,moment,label'];
  for (let row = 0; row < rows; row++) {
    const owner = ownerOf(row);
    lines.push([owner * 1.5 + 0.25, row * 1.25 + 0.5, random.normal().toFixed(6), `o${owner}`, row * 10, random.next() < 0.5 ? 'yes' : 'no'].join(','));
  }
  return `${lines.join('\n')}\n`;
}

const params = (more: { readonly [name: string]: number } = {}) => ({ plan: planOf('linear', more), balanced: true, folds });

describe('cross-validation', () => {
  it('keeps the rows of a group on one side: of the folds, and of the tenth that decides when to stop', async () => {
    const bench = await stepBench();
    const table = await bench.table(rowsOf(400, (row) => row % 40), 'label');
    for (const keyed of [table, await bench.table(rowsOf(400, (row) => row % 40), 'label', 'owner')]) {
      const seen = listening(0);
      const inputs = await prepared(bench, keyed, splitParams('label', 'classification', { group: 'owner' }));
      const { output } = await bench.record('crossValidate', params(), inputs);
      expect(seen).toHaveLength(folds);
      for (const { learning, deciding, held } of seen) {
        expect(meeting(learning, held) + meeting(deciding, held) + meeting(learning, deciding)).toBe(0);
        expect(deciding.size).toBeGreaterThan(0);
      }
      expect((await positionsOf(bench, output)).length).toBeGreaterThan(300);
      vi.restoreAllMocks();
    }
  });

  it('keeps equal rows on one side where there are no groups', async () => {
    const bench = await stepBench();
    const csv = rowsOf(400, (row) => row % 3).trim().split('\n');
    const table = await bench.table(`${[csv[0], ...csv.slice(1, 201).flatMap((line) => [line, line])].join('\n')}\n`, 'label');
    const seen = listening(1);
    await bench.record('crossValidate', params(), await prepared(bench, table, splitParams('label', 'classification')));
    for (const { learning, deciding, held } of seen) {
      expect(meeting(learning, held) + meeting(deciding, held) + meeting(learning, deciding)).toBe(0);
      expect(deciding.size).toBeGreaterThan(0);
    }
  });

  it('learns from the past alone where the split is one in time, and leaves the first rows unscored', async () => {
    const bench = await stepBench();
    const table = await bench.table(rowsOf(300, (row) => row % 3), 'label');
    const seen = listening(1);
    const { output } = await bench.record('crossValidate', params(), await prepared(bench, table, splitParams('label', 'classification', { time: 'moment' })));
    expect(seen).toHaveLength(folds);
    for (const { learning, deciding, held } of seen) {
      expect(latest(learning)).toBeLessThan(earliest(deciding));
      expect(latest(deciding)).toBeLessThan(earliest(held));
    }
    // 240 rows train and validate; of six blocks of 40, the first has nothing before it.
    expect(await positionsOf(bench, output)).toEqual(Array.from({ length: 200 }, (_, i) => 40 + i));
  });

  it('teaches nothing of a group that is scored, in time too', async () => {
    const bench = await stepBench();
    // Each owner is there for 20 rows in a row, and their times overlap no cut of 60, 80 or 100 %.
    const table = await bench.table(rowsOf(300, (row) => Math.floor(row / 20)), 'label');
    const seen = listening(0);
    await bench.record('crossValidate', { ...params(), folds: 4 }, await prepared(bench, table, splitParams('label', 'classification', { time: 'moment', group: 'owner' })));
    expect(seen).toHaveLength(4);
    for (const { learning, deciding, held } of seen) expect(meeting(learning, held) + meeting(deciding, held) + meeting(learning, deciding)).toBe(0);
  });

  it('says that it was stopped, and keeps nothing, whatever the learner', async () => {
    const bench = await stepBench();
    const inputs = await prepared(bench, await bench.table(rowsOf(300, (row) => row % 3), 'label'), splitParams('label', 'classification'));
    const stopping =
      (after: number) =>
      (op: PerformOp): PerformOp =>
      (context) => {
        let breaths = 0;
        return op({ ...context, breathe: () => (breaths++, context.breathe()), stopped: () => breaths > after });
      };
    for (const learner of ['baseline', 'linear', 'dense'])
      for (const after of [0, 2])
        expect(await bench.outcome('crossValidate', { plan: planOf(learner), balanced: false, folds }, inputs, stopping(after))).toEqual({
          kind: 'refused',
          refusal: { code: 'crossValidationStopped', details: {} },
        });
  });

  it('does not move a fold for the labels of test rows', async () => {
    const bench = await stepBench();
    const csv = rowsOf(300, (row) => row % 3);
    const inputs = await prepared(bench, await bench.table(csv, 'label'), splitParams('label', 'classification'));
    const { parts } = (await bench.artifact<{ parts: readonly number[] }>(inputs.split)).body;
    const part = await bench.bytes(inputs.split, parts);
    // A class that sorts between the others, and that the task does not know.
    const strange = csv
      .trim()
      .split('\n')
      .map((line, i) => (i > 0 && part[i - 1] === 2 ? line.replace(/(yes|no)$/, 'other') : line));
    const table = await bench.table(`${strange.join('\n')}\n`, 'label');
    expect(table).not.toBe(inputs.table);
    expect((await bench.record('crossValidate', params(), { ...inputs, table })).output).toBe((await bench.record('crossValidate', params(), inputs)).output);
  });
});
