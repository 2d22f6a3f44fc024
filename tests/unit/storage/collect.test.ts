import { describe, expect, it } from 'vitest';
import { artifactId, type Manifest } from '../../../src/domain/pipeline/artifact';
import { hashOfText, type Hash } from '../../../src/domain/pipeline/digest';
import type { OpName } from '../../../src/domain/pipeline/ops';
import { emptyState, type Run } from '../../../src/domain/pipeline/project';
import { stepKey, type StepRequest } from '../../../src/domain/pipeline/step';
import { ChunkWriter, keepArtifact, keepStep } from '../../../src/storage/artifacts';
import { faultsIn } from '../../../src/storage/check';
import { checkpointOf, keepCheckpoint } from '../../../src/storage/checkpoints';
import { collect, remains, removeProject } from '../../../src/storage/collect';
import { bury, removedProjects, tombstonesOf } from '../../../src/storage/tombstones';
import type { Database, Pen } from '../../../src/storage/database';
import { duplicateProject, eventsOf, moveForGood, moveTo, remark, takePen, undo } from '../../../src/storage/projects';
import { livingReach } from '../../../src/storage/reach';
import { freshStore } from './memoryStore';

const bytes = (text: string) => new TextEncoder().encode(text) as Uint8Array<ArrayBuffer>;

async function tableOf(database: Database, pen: Pen, text: string): Promise<Hash> {
  const writer = new ChunkWriter(database, pen);
  const chunks = [await writer.write(bytes(text))];
  await writer.flush();
  return keepArtifact(database, pen, { kind: 'table', schema: 1, body: { text }, chunks });
}

const runOf = (table: Hash): Run => ({
  id: 'run:1',
  number: 1,
  plan: { learner: 'linear', hyperparameters: {}, seed: 1, engine: 'cpu' },
  version: 1,
  table,
  split: table,
  recipe: table,
  model: table,
  backend: 'cpu',
  scores: table,
  report: table,
  test: null,
  crossValidated: false,
  asked: '',
  preparation: null,
});

const naming = (...tables: Hash[]) => ({
  ...emptyState,
  versions: tables.map((table, i) => ({ number: i + 1, table, rows: 1, message: '', parent: null, line: 1 })),
  inHand: tables.length,
});

