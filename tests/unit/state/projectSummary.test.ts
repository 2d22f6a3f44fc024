import 'fake-indexeddb/auto';
import { expect, it } from 'vitest';
import { freshStore } from '../storage/memoryStore';
import { projectHeads, remark } from '../../../src/storage/projects';
import { emptyState, type ProjectEvent, type ProjectHead } from '../../../src/domain/pipeline/project';
import { lastBackup, projectSummaries, summaryOf } from '../../../src/state/projectSummary';

const head: ProjectHead = { id: 'project:x', name: 'X', epoch: 0, sequence: 2, at: 0, undo: [], redo: [], created: 1, changed: 2, binned: null, sample: null };
const event = (sequence: number, kind: ProjectEvent['kind'], detail: ProjectEvent['detail']): ProjectEvent => ({ project: 'project:x', sequence, at: sequence * 10, kind, detail, state: null });

it('the last backup is the latest that was noted', () => {
  expect(lastBackup([])).toBeNull();
  expect(lastBackup([event(1, 'backedUp', { bytes: 5 }), event(2, 'backedUp', { bytes: 7 }), event(3, 'renamed', {})])).toEqual({ at: 20, bytes: 7 });
});

it('a new project has nothing to tell yet', () => {
  expect(summaryOf(head, emptyState, null)).toEqual({ head, version: null, rows: null, champion: null, learner: null, task: null, runs: 0, question: '', backup: null });
});

it('the note of a backup is found however far back it is, and kept while the log grows', async () => {
  const { database, pen } = await freshStore();
  const read = async (known?: Awaited<ReturnType<typeof projectSummaries>>) => projectSummaries(database, await projectHeads(database), known);
  const grown = async (times: number): Promise<void> => {
    for (let i = 0; i < times; i++) await remark(database, pen, 50, 'probe', {});
  };
  expect((await read())[0]!.backup).toBeNull();
  await remark(database, pen, 40, 'backedUp', { bytes: 9 });
  await grown(70);
  const known = await read();
  expect(known[0]!.backup).toEqual({ at: 40, bytes: 9 });
  await grown(1);
  expect((await read(known))[0]).toEqual((await read())[0]);
  await remark(database, pen, 60, 'backedUp', { bytes: 11 });
  await grown(40);
  const later = await read(known);
  expect(later[0]!.backup).toEqual({ at: 60, bytes: 11 });
  expect(await read(later)).toEqual(later);
});
