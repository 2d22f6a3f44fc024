import 'fake-indexeddb/auto';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { registerRun } from '../../../src/state/deployment';
import { exportedFile, exportedFiles } from '../../../src/state/exporting';
import type { OpenProject } from '../../../src/state/project.svelte';
import { trainRun } from '../../../src/state/training';
import type { ModelVersion } from '../../../src/domain/pipeline/project';
import { ChunkWriter, keepArtifact } from '../../../src/storage/artifacts';
import { sourceHash } from '../../../workers/data/sourceHash';
import { openedProject } from './openedProject';

const packageOf = vi.hoisted(() => vi.fn());
vi.mock('../../../src/jobs/steps', async () => ({ startStep: (await import('./inProcess')).startStep }));
vi.mock('../../../src/jobs/sources', () => ({ sourceHash: (file: Blob) => sourceHash(file, () => undefined) }));
vi.mock('../../../src/jobs/browsing', () => ({
  predictionsOf: (_database: string, _table: string, _scores: string, _threshold: number, piece: (text: string) => void) => (piece('row_key,'), piece('predicted\n'), Promise.resolve()),
}));
vi.mock(import('../../../src/state/deployment'), async (original) => ({ ...(await original()), packageOf }));

let project: OpenProject;
let version: ModelVersion;

beforeAll(async () => {
  project = await openedProject();
  version = await registerRun(project, await trainRun(project, { learner: 'baseline', hyperparameters: {}, seed: 1, engine: 'cpu', balanced: false }), []);
  const pen = { project: project.id, epoch: project.head.epoch };
  const writer = new ChunkWriter(project.database, pen);
  const chunks = [await writer.write(new TextEncoder().encode('first ') as Uint8Array<ArrayBuffer>), await writer.write(new TextEncoder().encode('second') as Uint8Array<ArrayBuffer>)];
  await writer.flush();
  const body = { files: [{ path: 'model.onnx', bytes: 12, pieces: [0, 1] }, { path: 'empty.txt', bytes: 0, pieces: [] }] };
  const id = await keepArtifact(project.database, pen, { kind: 'package', schema: 1, body, chunks });
  packageOf.mockResolvedValue({ artifact: { id, kind: 'package', schema: 1, body, chunks } });
});
beforeEach(() => packageOf.mockClear());
afterAll(() => vi.unstubAllGlobals());

const textOf = ({ bytes }: { readonly bytes: Uint8Array }): string => new TextDecoder().decode(bytes);

describe('one file of an export', () => {
  it('is what all of them have under that path', async () => {
    const paths: string[] = [];
    for await (const file of exportedFiles(project, version)) {
      paths.push(file.path);
      expect(textOf(await exportedFile(project, version, file.path)), file.path).toBe(textOf(file));
    }
    expect(paths).toEqual(['model.onnx', 'empty.txt', 'card.html', 'card.md', 'pipeline.yaml', 'predictions.csv']);
    expect(textOf(await exportedFile(project, version, 'model.onnx'))).toBe('first second');
  });

  it.each(['card.html', 'predictions.csv'])('that rests on no package makes none: %s', async (path) => {
    await exportedFile(project, version, path);
    expect(packageOf).not.toHaveBeenCalled();
  });

  it('that there is not is an error', async () => {
    await expect(exportedFile(project, version, 'other.txt')).rejects.toThrow('an export has no file other.txt');
  });
});
