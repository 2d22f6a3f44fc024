import { expect, it } from 'vitest';
import { emptyState, type EventKind, type ProjectEvent } from '../../../src/domain/pipeline/project';
import { moveBehind } from '../../../src/state/undoing';

let sequence = 0;
const event = (kind: EventKind, detail: ProjectEvent['detail'] = {}, moves = true): ProjectEvent => ({ project: 'project:x', sequence: ++sequence, at: 0, kind, detail, state: moves ? emptyState : null });

it('the change behind a state is its own move, or the move that the state followed from', () => {
  sequence = 0;
  const events = [
    event('created', {}, false), // 1
    event('imported'), // 2
    event('step', {}, false), // 3
    event('splitMade'), // 4: follows from 2
    event('runKept', { learner: 'linear' }), // 5
    event('runKept', { run: 'run:1' }), // 6: follows from 5
    event('undone', { from: 6, to: 4 }, false), // 7
    event('splitMade'), // 8: follows from the state of 4, and so from 2
    event('packaged'), // 9
  ];
  expect(moveBehind(events, 2)?.kind).toBe('imported');
  expect(moveBehind(events, 4)?.sequence).toBe(2);
  expect(moveBehind(events, 6)?.sequence).toBe(5);
  expect(moveBehind(events, 9)?.sequence).toBe(2);
  expect(moveBehind(events, 99)).toBeUndefined();
});
