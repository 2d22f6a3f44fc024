import { describe, expect, it } from 'vitest';
import { askedOf, emptyState, type ProjectState, type Run } from '../../../src/domain/pipeline/project';
import { nextStep, stepBeyond } from '../../../src/state/nextStep';

const hash = (digit: string): `sha256:${string}` => `sha256:${digit.repeat(64)}`;
const run = (number: number, over: Partial<Run> = {}): Run => ({
  id: `run:${number}`,
  number,
  plan: { learner: 'linear', hyperparameters: {}, seed: 1, engine: 'cpu' } as Run['plan'],
  version: 1,
  table: hash('1'),
  split: hash('2'),
  recipe: hash('3'),
  model: hash('4'),
  backend: 'cpu',
  scores: hash('5'),
  report: hash('6'),
  test: null,
  crossValidated: false,
  asked: askedOf({ ...emptyState, question: { ...emptyState.question, target: 'churn' } }),
  preparation: null,
  ...over,
});
const withData: ProjectState = { ...emptyState, versions: [{ number: 1, table: hash('1'), rows: 100, message: '', parent: null, line: 1 }], inHand: 1 };
const asked: ProjectState = { ...withData, question: { ...withData.question, target: 'churn' } };
const promised: ProjectState = { ...asked, criteria: [{ metric: 'roc_auc', slice: [], direction: '>=', target: 0.8, why: '' }] };
const trained: ProjectState = { ...promised, split: hash('2'), runs: [run(1)] };
const registered: ProjectState = { ...trained, models: [{ number: 1, run: 'run:1', model: hash('4'), package: null }] };
const released: ProjectState = { ...registered, champion: 1 };
const packaged: ProjectState = { ...released, models: [{ ...released.models[0]!, package: hash('7') }] };
const watched: ProjectState = { ...packaged, watches: [{ number: 1, name: 'june', batch: hash('8'), rows: 50, drift: hash('9'), model: 1 }] };
const moved: ProjectState = {
  ...watched,
  versions: [...watched.versions, { number: 2, table: hash('a'), rows: 150, message: 'june', parent: 1, line: 1 }],
  inHand: 2,
  split: null,
};

describe('the next step', () => {
  it.each([
    ['importData', emptyState],
    ['chooseTarget', withData],
    ['writeCriteria', asked],
    ['trainRuns', promised],
    ['registerModel', trained],
    ['chooseChampion', registered],
    ['packageModel', released],
    ['watchBatch', packaged],
    ['watchNext', watched],
    ['retrain', moved],
  ] as const)('is %s when that is the first thing lacking', (key, state) => {
    expect(nextStep(state, 0).key).toBe(key);
  });

  it('is an alert before anything that follows it, also when the data in hand are newer', () => {
    for (const state of [watched, moved]) {
      const step = nextStep(state, 3);
      expect(step).toMatchObject({ key: 'lookAtAlerts', alert: true, mark: 'failed', to: ['monitoring'], facts: { alerts: 3, batch: 'june', rows: 50 } });
    }
  });

  it('is not an alert of a project that never watched anything', () => {
    expect(nextStep(packaged, 3).key).toBe('watchBatch');
  });

  it('replaces a champion that is out of date once a newer run is there', () => {
    const state: ProjectState = { ...moved, split: hash('b'), runs: [run(1), run(2, { version: 2, table: hash('a'), split: hash('b'), model: hash('c') })] };
    expect(nextStep(state, 0)).toMatchObject({ key: 'replaceChampion', mark: 'stale', facts: { model: 1, version: 2 } });
  });

  it('leads to the model that is to be packaged', () => {
    expect(nextStep(released, 0).to).toEqual(['deployment', 'model', '1']);
  });
});

describe('what a stage offers at its end', () => {
  it.each([
    ['data', withData, 'chooseTarget'],
    ['data', asked, 'writeCriteria'],
    ['scoping', promised, 'trainRuns'],
    ['modelling', trained, 'registerModel'],
    ['deployment', packaged, 'watchBatch'],
    ['monitoring', moved, 'retrain'],
  ] as const)('of %s is the step beyond it', (stage, state, key) => {
    expect(stepBeyond(state, 0, stage)?.key).toBe(key);
  });
  it('is nothing while the step is its own, or lies before it', () => {
    expect(stepBeyond(asked, 0, 'scoping')).toBeNull();
    expect(stepBeyond(registered, 0, 'deployment')).toBeNull();
    expect(stepBeyond(withData, 0, 'modelling')).toBeNull();
    expect(stepBeyond(trained, 0, 'monitoring')).toBeNull();
  });
  it('is an alert, wherever one is', () => {
    expect(stepBeyond(watched, 2, 'data')?.key).toBe('lookAtAlerts');
    expect(stepBeyond(watched, 2, 'monitoring')).toBeNull();
  });
});
