/** The store in a real browser: writers that are killed, disks that are full, connections that die, tabs that want the same thing. */
import { proxy } from 'comlink';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { cdp } from 'vitest/browser';
import { checkpointKey, type Order, type Told } from './writingWorker';
import { RemoteWorker } from '../../src/jobs/remote';
import type { Json } from '../../src/domain/canonical';
import { hashOfText, type Hash } from '../../src/domain/pipeline/digest';
import { emptyState, type ProjectId } from '../../src/domain/pipeline/project';
import { seeded } from '../../src/domain/random';
import { importFile } from '../../src/state/data';
import { Workspace } from '../../src/state/workspace.svelte';
import { artifactOf, chunkOf, ChunkWriter, keepArtifact } from '../../src/storage/artifacts';
import { writeBackup, restoreBackup } from '../../src/storage/backup';
import { faultsIn } from '../../src/storage/check';
import { checkpointOf, keepCheckpoint } from '../../src/storage/checkpoints';
import { collect, remains, whileCollectorWaits } from '../../src/storage/collect';
import { Database, migrations, StorageError, type Pen } from '../../src/storage/database';
import { createProject, eventsOf, moveTo, projectOf, takePen } from '../../src/storage/projects';
import { becomeWriter } from '../../src/storage/writer';
import { detectOptions } from '../../workers/data/import/detectOptions';
import type { StepApi, StepOutcome } from '../../workers/steps/api';

const run = `storage-test-${crypto.randomUUID()}`;
let next = 0;
let name: string;
const made = new Set<string>();
const open: Database[] = [];

const databaseOf = (...parts: ConstructorParameters<typeof Database>): Database => {
  const database = new Database(...parts);
  open.push(database);
  return database;
};

beforeEach(() => {
  name = `${run}-${next++}`;
  made.add(name);
});
afterAll(async () => {
  for (const database of open) await database.close();
  for (const one of made) indexedDB.deleteDatabase(one);
});

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));
const project: ProjectId = 'project:one';

async function fresh(): Promise<{ database: Database; pen: Pen }> {
  const database = databaseOf(name);
  await createProject(database, project, 'A test', 1);
  return { database, pen: await takePen(database, project) };
}

const asking = (text: string) => ({ ...emptyState, question: { ...emptyState.question, text } });

/** A raw connection, such as a tab of another version holds. */
const rawOpen = (version?: number): Promise<IDBDatabase> =>
  new Promise((resolve, reject) => {
    const request = indexedDB.open(name, version);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error!);
  });

function csvOf(rows: number): File {
  const random = seeded(5);
  const lines = ['a,b,c,label'];
  for (let row = 0; row < rows; row++) lines.push(`${random.normal()},${random.normal()},${'xyz'[row % 3]!},${row % 2 === 0 ? 'yes' : 'no'}`);
  return new File([`${lines.join('\n')}\n`], 'table.csv');
}

/** Imports a file by a worker of ours. */
async function importedBy(spawn: () => Worker, database: Database, pen: Pen, file: File): Promise<StepOutcome> {
  const source = await keepArtifact(database, pen, { kind: 'source', schema: 1, body: { sha256: await hashOfText(String(file.size)), bytes: file.size }, chunks: [] });
  const options = await detectOptions(file, file.name);
  const worker = await RemoteWorker.start<StepApi>(spawn);
  try {
    const call = {
      database: database.name,
      pen,
      request: { op: 'import' as const, params: { options, target: 'label', group: null } as unknown as Json, inputs: { source } },
      files: [{ input: 'source', file, name: file.name }],
    };
    return (await worker.race(worker.api.perform(call, proxy(() => undefined)))) as StepOutcome;
  } finally {
    worker.end();
  }
}

