import { describe, expect, it } from 'vitest';
import { artifactId, type Manifest } from '../../../src/domain/pipeline/artifact';
import { hashOfText, type Hash } from '../../../src/domain/pipeline/digest';
import { emptyState } from '../../../src/domain/pipeline/project';
import { stepKey, type StepRequest } from '../../../src/domain/pipeline/step';
import { ChunkWriter, keepArtifact, keepStep } from '../../../src/storage/artifacts';
import { faultsIn } from '../../../src/storage/check';
import { checkpointOf, keepCheckpoint } from '../../../src/storage/checkpoints';
import { bury, collect, remains, removeProject } from '../../../src/storage/collect';
import type { Database, Pen } from '../../../src/storage/database';
import { eventsOf, moveTo, remark } from '../../../src/storage/projects';
import { freshStore } from './memoryStore';

const bytes = (text: string) => new TextEncoder().encode(text) as Uint8Array<ArrayBuffer>;

async function tableOf(database: Database, pen: Pen, text: string): Promise<Hash> {
  const writer = new ChunkWriter(database, pen);
  const chunks = [await writer.write(bytes(text))];
  await writer.flush();
  return keepArtifact(database, pen, { kind: 'table', schema: 1, body: { text }, chunks });
}

const naming = (...tables: Hash[]) => ({
  ...emptyState,
  versions: tables.map((table, i) => ({ number: i + 1, table, rows: 1, message: '', parent: null })),
  inHand: tables.length,
});

describe('a checkpoint', () => {
  it('stays while the data that its training reads are named, and goes with the project', async () => {
    const { database, pen, project } = await freshStore();
    const table = await tableOf(database, pen, 'a');
    await moveTo(database, pen, 2, 'imported', {}, naming(table));
    const key = await hashOfText('training');
    await keepCheckpoint(database, pen, key, bytes('weights'), [table]);
    await collect(database);
    expect(await checkpointOf(database, key)).toEqual(bytes('weights'));
    await removeProject(database, project);
    await collect(database);
    expect(await checkpointOf(database, key)).toBeUndefined();
  });

  it('goes with a version that is removed for good, and only with that one', async () => {
    const { database, pen } = await freshStore();
    const [one, two] = [await tableOf(database, pen, 'one'), await tableOf(database, pen, 'two')];
    await moveTo(database, pen, 2, 'imported', {}, naming(one, two));
    const [first, second] = [await hashOfText('first'), await hashOfText('second')];
    await keepCheckpoint(database, pen, first, bytes('learnt from one'), [one]);
    await keepCheckpoint(database, pen, second, bytes('learnt from two'), [two]);
    await bury(database, [one], 'version', 3);
    await collect(database);
    expect(await checkpointOf(database, first)).toBeUndefined();
    expect(await checkpointOf(database, second)).toEqual(bytes('learnt from two'));
  });
});

describe('a move', () => {
  it('to a state that names what the collector took is refused, and leaves no trace', async () => {
    const { database, pen, project } = await freshStore();
    const table = await tableOf(database, pen, 'named by nothing yet');
    await collect(database);
    await expect(moveTo(database, pen, 2, 'imported', {}, naming(table))).rejects.toMatchObject({ problem: 'damaged' });
    expect(await eventsOf(database, project)).toHaveLength(1);
    expect(await faultsIn(database, 'full')).toEqual([]);
  });

  it('is free to go on naming what was removed for good', async () => {
    const { database, pen } = await freshStore();
    const [one, two] = [await tableOf(database, pen, 'one'), await tableOf(database, pen, 'two')];
    await moveTo(database, pen, 2, 'imported', {}, naming(one, two));
    await bury(database, [one], 'version', 3);
    await collect(database);
    expect(await remains(database, [one], [])).toEqual([]);
    expect((await moveTo(database, pen, 4, 'questionChanged', {}, { ...naming(one, two), threshold: 0.4 })).state.threshold).toBe(0.4);
  });
});

describe('a frugal collection', () => {
  it('prunes what only remarks name, and the store is sound without it', async () => {
    const { database, pen } = await freshStore();
    const table = await tableOf(database, pen, 'a');
    await moveTo(database, pen, 2, 'imported', {}, naming(table));
    const output: Manifest<unknown> = { kind: 'profile', schema: 1, body: { profiles: [] }, chunks: [] };
    const request: StepRequest = { op: 'profile', params: {}, inputs: { table } };
    const step = { ...request, version: 1, key: await stepKey(request), output: await artifactId(output) };
    await keepStep(database, pen, step, output);
    await remark(database, pen, 3, 'step', { op: 'profile', key: step.key, output: step.output });
    await collect(database);
    expect(await remains(database, [step.output], [])).toHaveLength(1);
    await collect(database, true);
    expect(await remains(database, [step.output], [])).toEqual([]);
    expect(await remains(database, [table], [])).toEqual([table]);
    expect(await faultsIn(database, 'full')).toEqual([]);
  });
});
