import 'fake-indexeddb/auto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { profileOfVersion } from '../../../src/state/data';
import { OpenProject } from '../../../src/state/project.svelte';
import { sourceHash } from '../../../workers/data/sourceHash';
import { openedProject } from './openedProject';

vi.mock('../../../src/jobs/steps', async () => ({ startStep: (await import('./inProcess')).startStep }));
vi.mock('../../../src/jobs/sources', () => ({ sourceHash: (file: Blob) => sourceHash(file, () => undefined) }));
afterEach(() => vi.unstubAllGlobals());

describe('the state of an open project', () => {
  it('is another one only when the project moved: not for a remark, nor for a step that was computed', async () => {
    const project = await openedProject();
    const { state, stand, head } = project;
    await project.remark('probe', { engine: 'cpu' });
    await project.rename('Another name');
    await project.amend('splitMade', {}, (now) => now);
    expect(project.state).toBe(state);
    expect(project.stand).toBe(stand);
    expect(project.head).not.toBe(head);
    await profileOfVersion(project);
    expect(project.state).toBe(state);
    expect(project.stand).not.toBe(stand);
    await project.move('thresholdChanged', {}, (now) => ({ ...now, threshold: 0.3 }));
    expect(project.state.threshold).toBe(0.3);
    await project.undo();
    expect(project.state).toEqual(state);
    await project.redo();
    expect(project.state.threshold).toBe(0.3);
    await project.moveForGood('deletedForGood', {}, (now) => ({ ...now, threshold: 0.4 }));
    expect(project.state.threshold).toBe(0.4);
  });

  it('is what is on disk', async () => {
    const project = await openedProject();
    await project.move('thresholdChanged', {}, (now) => ({ ...now, threshold: 0.3 }));
    await project.remark('probe', {});
    await project.close();
    const again = await OpenProject.open(project.database, project.id);
    expect(again.state).toEqual(project.state);
    expect(again.head.at).toBe(project.head.at);
  });

  it('holds every move that was made before the project was left, also one that waited for another', async () => {
    const project = await openedProject();
    const moves = [0.1, 0.2, 0.3].map((threshold) => project.move('thresholdChanged', {}, (now) => ({ ...now, threshold })));
    // What had not begun to be computed is not computed any more.
    const profiling = expect(profileOfVersion(project)).rejects.toMatchObject({ refusal: { code: 'storageFenced' } });
    await project.close();
    await Promise.all(moves);
    await profiling;
    const again = await OpenProject.open(project.database, project.id);
    expect(again.state.threshold).toBe(0.3);
    expect(again.writable).toBe(true);
    await expect(project.move('thresholdChanged', {}, (now) => ({ ...now, threshold: 0.9 }))).rejects.toMatchObject({ refusal: { code: 'storageFenced' } });
    await again.close();
  });
});