// First, while the browser knows of no room: it remembers for half a minute how much there was, and asks nobody before that is used up.
it('the browser\'s own quota, when it is used up, ends an import as a value; raised, the same import is done', async () => {
  const file = csvOf(60_000);
  const { usage = 0 } = await navigator.storage.estimate();
  const spawn = (): Worker => new Worker(new URL('../../workers/data/worker.ts', import.meta.url), { type: 'module' });
  const quota = (quotaSize?: number): Promise<unknown> =>
    (cdp() as unknown as { send(method: string, params: object): Promise<unknown> }).send('Storage.overrideQuotaForOrigin', { origin: location.origin, ...(quotaSize === undefined ? {} : { quotaSize }) });
  await quota(usage + 400_000);
  const { database, pen } = await fresh();
  const before = await projectOf(database, project);
  try {
    expect(await importedBy(spawn, database, pen, file)).toEqual({ kind: 'storage', problem: 'quota' });
  } finally {
    await quota();
  }
  expect(await faultsIn(database, 'full')).toEqual([]);
  expect(await projectOf(database, project)).toEqual(before);
  expect((await importedBy(spawn, database, pen, file)).kind).toBe('done');
});

describe('a writer that is killed at any instant', () => {
  it('leaves a sound store with everything it was promised, sixty times', async () => {
    const random = seeded(20);
    const key = await checkpointKey;
    let promises = 0;
    let withoutAny = 0;
    for (let trial = 0; trial < 60; trial++) {
      if (trial % 10 === 0) {
        name = `${run}-killed-${trial}`;
        made.add(name);
        await createProject(databaseOf(name), project, 'A test', 1);
      }
      const database = databaseOf(name);
      const worker = new Worker(new URL('./writingWorker.ts', import.meta.url), { type: 'module' });
      const moved: { sequence: number; table: Hash }[] = [];
      let saved = 0;
      const writing = new Promise<void>((resolve, reject) => {
        worker.onerror = (event) => reject(new Error(event.message));
        worker.onmessage = ({ data }: MessageEvent<Told>) => {
          if (data.kind === 'writing') resolve();
          else if (data.kind === 'saved') saved = data.count;
          else moved.push(data);
        };
      });
      worker.postMessage({ database: name, pen: await takePen(database, project), seed: trial + 1 } satisfies Order);
      await writing;
      await pause(120 * random.next());
      worker.terminate();
      expect(await faultsIn(database, 'full'), `trial ${trial}`).toEqual([]);
      const opened = (await projectOf(database, project))!;
      const events = await eventsOf(database, project);
      for (const { sequence, table } of moved) {
        expect(events[sequence - 1]?.state?.versions[0]?.table, `trial ${trial}, move ${sequence}`).toBe(table);
        expect((await artifactOf(database, table)).chunks).toHaveLength(3);
      }
      expect(opened.head.sequence).toBeGreaterThanOrEqual(moved.at(-1)?.sequence ?? 1);
      if (saved > 0) {
        const [seed, count] = new TextDecoder().decode(await checkpointOf(database, key)).split(' ').map(Number);
        expect(seed).toBe(trial + 1);
        expect(count).toBeGreaterThanOrEqual(saved);
      }
      promises += moved.length + saved;
      if (moved.length === 0) withoutAny++;
      await database.close();
    }
    console.log(`60 kills, ${promises} promises kept, ${withoutAny} killed before the first move`);
    expect(promises).toBeGreaterThan(60);
    expect(withoutAny).toBeLessThan(60);
  });
});

describe('a full disk', () => {
  it('ends an import as a value, whichever write it met, and moves nothing', async () => {
    const { database, pen } = await fresh();
    const file = csvOf(300);
    const before = await projectOf(database, project);
    let reached = 0;
    for (let n = 1; ; n++) {
      const outcome = await importedBy(() => new Worker(new URL('./fullDiskWorker.ts', import.meta.url), { type: 'module', name: String(n) }), database, pen, file);
      expect(await faultsIn(database, 'full'), `write ${n}`).toEqual([]);
      expect(await projectOf(database, project)).toEqual(before);
      if (outcome.kind === 'done') break;
      expect(outcome).toEqual({ kind: 'storage', problem: 'quota' });
      reached++;
    }
    expect(reached).toBeGreaterThan(4);
  });
});

