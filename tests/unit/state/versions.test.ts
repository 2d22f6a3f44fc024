import { describe, expect, it } from 'vitest';
import { restingOn, restingOnSplit } from '../../../src/state/versions';
import { askedOf, emptyState, type ProjectState, type Run } from '../../../src/domain/pipeline/project';

const run = (number: number, table: Run['table'], split: Run['split']): Run => ({
  id: `run:${number}`,
  number,
  plan: {} as Run['plan'],
  version: 1,
  table,
  split,
  recipe: 'sha256:0',
  model: 'sha256:0',
  backend: 'cpu',
  scores: 'sha256:0',
  report: 'sha256:0',
  test: null,
  crossValidated: false,
  asked: askedOf(emptyState),
  preparation: null,
});
const state: ProjectState = {
  ...emptyState,
  split: 'sha256:c1',
  runs: [run(1, 'sha256:a1', 'sha256:c1'), run(2, 'sha256:a2', 'sha256:c2')],
  models: [{ number: 1, run: 'run:2', model: 'sha256:0', package: null }],
};

describe('what rests on a version', () => {
  it('is the runs learnt from its table and the models made of them', () => {
    expect(restingOn(state, 'sha256:a2')).toEqual({ runs: [state.runs[1]], models: [state.models[0]] });
    expect(restingOn(state, 'sha256:a3')).toEqual({ runs: [], models: [] });
  });

  it('is nothing where no split is in force', () => {
    expect(restingOnSplit(state).runs).toEqual([state.runs[0]]);
    expect(restingOnSplit({ ...state, split: null }).runs).toEqual([]);
  });
});