describe('a checkpoint', () => {
  it('stays while the data that its training reads are named, and goes with the project', async () => {
    const { database, pen } = await freshStore();
    const table = await tableOf(database, pen, 'a');
    await moveTo(database, pen, 2, 'imported', {}, naming(table));
    const key = await hashOfText('training');
    await keepCheckpoint(database, pen, key, bytes('weights'), [table]);
    await collect(database);
    expect(await checkpointOf(database, key)).toEqual(bytes('weights'));
    await removeProject(database, pen, 9_000);
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
    await moveForGood(database, pen, 3, 'deletedForGood', {}, naming(two));
    await bury(database, pen, [one], 'version', 3);
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

  it('is free to go on naming, as where a run came from, what was removed for good', async () => {
    const { database, pen } = await freshStore();
    const [one, two] = [await tableOf(database, pen, 'one'), await tableOf(database, pen, 'two')];
    await moveTo(database, pen, 2, 'imported', {}, naming(one, two));
    const learnt = { ...naming(two), runs: [{ ...runOf(two), table: one }] };
    await moveForGood(database, pen, 3, 'deletedForGood', {}, learnt);
    await bury(database, pen, [one], 'version', 3);
    await collect(database);
    expect(await remains(database, [one, two], [])).toEqual([two]);
    expect((await moveTo(database, pen, 4, 'questionChanged', {}, { ...learnt, threshold: 0.4 })).state.threshold).toBe(0.4);
    await collect(database);
    expect(await remains(database, [one, two], [])).toEqual([two]);
  });
});

describe('what one project removed for good', () => {
  it('comes back when it is made again: the next collection leaves it', async () => {
    const { database, pen, project } = await freshStore();
    const two = await tableOf(database, pen, 'two');
    const importOne = async (): Promise<Hash> => {
      const writer = new ChunkWriter(database, pen);
      const output: Manifest<unknown> = { kind: 'table', schema: 1, body: { text: 'one' }, chunks: [await writer.write(bytes('one'))] };
      await writer.flush();
      const source = await keepArtifact(database, pen, { kind: 'source', schema: 1, body: { sha256: 'of one' }, chunks: [] });
      const request: StepRequest = { op: 'import', params: {}, inputs: { source } };
      await keepStep(database, pen, { ...request, version: 1, key: await stepKey(request), output: await artifactId(output) }, output);
      return artifactId(output);
    };
    const one = await importOne();
    await moveTo(database, pen, 2, 'imported', {}, naming(one, two));
    await moveForGood(database, pen, 3, 'deletedForGood', {}, naming(two));
    await bury(database, pen, [one], 'version', 3);
    await collect(database);
    expect(await remains(database, [one], [])).toEqual([]);
    expect(await tombstonesOf(database, project)).toEqual([{ project, artifact: one, at: 3, what: 'version' }]);

    expect(await importOne()).toBe(one);
    await moveTo(database, pen, 4, 'imported', {}, naming(two, one));
    await collect(database);
    expect(await remains(database, [one, two], [await hashOfText('one')])).toHaveLength(3);
    expect(await tombstonesOf(database, project)).toEqual([]);
    // Taken back by undo, it is still in the log and no longer buried.
    await undo(database, pen, 5);
    await collect(database);
    expect(await remains(database, [one], [])).toEqual([one]);
  });

  it('is taken up again by a move to what is still there, without being made', async () => {
    const { database, pen } = await freshStore();
    const [one, two] = [await tableOf(database, pen, 'one'), await tableOf(database, pen, 'two')];
    await moveTo(database, pen, 2, 'imported', {}, naming(one, two));
    await moveForGood(database, pen, 3, 'deletedForGood', {}, naming(two));
    await bury(database, pen, [one], 'version', 3);
    await moveTo(database, pen, 4, 'imported', {}, naming(two, one));
    await collect(database);
    expect(await remains(database, [one, two], [])).toHaveLength(2);
  });

  it('stays for a duplicate that shares it, is in no backup, and goes when the duplicate removes it too', async () => {
    const { database, pen, project } = await freshStore();
    const [one, two] = [await tableOf(database, pen, 'one'), await tableOf(database, pen, 'two')];
    await moveTo(database, pen, 2, 'imported', {}, naming(one, two));
    await duplicateProject(database, project, 'project:copy', 'Copy', 3);
    await moveForGood(database, pen, 4, 'deletedForGood', {}, naming(two));
    await bury(database, pen, [one], 'version', 4);
    await collect(database);
    expect(await remains(database, [one], [await hashOfText('one')])).toHaveLength(2);
    expect((await livingReach(database, [project])).artifacts.has(one)).toBe(false);
    expect(await faultsIn(database, 'full')).toEqual([]);

    const copyPen = await takePen(database, 'project:copy');
    await moveForGood(database, copyPen, 5, 'deletedForGood', {}, naming(two));
    await bury(database, copyPen, [one], 'version', 5);
    await collect(database);
    expect(await remains(database, [one, two], [await hashOfText('one')])).toEqual([two]);
    expect(await faultsIn(database, 'full')).toEqual([]);
  });

  it('stays removed for a duplicate made afterwards: it has the same log', async () => {
    const { database, pen, project } = await freshStore();
    const [one, two] = [await tableOf(database, pen, 'one'), await tableOf(database, pen, 'two')];
    await moveTo(database, pen, 2, 'imported', {}, naming(one, two));
    await moveForGood(database, pen, 3, 'deletedForGood', {}, naming(two));
    await bury(database, pen, [one], 'version', 3);
    await duplicateProject(database, project, 'project:after', 'After', 4);
    await collect(database);
    expect(await remains(database, [one, two], [])).toEqual([two]);
  });

  it('leaves no tombstone of its own when the whole project goes, but one that says that there was a project', async () => {
    const { database, pen, project } = await freshStore();
    const [one, two] = [await tableOf(database, pen, 'one'), await tableOf(database, pen, 'two')];
    await moveTo(database, pen, 2, 'imported', {}, naming(one, two));
    await bury(database, pen, [one], 'version', 3);
    await removeProject(database, pen, 4);
    await collect(database);
    expect(await tombstonesOf(database)).toEqual([]);
    expect(await removedProjects(database)).toEqual([{ project, at: 4 }]);
    expect(await remains(database, [one, two], [])).toEqual([]);
  });
});

describe('a frugal collection', () => {
  const kept = ['table', 'split', 'recipe', 'model', 'scores', 'report'] as const;
  const pruned = ['profile', 'comparison', 'diff'] as const;

  it('prunes what only remarks name and can be computed again; what states name and its lineage stay, and the store is sound', async () => {
    const { database, pen } = await freshStore();
    const table = await tableOf(database, pen, 'a');
    const made = new Map<string, Hash>([['table', table]]);
    const ops: readonly (readonly [OpName, string])[] = [
      ['split', 'split'], ['recipe', 'recipe'], ['train', 'model'], ['score', 'scores'], ['evaluate', 'report'], ['profile', 'profile'], ['compare', 'comparison'], ['diff', 'diff'],
    ];
    for (const [op, kind] of ops) {
      const output = { kind, schema: 1, body: { of: op }, chunks: [] } as Manifest<unknown>;
      const request: StepRequest = { op, params: {}, inputs: { table } };
      const step = { ...request, version: 1, key: await stepKey(request), output: await artifactId(output) };
      await keepStep(database, pen, step, output);
      await remark(database, pen, 3, 'step', { op, key: step.key, output: step.output });
      made.set(kind, step.output);
    }
    const id = (kind: string): Hash => made.get(kind)!;
    const run = { ...runOf(table), split: id('split'), recipe: id('recipe'), model: id('model'), scores: id('scores'), report: id('report') };
    await moveTo(database, pen, 4, 'runKept', {}, { ...naming(table), split: id('split'), runs: [run] });
    await collect(database);
    expect(await remains(database, [...kept, ...pruned].map(id), [])).toHaveLength(kept.length + pruned.length);
    expect(await collect(database, true)).toMatchObject({ artifacts: pruned.length, steps: pruned.length, chunks: 0 });
    expect(await remains(database, pruned.map(id), [])).toEqual([]);
    expect(await remains(database, kept.map(id), [])).toEqual(kept.map(id));
    expect(await faultsIn(database, 'full')).toEqual([]);
  });
});
