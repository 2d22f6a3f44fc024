import { describe, expect, it } from 'vitest';
import { aliasHistory } from '../../../src/state/aliasHistory';
import { championAt, emptyState, type EventKind, type ProjectEvent, type ProjectState } from '../../../src/domain/pipeline/project';

const event = (sequence: number, kind: EventKind, state: Partial<ProjectState> | null, detail: ProjectEvent['detail'] = {}): ProjectEvent => ({
  project: 'project:a',
  sequence,
  at: sequence * 1000,
  kind,
  detail,
  state: state === null ? null : { ...emptyState, ...state },
});

const events = [
  event(1, 'created', {}),
  event(2, 'aliasMoved', { champion: 1 }, { alias: 'champion', why: 'the best' }),
  event(3, 'latency', null),
  event(4, 'aliasMoved', { champion: 2 }, { alias: 'champion', why: 'better still' }),
  event(5, 'undone', { champion: 1 }),
];

describe('aliasHistory', () => {
  it('lists every change of a role, the latest first, with its reason', () => {
    expect(aliasHistory(events).map(({ from, to, why, by }) => [from, to, why, by])).toEqual([
      [2, 1, '', 'undone'],
      [1, 2, 'better still', 'choice'],
      [null, 1, 'the best', 'choice'],
    ]);
  });
  it('agrees with what the log says of each instant', () => {
    for (const move of aliasHistory(events)) expect(championAt(events, move.at)).toBe(move.to);
  });
  it('is empty where no role was given', () => {
    expect(aliasHistory(events.slice(0, 1))).toEqual([]);
  });
});
