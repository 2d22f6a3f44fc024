import 'fake-indexeddb/auto';
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { artifactId, type Manifest } from '../../../src/domain/pipeline/artifact';
import type { Hash } from '../../../src/domain/pipeline/digest';
import type { SplitBody } from '../../../src/domain/data/splitManifest';
import type { TableBody } from '../../../src/domain/data/tableManifest';
import type { Condition } from '../../../src/domain/scoping/criterion';
import { opNamed, type OpName } from '../../../src/domain/pipeline/ops';
import type { ProjectId, Run } from '../../../src/domain/pipeline/project';
import { stepKey } from '../../../src/domain/pipeline/step';
import { currentSplit, importFile, makeVersion, profileOfVersion, readFile, takeVersion } from '../../../src/state/data';
import { deletedVersions } from '../../../src/state/deletedVersions';
import { deleteRows, deleteVersion, personRows } from '../../../src/state/deletion';
import { watchTable } from '../../../src/state/monitoring';
import { OpenProject } from '../../../src/state/project.svelte';
import { diffOf } from '../../../src/state/versions';
import { ChunkWriter, keepStep } from '../../../src/storage/artifacts';
import { faultsIn } from '../../../src/storage/check';
import { collect, remains } from '../../../src/storage/collect';
import { Database } from '../../../src/storage/database';
import { createProject, duplicateProject } from '../../../src/storage/projects';
import { livingReach } from '../../../src/storage/reach';
import { bytesOf, keysOf, wholeTable, type TableArtifact } from '../../../src/storage/tables';
import { tombstonesOf } from '../../../src/storage/tombstones';
import { detectOptions } from '../../../workers/data/import/detectOptions';
import { sourceHash } from '../../../workers/data/sourceHash';
import { browser, Locks, MemoryStorage } from './inProcess';

vi.mock('../../../src/jobs/steps', async () => ({ startStep: (await import('./inProcess')).startStep }));
vi.mock('../../../src/jobs/sources', () => ({ sourceHash: (file: Blob) => sourceHash(file, () => undefined) }));
vi.mock('../../../src/jobs/browsing', () => ({ browse: (ask: (api: typeof browser) => unknown) => Promise.resolve(ask(browser)), endBrowsing: () => undefined, csvOf: () => undefined }));

let next = 1;
let database: Database;
let project: OpenProject;

/** 80 rows of 20 people; the secret of a person is in no other row. */
const csv = (from = 0, rows = 80): File =>
  new File([`person,secret,age,label\n${Array.from({ length: rows }, (_, i) => i + from).map((i) => `p${i % 20},secret ${i % 20} ${i},${20 + (i % 37)},${i % 3 === 0 ? 'yes' : 'no'}`).join('\n')}\n`], `from-${from}.csv`);

beforeEach(async () => {
  vi.stubGlobal('navigator', { locks: new Locks() });
  vi.stubGlobal('localStorage', new MemoryStorage());
  database = new Database(`deletion-${next}`);
  const id: ProjectId = `project:deletion-${next++}`;
  await createProject(database, id, 'A test', 1_000);
  project = await OpenProject.open(database, id);
});
afterAll(() => vi.unstubAllGlobals());

const load = async (file: File): Promise<void> => {
  const options = await detectOptions(file, file.name);
  await importFile(project, { file, name: file.name, options, target: 'label', group: null }, file.name);
};
const edited = (edits: unknown[], message: string) => makeVersion(project, 'edit', { edits } as never, {}, message);
const person = (name: string): readonly Condition[] => [{ column: 'person', operator: '=', value: name }];
const tableOf = (number: number): Hash => project.state.versions.find((version) => version.number === number)!.table;

/** An output that no worker of this test makes, written as a step of the project. */
async function pretended(op: OpName, inputs: Readonly<Record<string, Hash>>, content: string): Promise<Hash> {
  const pen = { project: project.id, epoch: project.head.epoch };
  const writer = new ChunkWriter(database, pen);
  const output = { kind: opNamed(op).output, schema: 1, body: { of: op }, chunks: [await writer.write(new TextEncoder().encode(content) as Uint8Array<ArrayBuffer>)] } as Manifest<unknown>;
  await writer.flush();
  const request = { op, params: {}, inputs };
  const step = { ...request, version: 1, key: await stepKey(request), output: await artifactId(output) };
  await keepStep(database, pen, step, output);
  await project.remark('step', { op, key: step.key, output: step.output });
  return step.output;
}

