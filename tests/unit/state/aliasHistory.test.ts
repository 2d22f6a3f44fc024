import { describe, expect, it } from 'vitest';
import { aliasHistory } from '../../../src/state/aliasHistory';
import { freshStore } from '../storage/memoryStore';
import { eventsOf, moveTo, redo, remark, undo } from '../../../src/storage/projects';
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
  event(5, 'undone', null, { from: 4, to: 2 }),
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
  it('follows what was undone and redone in a real log, down to the empty state', async () => {
    const { database, pen, project } = await freshStore();
    await moveTo(database, pen, 2_000, 'aliasMoved', { why: 'the best' }, { ...emptyState, champion: 1 });
    await moveTo(database, pen, 3_000, 'aliasMoved', { why: 'better' }, { ...emptyState, champion: 2 });
    await undo(database, pen, 4_000);
    await remark(database, pen, 4_500, 'latency', {});
    await undo(database, pen, 5_000);
    await redo(database, pen, 6_000);
    const log = await eventsOf(database, project);
    expect([1_500, 2_500, 3_500, 4_200, 4_700, 5_500, 6_500].map((instant) => championAt(log, instant))).toEqual([null, 1, 2, 1, 1, null, 1]);
    expect(aliasHistory(log).map(({ from, to, by, at }) => [from, to, by, at])).toEqual([
      [null, 1, 'redone', 6_000],
      [1, null, 'undone', 5_000],
      [2, 1, 'undone', 4_000],
      [1, 2, 'choice', 3_000],
      [null, 1, 'choice', 2_000],
    ]);
  });
});
