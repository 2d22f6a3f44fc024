import 'fake-indexeddb/auto';
import { afterEach, expect, it, vi } from 'vitest';
import { samples } from '../../../src/domain/data/samples';
import { openSample } from '../../../src/state/sampleProject';
import { Workspace } from '../../../src/state/workspace.svelte';
import { Database } from '../../../src/storage/database';
import { Locks, MemoryStorage } from './inProcess';

vi.mock('../../../src/jobs/steps', () => ({ startStep: () => undefined }));
vi.mock('../../../src/jobs/sources', () => ({ previewOf: () => Promise.resolve({ kind: 'refused', refusal: { code: 'emptyFile', details: { file: 'a.csv' } } }) }));
vi.mock('../../../src/state/samples', () => ({ sampleFile: () => Promise.resolve(new Blob([])) }));
afterEach(() => vi.unstubAllGlobals());

it('a project of a sample whose data cannot be read goes to the bin, and why is told', async () => {
  vi.stubGlobal('navigator', { locks: new Locks() });
  vi.stubGlobal('localStorage', new MemoryStorage());
  const workspace = await Workspace.open(new Database('failed-sample'));
  await expect(openSample(workspace, samples[0]!, 'A sample', 'Why?')).rejects.toMatchObject({ refusal: { code: 'emptyFile' } });
  expect(workspace.projects).toEqual([]);
  expect(workspace.bin.map(({ name }) => name)).toEqual(['A sample']);
});
