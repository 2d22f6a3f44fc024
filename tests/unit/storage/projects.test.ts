import { describe, expect, it } from 'vitest';
import { emptyState } from '../../../src/domain/pipeline/project';
import { faultsIn } from '../../../src/storage/check';
import { StorageError } from '../../../src/storage/database';
import { binProject, createProject, duplicateProject, eventsOf, moveTo, projectOf, redo, remark, renameProject, takePen, unbinProject, undo } from '../../../src/storage/projects';
import { failingAt, freshStore } from './memoryStore';

const asking = (text: string) => ({ ...emptyState, question: { ...emptyState.question, text } });

describe('a project', () => {
  it('moves to new states, goes back and forth by moving a pointer, and keeps every event', async () => {
    const { database, pen, project } = await freshStore();
    await moveTo(database, pen, 2_000, 'questionChanged', {}, asking('first'));
    await moveTo(database, pen, 3_000, 'questionChanged', {}, asking('second'));
    expect((await undo(database, pen, 4_000)).state.question.text).toBe('first');
    expect((await undo(database, pen, 5_000)).state).toEqual(emptyState);
    expect((await redo(database, pen, 6_000)).state.question.text).toBe('first');
    expect((await projectOf(database, project))?.state.question.text).toBe('first');
    expect((await eventsOf(database, project)).map((event) => event.kind)).toEqual(['created', 'questionChanged', 'questionChanged', 'undone', 'undone', 'redone']);
  });

  it('forgets what could be redone once something else is done, but the log does not', async () => {
    const { database, pen, project } = await freshStore();
    await moveTo(database, pen, 2_000, 'questionChanged', {}, asking('first'));
    await undo(database, pen, 3_000);
    await moveTo(database, pen, 4_000, 'questionChanged', {}, asking('other'));
    await expect(redo(database, pen, 5_000)).rejects.toThrow(RangeError);
    expect((await eventsOf(database, project)).some((event) => event.state?.question.text === 'first')).toBe(true);
  });

  it('does not move when a remark is made', async () => {
    const { database, pen } = await freshStore();
    await moveTo(database, pen, 2_000, 'questionChanged', {}, asking('first'));
    const opened = await remark(database, pen, 3_000, 'latency', { p50: 1 });
    expect(opened.state.question.text).toBe('first');
    expect(opened.head.undo).toEqual([0]);
  });

  it('refuses the pen of a writer that was taken over from', async () => {
    const { database, pen, project } = await freshStore();
    const taker = await takePen(database, project);
    await expect(moveTo(database, pen, 2_000, 'questionChanged', {}, asking('late'))).rejects.toMatchObject({ problem: 'fenced' });
    expect((await moveTo(database, taker, 2_000, 'questionChanged', {}, asking('mine'))).state.question.text).toBe('mine');
  });

  it('is renamed, binned and taken out of the bin', async () => {
    const { database, pen, project } = await freshStore();
    await renameProject(database, pen, 2_000, 'Other');
    await binProject(database, pen, 3_000);
    expect((await projectOf(database, project))?.head).toMatchObject({ name: 'Other', binned: 3_000 });
    await unbinProject(database, pen, 4_000);
    expect((await projectOf(database, project))?.head.binned).toBeNull();
  });

  it('is duplicated with its log, and the two move apart', async () => {
    const { database, pen, project } = await freshStore();
    await moveTo(database, pen, 2_000, 'questionChanged', {}, asking('shared'));
    await duplicateProject(database, project, 'project:copy', 'Copy', 3_000);
    const copyPen = await takePen(database, 'project:copy');
    await moveTo(database, copyPen, 4_000, 'questionChanged', {}, asking('own'));
    expect((await projectOf(database, project))?.state.question.text).toBe('shared');
    expect((await projectOf(database, 'project:copy'))?.state.question.text).toBe('own');
    expect(await faultsIn(database, 'full')).toEqual([]);
  });
});

describe('a write that fails', () => {
  it('leaves the last state or the next, whichever write it was', async () => {
    for (const name of ['QuotaExceededError', 'AbortError', 'DataError']) {
      for (let n = 1; ; n++) {
        const { database, pen, project } = await freshStore();
        await moveTo(database, pen, 2_000, 'questionChanged', {}, asking('before'));
        const { reached, failure } = await failingAt(n, new DOMException('planted', name), () => moveTo(database, pen, 3_000, 'questionChanged', {}, asking('after')));
        expect(await faultsIn(database, 'full')).toEqual([]);
        const text = (await projectOf(database, project))?.state.question.text;
        if (!reached) {
          expect(failure).toBeUndefined();
          expect(text).toBe('after');
          break;
        }
        expect(failure).toBeDefined();
        expect(text).toBe('before');
        if (name === 'QuotaExceededError') expect((failure as StorageError).problem).toBe('quota');
      }
    }
  });

  it('makes no half of a project', async () => {
    for (let n = 1; ; n++) {
      const { database } = await freshStore();
      const { reached } = await failingAt(n, new DOMException('planted', 'QuotaExceededError'), () => createProject(database, 'project:half', 'Half', 1));
      if (!reached) break;
      expect(await projectOf(database, 'project:half')).toBeUndefined();
      expect(await eventsOf(database, 'project:half')).toEqual([]);
    }
  });
});