/** Counts how often a connection is opened while `work` goes on. */
async function openings(work: () => Promise<unknown>): Promise<number> {
  const original = IDBFactory.prototype.open;
  let count = 0;
  IDBFactory.prototype.open = function (...parts) {
    count++;
    return original.apply(this, parts);
  };
  try {
    await work();
  } finally {
    IDBFactory.prototype.open = original;
  }
  return count;
}

describe('a connection that was lost', () => {
  it('is opened again, once, and reads and writes go on', async () => {
    const { database, pen } = await fresh();
    (await database.connection()).close();
    expect(await openings(() => moveTo(database, pen, 2, 'questionChanged', {}, asking('after a loss')))).toBe(1);
    (await database.connection()).close();
    let text: string | undefined;
    expect(await openings(async () => (text = (await projectOf(database, project))?.state.question.text))).toBe(1);
    expect(text).toBe('after a loss');
    expect(await openings(() => projectOf(database, project))).toBe(0);
    expect((await eventsOf(database, project)).map((event) => event.sequence)).toEqual([1, 2]);
  });

  it('is given up as lost when the new one is dead too, for reads and for writes', async () => {
    const { database, pen } = await fresh();
    const original = IDBDatabase.prototype.transaction;
    let tries = 0;
    IDBDatabase.prototype.transaction = function () {
      tries++;
      throw new DOMException('The database connection is closing.', 'InvalidStateError');
    };
    try {
      await expect(moveTo(database, pen, 2, 'questionChanged', {}, asking('never'))).rejects.toMatchObject({ problem: 'lost' });
      expect(tries).toBe(2);
      await expect(projectOf(database, project)).rejects.toMatchObject({ problem: 'lost' });
      expect(tries).toBe(4);
    } finally {
      IDBDatabase.prototype.transaction = original;
    }
    expect((await projectOf(database, project))?.head.sequence).toBe(1);
  });
});

const nextSchema = [...migrations, () => undefined];

describe('an upgrade', () => {
  it('that an old tab blocks is told, is given up in time, and succeeds once the tab lets go', async () => {
    await fresh().then(({ database }) => database.close());
    const old = await rawOpen(migrations.length);
    let blocked = 0;
    const newer = databaseOf(name, { blocked: () => blocked++ }, { patienceMs: 300, migrations: nextSchema });
    const from = performance.now();
    await expect(newer.connection()).rejects.toMatchObject({ name: 'StorageError', problem: 'blocked' });
    expect(performance.now() - from).toBeLessThan(2_000);
    expect(blocked).toBe(1);
    old.close();
    expect((await projectOf(newer, project))?.head.id).toBe(project);
    await newer.close();
    // The open that was given up keeps no connection that would hold up the next upgrade.
    await databaseOf(name, {}, { patienceMs: 2_000, migrations: [...nextSchema, () => undefined] }).connection();
  });

  it('makes the older tab step aside and say so, and write no more', async () => {
    const { database: first, pen } = await fresh();
    await first.close();
    let outdated = 0;
    const older = databaseOf(name, { outdated: () => outdated++ });
    await moveTo(older, pen, 2, 'questionChanged', {}, asking('before'));
    let blocked = 0;
    const newer = databaseOf(name, { blocked: () => blocked++ }, { migrations: nextSchema });
    expect((await projectOf(newer, project))?.state.question.text).toBe('before');
    expect([outdated, blocked]).toEqual([1, 0]);
    await expect(moveTo(older, pen, 3, 'questionChanged', {}, asking('late'))).rejects.toMatchObject({ problem: 'outdated' });
    await expect(projectOf(older, project)).rejects.toMatchObject({ problem: 'outdated' });
    expect((await projectOf(newer, project))?.state.question.text).toBe('before');
  });

  it('that an older application meets is refused as newer, and harms nothing', async () => {
    const newer = databaseOf(name, {}, { migrations: nextSchema });
    await createProject(newer, project, 'From the future', 1);
    await newer.close();
    const older = databaseOf(name);
    await expect(older.connection()).rejects.toBeInstanceOf(StorageError);
    await expect(older.connection()).rejects.toMatchObject({ problem: 'newer' });
    expect((await projectOf(newer, project))?.head.name).toBe('From the future');
  });
});

