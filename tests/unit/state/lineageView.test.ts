import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { askedOf, emptyState, type ProjectState, type Run } from '../../../src/domain/pipeline/project';
import { nearestEdges, roleOf, settingsOf, staleArtifacts, stepTime } from '../../../src/state/lineageView';

const hash = (digit: string): `sha256:${string}` => `sha256:${digit.repeat(64)}`;
const run: Run = {
  id: 'run:2',
  number: 2,
  plan: { learner: 'dense', hyperparameters: {}, seed: 1, engine: 'cpu' } as Run['plan'],
  version: 1,
  table: hash('1'),
  split: hash('2'),
  recipe: hash('3'),
  model: hash('4'),
  backend: 'cpu',
  scores: hash('5'),
  report: hash('6'),
  test: hash('7'),
  crossValidated: false,
  asked: askedOf(emptyState),
  preparation: null,
};
const state: ProjectState = {
  ...emptyState,
  versions: [
    { number: 1, table: hash('1'), rows: 10, message: '', parent: null, line: 1 },
    { number: 2, table: hash('8'), rows: 12, message: '', parent: 1, line: 1 },
  ],
  inHand: 1,
  split: hash('2'),
  runs: [run],
  models: [{ number: 1, run: 'run:2', model: hash('4'), package: hash('9') }],
  watches: [{ number: 1, name: 'june', batch: hash('a'), rows: 5, drift: hash('b'), model: 1 }],
};

describe('the role of an artifact', () => {
  it.each([
    [hash('1'), 'version', { number: 1, rows: 10 }],
    [hash('2'), 'split', { runs: '2', count: 1 }],
    [hash('4'), 'model', { run: 2, learner: 'dense', model: 1 }],
    [hash('6'), 'runReport', { runs: '2', count: 1 }],
    [hash('7'), 'testReport', { runs: '2', count: 1 }],
    [hash('9'), 'package', { model: 1 }],
    [hash('b'), 'drift', { name: 'june', rows: 5 }],
  ] as const)('is read off the state: %s', (id, key, facts) => {
    expect(roleOf(state, id)).toEqual({ key, facts });
  });

  it('is none for what the state does not name', () => {
    expect(roleOf(state, hash('f'))).toBeNull();
  });
});

describe('artifacts that are behind the times', () => {
  it('are those of other versions', () => {
    expect([...staleArtifacts(state)]).toEqual([hash('8')]);
  });

  it('are all of a run once another version is in hand', () => {
    const stale = staleArtifacts({ ...state, inHand: 2, split: null });
    expect([hash('4'), hash('9'), hash('1')].every((id) => stale.has(id))).toBe(true);
    expect(stale.has(hash('8'))).toBe(false);
  });
});

describe('settings', () => {
  it('are flattened, with what is empty left out', () => {
    expect(
      settingsOf({
        plan: { learner: 'dense', hyperparameters: { hidden: '64,32', rate: 0.01 } },
        balanced: false,
        spec: null,
        exclude: [],
        missing: ['', 'NA'],
        types: [{ column: 'age', type: 'integer' }],
      }),
    ).toEqual([
      { name: 'plan.learner', value: 'dense' },
      { name: 'plan.hyperparameters.hidden', value: '64,32' },
      { name: 'plan.hyperparameters.rate', value: '0.01' },
      { name: 'balanced', value: 'false' },
      { name: 'missing', value: '“”, NA' },
      { name: 'types 1', value: 'column age, type integer' },
    ]);
  });

  it('lose no plain value', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ minLength: 1 }), fc.oneof(fc.integer(), fc.boolean(), fc.string({ minLength: 1 }))), (params) => {
        expect(settingsOf(params)).toHaveLength(Object.keys(params).length);
      }),
    );
  });
});

describe('the nearest arrows', () => {
  it('leave out what a longer way makes plain', () => {
    const edges = [
      { from: 'table', to: 'split' },
      { from: 'split', to: 'recipe' },
      { from: 'table', to: 'recipe' },
      { from: 'recipe', to: 'model' },
      { from: 'table', to: 'model' },
    ];
    expect(nearestEdges(edges)).toEqual([edges[0], edges[1], edges[3]]);
  });

  it('lead everywhere that all arrows lead', () => {
    const acyclic = fc
      .array(fc.tuple(fc.nat(8), fc.nat(8)).filter(([a, b]) => a < b))
      .map((pairs) => pairs.map(([a, b]) => ({ from: String(a), to: String(b) })));
    const reach = (edges: readonly { from: string; to: string }[], id: string): string[] => {
      const seen = new Set<string>();
      const waiting = [id];
      for (let at = waiting.pop(); at !== undefined; at = waiting.pop())
        for (const edge of edges) if (edge.from === at && !seen.has(edge.to)) waiting.push((seen.add(edge.to), edge.to));
      return [...seen].sort();
    };
    fc.assert(
      fc.property(acyclic, (edges) => {
        for (let id = 0; id <= 8; id++) expect(reach(nearestEdges(edges), String(id))).toEqual(reach(edges, String(id)));
      }),
    );
  });
});

it('the time of a step is read off the log, and unknown where it was found', () => {
  const event = {
    project: 'project:x' as const,
    sequence: 1,
    at: 5,
    kind: 'step' as const,
    detail: { op: 'train', key: hash('c'), seconds: 1.5, measured: { backend: 'cpu' } },
    state: null,
  };
  expect(stepTime([event], hash('c'))).toEqual({ at: 5, seconds: 1.5, measured: { backend: 'cpu' } });
  expect(stepTime([event], hash('d'))).toBeNull();
});