/** Every text that the store holds, whatever holds it. */
async function everything(): Promise<string> {
  const db = await database.connection();
  const decoder = new TextDecoder();
  const chunks = (await db.getAll('chunks')).map((bytes) => decoder.decode(bytes));
  return [...chunks, JSON.stringify(await db.getAll('manifests')), JSON.stringify(await db.getAll('steps')), JSON.stringify(await db.getAll('checkpoints'))].join('\n');
}

describe('the rows of a person', () => {
  it('go from every version, undone version, predicted file and watched batch, with all that spells their cells', async () => {
    await load(csv());
    const split = await currentSplit(project);
    const [row] = await browser.rows(database.name, tableOf(1), { kind: 'slice', conditions: person('p7') }, 0, 1);
    await edited([{ op: 'setCell', key: row!.key, column: 'secret', value: 'secret 7 set by hand' }], 'a cell was set');
    await edited([{ op: 'filterRows', conditions: [{ column: 'age', operator: '>=', value: 30 }], keep: true }], 'undone');
    const undone = tableOf(3);
    await project.undo();
    await profileOfVersion(project);
    await diffOf(project, project.state.versions[0]!, project.state.versions[1]!);
    const packaged = await pretended('package', { table: tableOf(1), split: split.id }, '{"rows":[["p7","secret 7 7"]]}');
    const model = await pretended('train', { table: tableOf(1) }, 'weights');
    const run: Run = {
      id: 'run:1', number: 1, plan: { learner: 'linear', hyperparameters: {}, seed: 1, engine: 'cpu' }, version: 1, table: tableOf(1), split: split.id, recipe: model, model, backend: 'cpu', scores: model, report: model,
      test: null, crossValidated: false, asked: '', preparation: null,
    };
    await project.move('runKept', {}, (state) => ({ ...state, runs: [run], models: [{ number: 1, run: 'run:1', model, package: packaged }] }));
    // A file that was only predicted: read, and named by the remark of its step alone.
    const batch = csv(5, 40);
    const predicted = (await readFile(project, { file: batch, name: 'predicted.csv', options: await detectOptions(batch, 'predicted.csv'), target: 'label', group: null })).record.output;
    const watchedFile = csv(3, 45);
    const watched = (await readFile(project, { file: watchedFile, name: 'june.csv', options: await detectOptions(watchedFile, 'june.csv'), target: 'label', group: null })).record.output;
    await currentSplit(project);
    const { watch } = await watchTable(project, watched, 'june');
    const oldTables = [tableOf(1), tableOf(2), undone, predicted, watched];
    const before = await everything();
    expect(before).toContain('secret 7 7');
    expect(before).toContain('secret 7 set by hand');

    const found = await personRows(project, person('p7'));
    expect(found).toMatchObject({ versions: [1, 2], others: 3 });
    const removal = await deleteRows(project, found.keys);

    expect(removal).toMatchObject({ rows: found.rows, versions: 2, others: 3, left: [], elsewhere: 0 });
    expect(await remains(database, [...oldTables, packaged, watch.drift, split.id], [])).toEqual([]);
    const after = await everything();
    expect(after).not.toMatch(/secret 7 /);
    expect(after).toContain('secret 8 8');
    expect(after).toContain('weights');
    for (const version of project.state.versions) {
      const table = await project.artifact<TableBody>(version.table);
      const whole = await wholeTable(database, table, ['person']);
      const [column] = whole.columns;
      expect(column!.values.kind === 'coded' && column!.values.dictionary).not.toContain('p7');
      expect(version.rows).toBe(76);
    }
    // The run keeps its figures, the model loses the package that held rows; the batch is watched without them.
    expect(project.state.runs).toEqual([run]);
    expect(project.state.models[0]!.package).toBeNull();
    expect(project.state.watches).toHaveLength(1);
    expect(project.state.watches[0]!.drift).not.toBe(watch.drift);
    expect(project.canUndo).toBe(false);
    expect(await faultsIn(database, 'full')).toEqual([]);
  });

  it('go with the step that spells a record of theirs which was corrected', async () => {
    const rows = await csv().text();
    await load(new File([`${rows}p7,as it stood\n`], 'held.csv'));
    await makeVersion(project, 'correct', { rows: [{ line: 82, cells: ['p7', 'secret 7 typed', '30', 'yes'] }], reading: { decimal: '.', missing: [] } } as never, {}, 'corrected');
    expect(await everything()).toContain('secret 7 typed');
    const found = await personRows(project, person('p7'));
    expect(found.versions).toEqual([1, 2]);
    expect((await deleteRows(project, found.keys)).left).toEqual([]);
    expect(await everything()).not.toContain('secret 7 typed');
    expect(await faultsIn(database, 'full')).toEqual([]);
  });

  it('go without moving another row from one side of the split to the other, and the old split is gone', async () => {
    await load(csv());
    const before = await currentSplit(project);
    const sides = await sidesOf(tableOf(1), before);
    const { keys } = await personRows(project, person('p3'));
    expect((await deleteRows(project, keys)).left).toEqual([]);
    const after = await project.artifact<SplitBody>(project.state.split!);
    expect(after.id).not.toBe(before.id);
    const now = await sidesOf(tableOf(1), after);
    expect(now.size).toBe(sides.size - keys.length);
    for (const [key, side] of now) expect(side).toBe(sides.get(key));
    expect(await remains(database, [before.id], [])).toEqual([]);
    // A later version still inherits.
    await edited([{ op: 'renameColumn', from: 'age', to: 'years' }], 'renamed');
    for (const [key, side] of await sidesOf(tableOf(2), await currentSplit(project))) expect(side).toBe(sides.get(key));
  });

  it('are refused for a version in hand that would be empty, before anything moved', async () => {
    await load(csv(0, 20));
    const all = await browser.rows(database.name, tableOf(1), { kind: 'all' }, 0, 100);
    await expect(deleteRows(project, all.map((row) => row.key))).rejects.toMatchObject({ refusal: { code: 'editLeavesNoRows' } });
    expect(project.state.versions).toHaveLength(1);
    expect(await tombstonesOf(database)).toEqual([]);
  });

  it('that another project holds stay there, and it is said', async () => {
    await load(csv());
    await duplicateProject(database, project.id, 'project:holds', 'Holds', 5);
    const table = tableOf(1);
    const removal = await deleteRows(project, (await personRows(project, person('p1'))).keys);
    expect(removal).toMatchObject({ left: [], rows: 4 });
    expect(removal.elsewhere).toBeGreaterThan(0);
    expect(await remains(database, [table], [])).toEqual([table]);
    expect((await livingReach(database, [project.id])).artifacts.has(table)).toBe(false);
    expect(await faultsIn(database, 'full')).toEqual([]);
  });

  it('are not said to be gone from what was held back: those have no key', async () => {
    const file = new File([`${await csv().text()}a,row,with,too,many,fields\n`], 'held.csv');
    await load(file);
    const removal = await deleteRows(project, (await personRows(project, person('p1'))).keys);
    expect(removal.heldBack).toBe((await project.artifact<TableBody>(tableOf(1))).body.quarantine.count);
    expect(removal.heldBack).toBeGreaterThan(0);
  });

  it('that are copies of one another are counted each, once for all versions', async () => {
    await load(new File(['person,age,label\n', 'a,1,yes\na,1,yes\na,2,no\nb,1,yes\nb,3,no\n'], 'copies.csv'));
    await edited([{ op: 'filterRows', conditions: [{ column: 'age', operator: '<=', value: 2 }], keep: true }], 'two versions');
    const found = await personRows(project, person('a'));
    expect(found).toMatchObject({ rows: 3, versions: [1, 2] });
    expect(found.keys).toHaveLength(2);
    expect(await deleteRows(project, found.keys)).toMatchObject({ rows: 3, versions: 2, left: [] });
    expect(project.state.versions.map((version) => version.rows)).toEqual([2, 1]);
  });

  it('are looked for in a column that some table has', async () => {
    await load(csv());
    await expect(personRows(project, [{ column: 'nobody', operator: '=', value: 'x' }])).rejects.toMatchObject({ refusal: { code: 'unknownColumn' } });
    expect(await personRows(project, person('nobody'))).toEqual({ keys: [], rows: 0, versions: [], others: 0 });
  });
});