describe('two writers of one project', () => {
  it('are never two: the second is told that the pen is taken, until the first lets go', async () => {
    const { database } = await fresh();
    const lost: string[] = [];
    const first = await becomeWriter(database, project, { lost: () => lost.push('first') });
    expect(await becomeWriter(databaseOf(name), project, { lost: () => lost.push('second') })).toBeUndefined();
    await first!.release();
    await pause(20);
    const second = await becomeWriter(databaseOf(name), project, { lost: () => lost.push('second') });
    expect(second!.pen.epoch).toBeGreaterThan(first!.pen.epoch);
    await expect(moveTo(database, first!.pen, 2, 'questionChanged', {}, asking('dry'))).rejects.toMatchObject({ problem: 'fenced' });
    expect(lost).toEqual([]);
    await second!.release();
  });

  it('change places when one takes over: the other hears it and its pen is dry, and no promise is broken', async () => {
    const { database } = await fresh();
    const other = databaseOf(name);
    let lost = 0;
    const first = (await becomeWriter(database, project, { lost: () => lost++ }))!;
    await moveTo(database, first.pen, 2, 'questionChanged', {}, asking('promised'));
    const second = (await becomeWriter(other, project, { lost: () => undefined }, true))!;
    await pause(20);
    expect(lost).toBe(1);
    await expect(moveTo(database, first.pen, 3, 'questionChanged', {}, asking('stolen'))).rejects.toMatchObject({ problem: 'fenced' });
    await expect(new ChunkWriter(database, first.pen).write(new Uint8Array(8)).then(() => keepArtifact(database, first.pen, { kind: 'source', schema: 1, body: {}, chunks: [] }))).rejects.toMatchObject({
      problem: 'fenced',
    });
    expect((await moveTo(other, second.pen, 4, 'questionChanged', {}, asking('mine'))).state.question.text).toBe('mine');
    expect((await eventsOf(other, project)).flatMap((event) => event.state?.question.text ?? [])).toEqual(['promised', 'mine']);
    expect(await faultsIn(other, 'full')).toEqual([]);
    await second.release();
  });

  it('that write at the same time are serialised by the pen: every move that was promised is in the log', async () => {
    const { database } = await fresh();
    const databases = [database, databaseOf(name), databaseOf(name)];
    const promised: string[] = [];
    const contend = async (own: Database, tab: number): Promise<void> => {
      for (let round = 0; round < 6; round++) {
        const writer = await becomeWriter(own, project, { lost: () => undefined }, true).catch(() => undefined);
        for (let move = 0; writer !== undefined && move < 4; move++) {
          const text = `${tab} ${round} ${move}`;
          try {
            await moveTo(own, writer.pen, 2, 'questionChanged', {}, asking(text));
            promised.push(text);
          } catch (error) {
            expect(error).toMatchObject({ problem: 'fenced' });
            break;
          }
        }
        await pause(3);
      }
    };
    await Promise.all(databases.map(contend));
    const texts = (await eventsOf(database, project)).flatMap((event) => event.state?.question.text ?? []);
    expect(texts).toEqual([...new Set(texts)]);
    expect(texts.toSorted()).toEqual(promised.toSorted());
    expect(promised.length).toBeGreaterThan(5);
    expect(await faultsIn(database, 'full')).toEqual([]);
  });
});

