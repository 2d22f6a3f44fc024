import { describe, expect, it } from 'vitest';
import { askedOf, emptyState, type ProjectState, type Run } from '../../../src/domain/pipeline/project';
import { isRunStale } from '../../../src/state/stageState';

const hash = (digit: string): `sha256:${string}` => `sha256:${digit.repeat(64)}`;
const state: ProjectState = {
  ...emptyState,
  question: { ...emptyState.question, target: 'y' },
  versions: [{ number: 1, table: hash('1'), rows: 9, message: '', parent: null, line: 1 }],
  inHand: 1,
  split: hash('2'),
};
const run = { table: hash('1'), split: hash('2'), asked: askedOf(state) } as unknown as Run;
const stale = (over: Partial<ProjectState>): boolean => isRunStale({ state: { ...state, ...over } }, run);

describe('a run is out of date', () => {
  it('when another version is in hand, or another split', () => {
    expect(stale({})).toBe(false);
    expect(stale({ versions: [{ ...state.versions[0]!, table: hash('3') }] })).toBe(true);
    expect(stale({ split: hash('4') })).toBe(true);
  });

  it('when the question is another one, even before a new split is asked for', () => {
    expect(stale({ question: { ...state.question, exclude: ['leak'] } })).toBe(true);
    expect(stale({ question: { ...state.question, target: 'z' }, split: null })).toBe(true);
    expect(stale({ splitChoice: { ...state.splitChoice, seed: 2 }, split: null })).toBe(true);
  });

  it('not because of words, criteria or the order in which columns were left out', () => {
    expect(stale({ question: { ...state.question, text: 'Why?' }, criteria: [{ metric: 'recall', slice: [], direction: '>=', target: 0.5, why: '' }] })).toBe(false);
  });
});