describe('a version', () => {
  it('that is deleted for good, and whose file is imported again, stays', async () => {
    await load(csv());
    const first = tableOf(1);
    await edited([{ op: 'dropColumn', column: 'age' }], 'without age');
    await profileOfVersion(project);
    const removal = await deleteVersion(project, 1);
    expect(removal).toMatchObject({ left: [], elsewhere: 0 });
    expect(removal.artifacts).toContain(first);
    expect(await remains(database, [first], [])).toEqual([]);
    expect(deletedVersions(project.events)).toMatchObject([{ number: 1, table: first, message: 'from-0.csv' }]);

    await load(csv());
    const again = project.state.versions.at(-1)!;
    expect(again.table).toBe(first);
    expect(again.number).toBe(3);
    await collect(database);
    expect((await wholeTable(database, await project.artifact<TableBody>(again.table), ['person'])).rows).toBe(80);
    expect(await faultsIn(database, 'full')).toEqual([]);
  });

  it('that is deleted here stays whole in a duplicate', async () => {
    await load(csv());
    const first = tableOf(1);
    await edited([{ op: 'dropColumn', column: 'age' }], 'without age');
    await duplicateProject(database, project.id, 'project:twin', 'Twin', 5);
    expect(await deleteVersion(project, 1)).toMatchObject({ left: [] });
    await collect(database);
    const twin = await OpenProject.open(database, 'project:twin');
    await takeVersion(twin, 1);
    expect((await wholeTable(database, await twin.artifact<TableBody>(first), ['person'])).rows).toBe(80);
    await twin.close();
  });

  it('goes with its profile, its comparisons and the packages that hold its rows', async () => {
    await load(csv());
    await profileOfVersion(project);
    await edited([{ op: 'dropColumn', column: 'age' }], 'without age');
    await diffOf(project, project.state.versions[0]!, project.state.versions[1]!);
    const packaged = await pretended('package', { table: tableOf(1) }, 'rows of it');
    await project.move('packaged', {}, (state) => ({ ...state, models: [{ number: 1, run: 'run:1', model: tableOf(2), package: packaged }] }));
    const kinds = (await Promise.all((await deleteVersion(project, 1)).artifacts.map(async (id) => [...(await livingReach(database, [project.id])).steps.values()].find((step) => step.output === id)?.op))).sort();
    expect(kinds).toEqual(['diff', 'import', 'package', 'profile']);
    expect(project.state.models[0]!.package).toBeNull();
    expect(await remains(database, [packaged], [])).toEqual([]);
  });

  it('in hand, or while something is computed, is not deleted', async () => {
    await load(csv());
    await edited([{ op: 'dropColumn', column: 'age' }], 'without age');
    await expect(deleteVersion(project, 2)).rejects.toMatchObject({ refusal: { code: 'versionInHand' } });
    await expect(deleteVersion(project, 9)).rejects.toMatchObject({ refusal: { code: 'versionUnknown' } });
    const job = project.jobs.start('profile', '', 0, () => undefined, () => undefined);
    await expect(deleteVersion(project, 1)).rejects.toMatchObject({ refusal: { code: 'jobsRunning' } });
    project.jobs.end(job);
  });
});

/** Side of each row by its key. */
async function sidesOf(id: Hash, split: Awaited<ReturnType<typeof currentSplit>>): Promise<Map<string, number>> {
  const table: TableArtifact = await project.artifact<TableBody>(id);
  const keys = await keysOf(database, table);
  const parts = await bytesOf(database, split, split.body.parts);
  return new Map(Array.from(parts, (part, row) => [Buffer.from(keys.subarray(16 * row, 16 * row + 16)).toString('hex'), part]));
}