describe('the collector', () => {
  it('never runs while a job holds its lock, nor while a backup is restored', async () => {
    const { database, pen } = await fresh();
    const writer = new ChunkWriter(database, pen);
    const { hash } = await writer.write(new TextEncoder().encode('named by nothing yet'));
    await writer.flush();
    let end = (): void => undefined;
    const jobs = [1, 2].map(() => whileCollectorWaits(name, () => new Promise<void>((resolve) => (end = ((before) => () => (before(), resolve()))(end)))));
    await pause(5);
    expect(await collect(database)).toBeUndefined();
    expect(await chunkOf(database, hash)).toHaveLength(20);
    end();
    await Promise.all(jobs);
    expect(await collect(database)).toMatchObject({ chunks: 1 });
    await expect(chunkOf(database, hash)).rejects.toThrow('missing chunk');

    await moveTo(database, pen, 2, 'questionChanged', {}, asking('in the backup'));
    const pieces: Uint8Array<ArrayBuffer>[] = [];
    await writeBackup(database, project, '0', 1, (piece) => void pieces.push(piece.slice() as Uint8Array<ArrayBuffer>));
    const during: unknown[] = [];
    await restoreBackup(database, new Blob(pieces), 'project:two', 2, () => void collect(database).then((result) => during.push(result)));
    await pause(20);
    expect(during.length).toBeGreaterThan(0);
    expect(during.every((result) => result === undefined)).toBe(true);
  });

  it('starts again when a project moved after it had looked', async () => {
    const { database, pen } = await fresh();
    const writer = new ChunkWriter(database, pen);
    const chunks = [await writer.write(new TextEncoder().encode('named at the last moment'))];
    await writer.flush();
    const table = await keepArtifact(database, pen, { kind: 'table', schema: 1, body: { rows: 1 }, chunks });
    const collecting = collect(database);
    // Whichever comes first, the state never names what is gone.
    const moving = moveTo(database, pen, 2, 'imported', {}, { ...emptyState, versions: [{ number: 1, table, rows: 1, message: '', parent: null, line: 1 }], inHand: 1 });
    const [, moved] = await Promise.allSettled([collecting, moving]);
    if (moved.status === 'rejected') expect(moved.reason).toMatchObject({ problem: 'damaged' });
    else expect(await remains(database, [table], [chunks[0]!.hash])).toHaveLength(2);
    expect(await faultsIn(database, 'full')).toEqual([]);
  });

  it('leaves nothing of a project that is deleted for good: no chunk, manifest, step, checkpoint, event or head', async () => {
    const database = databaseOf(name);
    const workspace = await Workspace.open(database);
    const head = await workspace.create('To be deleted');
    const kept = await workspace.create('To be kept');
    const opened = await workspace.openProject(head.id);
    const file = csvOf(500);
    const asked = await importFile(opened, { file, name: file.name, options: await detectOptions(file, file.name), target: 'label', group: null }, 'a table');
    const table = await artifactOf(database, asked.record.output);
    const pen = { project: head.id, epoch: opened.head.epoch };
    await keepCheckpoint(database, pen, await hashOfText('a training of it'), new TextEncoder().encode('weights'), [table.id]);
    expect(table.chunks.length).toBeGreaterThan(3);
    await opened.close();
    await workspace.deleteForGood(head.id);
    expect(await remains(database, [table.id, ...Object.values(asked.record.inputs)], table.chunks.map((chunk) => chunk.hash))).toEqual([]);
    const db = await database.connection();
    const counts = await Promise.all((['chunks', 'manifests', 'steps', 'checkpoints'] as const).map((store) => db.count(store)));
    expect(counts).toEqual([0, 0, 0, 0]);
    expect((await db.getAll('projects')).map((one) => one.id)).toEqual([kept.id]);
    expect(new Set((await db.getAll('events')).map((event) => event.project))).toEqual(new Set([kept.id]));
  });
});
