import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { stepKey, type StepRequest } from '../../../src/domain/pipeline/step';
import { artifactId, type Manifest } from '../../../src/domain/pipeline/artifact';
import { hashOfText, type Hash } from '../../../src/domain/pipeline/digest';
import { emptyState, type ProjectId } from '../../../src/domain/pipeline/project';
import { begunTrainings, noteBegun } from '../../../src/state/begunTrainings';
import { Notices } from '../../../src/state/notices.svelte';
import { storageProblem } from '../../../src/state/problem';
import { Workspace } from '../../../src/state/workspace.svelte';
import { ChunkWriter, keepArtifact, keepStep } from '../../../src/storage/artifacts';
import { remains, whileCollectorWaits } from '../../../src/storage/collect';
import { Database, type Pen } from '../../../src/storage/database';
import { duplicateProject, moveTo, projectOf, remark, takePen } from '../../../src/storage/projects';
import { removedProjects } from '../../../src/storage/tombstones';
import { becomeWriter } from '../../../src/storage/writer';
import { Locks, MemoryStorage } from './inProcess';

/** Jobs under way: what each was asked to do, and how to let it leave. */
const jobs = vi.hoisted(() => [] as { readonly subject: string; left: number; readonly saved: () => void }[]);
vi.mock('../../../src/jobs/steps', () => ({
  startStep: ({ pen }: { pen: { project: string } }) => {
    let end!: (error: Error) => void;
    const outcome = new Promise<never>((_, reject) => (end = reject));
    let saved = (): void => undefined;
    const saving = new Promise<void>((done) => (saved = done));
    const job = { subject: pen.project, left: 0, saved };
    jobs.push(job);
    return { outcome, stop: () => undefined, abort: () => undefined, leave: async () => (job.left++, await saving, end(new Error('left'))) };
  },
}));

let next = 1;
let database: Database;
let workspace: Workspace;

