import { describe, expect, it } from 'vitest';
import { wayBackOf } from '../../../src/state/wayBack';
import { askedOf, emptyState, type ProjectState, type Run } from '../../../src/domain/pipeline/project';

const hash = (letter: string) => `sha256:${letter.repeat(64)}` as const;
const run = (number: number, version: number, learner = 'linear'): Run => ({
  id: `run:${number}`,
  number,
  plan: { learner, hyperparameters: {}, seed: 1, engine: 'cpu' },
  version,
  table: hash(String(version)),
  split: hash('a'),
  recipe: hash('b'),
  model: hash(String(number)),
  backend: 'cpu',
  scores: hash('c'),
  report: hash('d'),
  test: null,
  crossValidated: false,
  asked: askedOf(emptyState),
  preparation: null,
});
const tables = new Set([hash('2')]);
const first = { number: 1, table: hash('1'), rows: 100, message: 'data.csv', parent: null, line: 1 };
const second = { number: 2, table: hash('2'), rows: 110, message: 'may.csv', parent: 1, line: 1 };
const state = (change: Partial<ProjectState>): { state: ProjectState } => ({
  state: { ...emptyState, versions: [first], inHand: 1, runs: [run(1, 1)], models: [{ number: 1, run: 'run:1', model: hash('1'), package: null }], ...change },
});

describe('wayBackOf', () => {
  it('finds nothing done before the batch is added', () => {
    expect(wayBackOf(state({}), tables, run(1, 1))).toEqual({ added: null, stale: { runs: 0, models: 0 }, retrained: null });
  });
  it('counts what became out of date when the batch was added', () => {
    expect(wayBackOf(state({ versions: [first, second], inHand: 2 }), tables, run(1, 1))).toEqual({
      added: second,
      stale: { runs: 1, models: 1 },
      retrained: null,
    });
  });
  it('takes a new run of the same learner before one of another', () => {
    const way = wayBackOf(state({ versions: [first, second], inHand: 2, runs: [run(1, 1), run(2, 2), run(3, 2, 'dense')] }), tables, run(1, 1));
    expect(way.retrained?.number).toBe(2);
  });
  it('goes by the table that was made of the batch, and not by what a version is called', () => {
    expect(wayBackOf(state({ versions: [first, { ...second, table: hash('3') }] }), tables, null).added).toBeNull();
    expect(wayBackOf(state({ versions: [first, { ...second, message: 'renamed' }] }), tables, null).added?.number).toBe(2);
  });
});
