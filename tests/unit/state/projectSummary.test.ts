import { expect, it } from 'vitest';
import { emptyState, type ProjectEvent, type ProjectHead } from '../../../src/domain/pipeline/project';
import { lastBackup, summaryOf } from '../../../src/state/projectSummary';

const head: ProjectHead = { id: 'project:x', name: 'X', epoch: 0, sequence: 2, at: 0, undo: [], redo: [], created: 1, changed: 2, binned: null, sample: null };
const event = (sequence: number, kind: ProjectEvent['kind'], detail: ProjectEvent['detail']): ProjectEvent => ({ project: 'project:x', sequence, at: sequence * 10, kind, detail, state: null });

it('the last backup is the latest that was noted', () => {
  expect(lastBackup([])).toBeNull();
  expect(lastBackup([event(1, 'backedUp', { bytes: 5 }), event(2, 'backedUp', { bytes: 7 }), event(3, 'renamed', {})])).toEqual({ at: 20, bytes: 7 });
});

it('a new project has nothing to tell yet', () => {
  expect(summaryOf(head, emptyState, [])).toEqual({ head, version: null, rows: null, champion: null, learner: null, task: null, runs: 0, question: '', backup: null });
});