beforeEach(async () => {
  vi.stubGlobal('navigator', { locks: new Locks() });
  vi.stubGlobal('localStorage', new MemoryStorage());
  database = new Database(`workspace-${next++}`);
  workspace = await Workspace.open(database);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

async function tableIn(pen: Pen, text: string): Promise<{ table: Hash; chunk: Hash }> {
  const writer = new ChunkWriter(database, pen);
  const chunks = [await writer.write(new TextEncoder().encode(text) as Uint8Array<ArrayBuffer>)];
  await writer.flush();
  const table = await keepArtifact(database, pen, { kind: 'table', schema: 1, body: { text }, chunks });
  const known = (await projectOf(database, pen.project))!.state;
  const number = known.versions.length + 1;
  await moveTo(database, pen, 2, 'imported', {}, { ...emptyState, versions: [...known.versions, { number, table, rows: 1, message: '', parent: null, line: number }], inHand: number });
  return { table, chunk: chunks[0]!.hash };
}

async function profileIn(pen: Pen, table: Hash): Promise<Hash> {
  const output: Manifest<unknown> = { kind: 'profile', schema: 1, body: { profiles: [] }, chunks: [] };
  const request: StepRequest = { op: 'profile', params: {}, inputs: { table } };
  const step = { ...request, version: 1, key: await stepKey(request), output: await artifactId(output) };
  await keepStep(database, pen, step, output);
  await remark(database, pen, 3, 'step', { op: 'profile', key: step.key, output: step.output });
  return step.output;
}

describe('deleting a project for good', () => {
  it('tells what went and what other projects keep, scans, leaves a tombstone without a name, and forgets its notes', async () => {
    const { id } = await workspace.create('A secret name');
    const pen = await takePen(database, id);
    const shared = await tableIn(pen, 'shared');
    await duplicateProject(database, id, 'project:copy', 'Copy', 3);
    const own = await tableIn(pen, 'own');
    noteBegun(id, { key: await hashOfText('a training'), version: 1, number: 1, choice: { learner: 'linear' } as never });
    const removal = await workspace.deleteForGood(id);
    expect(removal).toEqual({ artifacts: 1, chunks: 1, shared: 1, left: [] });
    expect(await remains(database, [own.table, shared.table], [own.chunk, shared.chunk])).toEqual([shared.table, shared.chunk]);
    expect(await projectOf(database, id)).toBeUndefined();
    expect(workspace.projects.map((head) => head.id)).toEqual(['project:copy']);
    const stones = await removedProjects(database);
    expect(stones).toMatchObject([{ project: id }]);
    expect(JSON.stringify(stones)).not.toContain('secret');
    expect(begunTrainings(id)).toEqual([]);
  });

  it('is refused while another tab writes to it, and nothing is gone', async () => {
    const { id } = await workspace.create('Written elsewhere');
    const other = (await becomeWriter(database, id, { lost: () => undefined }))!;
    const own = await tableIn(other.pen, 'own');
    await expect(workspace.deleteForGood(id)).rejects.toMatchObject({ refusal: { code: 'storageFenced' } });
    expect(await remains(database, [own.table], [own.chunk])).toHaveLength(2);
    expect(await projectOf(database, id)).toBeDefined();
    await other.release();
    expect((await workspace.deleteForGood(id)).left).toEqual([]);
  });

  it('is refused while something is computed in another tab', async () => {
    const { id } = await workspace.create('Computed');
    await whileCollectorWaits(database.name, () => expect(workspace.deleteForGood(id)).rejects.toMatchObject({ refusal: { code: 'jobsRunning' } }));
    expect(await projectOf(database, id)).toBeDefined();
  });
});

describe('leaving a project', () => {
  it('lets its own jobs save, and whoever comes back waits until its lock has fallen', async () => {
    const [one, two] = [await workspace.create('One'), await workspace.create('Two')];
    const [first, second] = [await workspace.openProject(one.id), await workspace.openProject(two.id)];
    jobs.length = 0;
    const asked = [first, second].map((project) => project.ask({ op: 'profile', params: {}, inputs: {} }).catch((error: Error) => error.message));
    await vi.waitFor(() => expect(jobs).toHaveLength(2));
    let closed = false;
    const closing = workspace.closeProject(first).then(() => (closed = true));
    const again = workspace.openProject(one.id);
    await vi.waitFor(() => expect(jobs.map(({ subject, left }) => [subject, left])).toEqual([[one.id, 1], [two.id, 0]]));
    expect(closed).toBe(false);
    jobs[0]!.saved();
    expect(await asked[0]).toBe('left');
    await closing;
    expect((await again).writable).toBe(true);
    expect(second.writable).toBe(true);
  });

  it('holds up what is done to it from outside', async () => {
    const { id } = await workspace.create('One');
    void workspace.closeProject(await workspace.openProject(id));
    await workspace.putInBin(id);
    expect(workspace.bin.map((head) => head.id)).toEqual([id]);
  });
});

describe('a store without projects', () => {
  const opened = (name: string, emptied = false): Promise<Workspace> => Workspace.open(new Database(name), () => emptied);

  it('is not called emptied by the browser when its last project was deleted for good', async () => {
    const { id } = await workspace.create('The only one');
    expect((await opened(database.name)).wiped).toBe(false);
    await workspace.deleteForGood(id);
    expect((await opened(database.name)).wiped).toBe(false);
    expect((await opened(database.name, true)).wiped).toBe(true);
  });

  it('is called emptied where projects were created, copied or restored before', async () => {
    expect((await opened('never used')).wiped).toBe(false);
    const { id } = await workspace.create('First');
    const backup = await workspace.backup(id);
    for (const make of [() => workspace.create('A'), () => workspace.duplicate(id, 'B'), () => workspace.restore(backup, 'C')]) {
      localStorage.removeItem('perennial:hadProjects');
      workspace.wiped = true;
      await make();
      expect(workspace.wiped).toBe(false);
      expect((await opened(`emptied-${next++}`)).wiped).toBe(true);
    }
  });
});

describe('collection when the page is quiet', () => {
  const loose = async (id: ProjectId): Promise<Hash> => {
    const pen = await takePen(database, id);
    return keepArtifact(database, pen, { kind: 'source', schema: 1, body: {}, chunks: [] });
  };

  it('comes once after the last sign of work, never while a job runs', async () => {
    const { id } = await workspace.create('A');
    const source = await loose(id);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const works: (() => Promise<void>)[] = [];
    const attempt = (work: () => Promise<void>): void => void works.push(work);
    workspace.tidySoon(attempt);
    vi.advanceTimersByTime(4_000);
    workspace.tidySoon(attempt);
    vi.advanceTimersByTime(4_000);
    expect(works).toHaveLength(0);
    const job = workspace.jobs.start('profile', '', 0, () => undefined, () => undefined);
    vi.advanceTimersByTime(10_000);
    expect(works).toHaveLength(0);
    workspace.jobs.end(job);
    workspace.tidySoon(attempt);
    vi.advanceTimersByTime(10_000);
    expect(works).toHaveLength(1);
    vi.useRealTimers();
    await works[0]!();
    expect(await remains(database, [source], [])).toEqual([]);
  });

  it('sweeps once, and again only after a job that broke off', async () => {
    const { id } = await workspace.create('A');
    await workspace.tidy();
    const source = await loose(id);
    await workspace.tidy();
    expect(await remains(database, [source], [])).toEqual([source]);
    const start = () => workspace.jobs.start('profile', '', 0, () => undefined, () => undefined);
    workspace.jobs.end(start());
    await workspace.tidy();
    expect(await remains(database, [source], [])).toEqual([source]);
    workspace.jobs.end(start(), false);
    await whileCollectorWaits(database.name, () => workspace.tidy());
    expect(await remains(database, [source], [])).toEqual([source]);
    await workspace.tidy();
    expect(await remains(database, [source], [])).toEqual([]);
  });

  it('tells what goes wrong', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const notices = new Notices();
    vi.spyOn(workspace, 'tidy').mockRejectedValue(storageProblem('lost'));
    workspace.tidySoon((work) => notices.attempt(work));
    vi.advanceTimersByTime(10_000);
    vi.useRealTimers();
    await vi.waitFor(() => expect(notices.all[0]?.refusal?.code).toBe('storageLost'));
  });
});

describe('a full browser', () => {
  it('gives up what can be computed again, says so, and offers to try again', async () => {
    const { id } = await workspace.create('Full');
    const pen = await takePen(database, id);
    const { table, chunk } = await tableIn(pen, 'data');
    const profile = await profileIn(pen, table);
    const notices = new Notices(() => workspace.makeRoom());
    let tries = 0;
    const action = (): Promise<string> => {
      if (++tries === 1) throw storageProblem('quota');
      return Promise.resolve('done');
    };
    await notices.attempt(action);
    expect(await remains(database, [table, profile], [chunk])).toEqual([table, chunk]);
    expect(notices.all).toMatchObject([{ kind: 'problem', refusal: { code: 'roomMade', details: { artifacts: 1, chunks: 0, bytes: 0 } } }]);
    expect(await notices.all[0]!.again!()).toBe('done');
    expect(tries).toBe(2);
  });

  it('is only told where there was nothing to give up, or another job goes on', async () => {
    const { id } = await workspace.create('Full');
    await tableIn(await takePen(database, id), 'data');
    const notices = new Notices(() => workspace.makeRoom());
    const fail = (): Promise<void> => Promise.reject(storageProblem('quota'));
    await notices.attempt(fail);
    expect(notices.all).toMatchObject([{ refusal: { code: 'storageQuota' }, again: null }]);
    const job = workspace.jobs.start('profile', '', 0, () => undefined, () => undefined);
    expect(await workspace.makeRoom()).toBeUndefined();
    workspace.jobs.end(job);
  });
});
