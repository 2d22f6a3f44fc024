import fc from 'fast-check';
import { unzipSync, zipSync } from 'fflate';
import { beforeAll, describe, expect, it } from 'vitest';
import { canonicalJson, type Json } from '../../../src/domain/canonical';
import { artifactId, type Manifest } from '../../../src/domain/pipeline/artifact';
import { hashOfBytes, hashOfText, type Hash } from '../../../src/domain/pipeline/digest';
import { askedOf, emptyState, type ProjectState } from '../../../src/domain/pipeline/project';
import { opNamed } from '../../../src/domain/pipeline/ops';
import { stepKey, type StepRecord, type StepRequest } from '../../../src/domain/pipeline/step';
import { Refusal } from '../../../src/domain/refusal';
import { lastBackup, projectBytes, projectSummaries, summaryOf } from '../../../src/state/projectSummary';
import { artifactOf, ChunkWriter, keepArtifact, keepStep, keptStep } from '../../../src/storage/artifacts';
import { restoreBackup, writeBackup } from '../../../src/storage/backup';
import { faultsIn } from '../../../src/storage/check';
import { collect } from '../../../src/storage/collect';
import type { Database, Pen } from '../../../src/storage/database';
import { duplicateProject, eventsOf, moveForGood, moveTo, projectOf, remark } from '../../../src/storage/projects';
import { bury, tombstonesOf } from '../../../src/storage/tombstones';
import type { ProjectId } from '../../../src/domain/pipeline/project';
import { freshStore } from './memoryStore';

const bytes = (text: string) => new TextEncoder().encode(text) as Uint8Array<ArrayBuffer>;
const text = (value: Uint8Array) => new TextDecoder().decode(value);

async function made(database: Database, pen: Pen, of: string): Promise<StepRecord> {
  const source = await keepArtifact(database, pen, { kind: 'source', schema: 1, body: { of }, chunks: [] });
  const writer = new ChunkWriter(database, pen);
  const output: Manifest<unknown> = { kind: 'table', schema: 1, body: { rows: 1 }, chunks: [await writer.write(bytes(`cells of ${of}`))] };
  await writer.flush();
  const request: StepRequest = { op: 'import', params: { of }, inputs: { source } };
  const step: StepRecord = { ...request, version: opNamed(request.op).version, key: await stepKey(request), output: await artifactId(output) };
  await keepStep(database, pen, step, output);
  return step;
}

/** A state with one of everything. */
const full = (table: Hash): ProjectState => ({
  ...emptyState,
  question: { ...emptyState.question, text: 'Who?', target: 'label', exclude: ['id'] },
  versions: [{ number: 1, table, rows: 1, message: 'imported', parent: null, line: 1 }],
  inHand: 1,
  split: table,
  criteria: [{ metric: 'recall', slice: [{ column: 'sex', operator: '=', value: 'F' }], direction: '>=', target: 0.5, why: '' }],
  runs: [
    {
      id: 'run:1', number: 1, plan: { learner: 'linear', hyperparameters: { l2: 1 }, seed: 1, engine: 'cpu' }, version: 1, table, split: table, recipe: table, model: table, backend: 'cpu',
      scores: table, report: table, test: null, crossValidated: true, asked: askedOf(emptyState), preparation: null,
    },
  ],
  models: [{ number: 1, run: 'run:1', model: table, package: null }],
  champion: 1,
  watches: [{ number: 1, name: 'june', batch: table, rows: 1, drift: table, model: 1 }],
});

async function backupOf(database: Database, project: ProjectId): Promise<Uint8Array<ArrayBuffer>> {
  const pieces: Uint8Array[] = [];
  await writeBackup(database, project, '1', 7_000, (piece) => void pieces.push(piece.slice()));
  return new Uint8Array(await new Blob(pieces as Uint8Array<ArrayBuffer>[]).arrayBuffer());
}

/** The backup with entries replaced, and every hash of its manifest made good again, as one who means harm would. */
async function forged(zip: Uint8Array, change: Readonly<Record<string, Uint8Array | null>>): Promise<Blob> {
  const files = new Map<string, Uint8Array>(Object.entries(unzipSync(zip)));
  for (const [path, content] of Object.entries(change)) if (content === null) files.delete(path);
    else files.set(path, content);
  const { root: _root, ...rest } = JSON.parse(text(files.get('manifest.json')!)) as { root: string; entries: { path: string }[] };
  const entries = [];
  for (const [path, content] of files) if (path !== 'manifest.json') entries.push({ path, bytes: content.length, sha256: await hashOfBytes(content) });
  const manifest = { ...rest, entries };
  const whole = { ...manifest, root: await hashOfText(canonicalJson(manifest as unknown as Json)) };
  const ordered: Record<string, Uint8Array> = { 'manifest.json': bytes(JSON.stringify(whole)) };
  for (const [path, content] of files) if (path !== 'manifest.json') ordered[path] = content;
  return new Blob([zipSync(ordered, { level: 0 }) as Uint8Array<ArrayBuffer>]);
}

const restored = async (database: Database, file: Blob, id: ProjectId = `project:${crypto.randomUUID()}`): Promise<unknown> => restoreBackup(database, file, id, 8_000).catch((error: unknown) => error);

let zip: Uint8Array<ArrayBuffer>;
let step: StepRecord;
beforeAll(async () => {
  const { database, pen, project } = await freshStore();
  step = await made(database, pen, 'a');
  await moveTo(database, pen, 2_000, 'imported', { file: 'a.csv' }, full(step.output));
  await remark(database, pen, 3_000, 'backedUp', { bytes: 10 });
  zip = await backupOf(database, project);
});

const entry = (path: string): Json => JSON.parse(text(unzipSync(zip)[path]!)) as Json;

describe('a backup that was made to harm', () => {
  it('is restored when its entries are only written anew: the forger of these tests works', async () => {
    const { database } = await freshStore();
    expect(await restored(database, await forged(zip, {}))).toMatchObject({ name: 'A test' });
  });

  it('cannot say that a step made something else than its key says', async () => {
    const { database } = await freshStore();
    const [record] = entry('steps.json') as unknown as StepRecord[];
    for (const change of [{ params: { of: 'b' } }, { version: 99 }, { inputs: { source: step.output } }, { op: 'edit' }, { key: await hashOfText('any') }]) {
      const outcome = await restored(database, await forged(zip, { 'steps.json': bytes(JSON.stringify([{ ...record, ...change }])) }));
      expect(outcome).toMatchObject({ code: 'backupDamaged', details: { path: 'steps.json' } });
    }
  });

  it('cannot put another output under a step that this browser has computed', async () => {
    const { database, pen } = await freshStore();
    const own = await made(database, pen, 'a');
    const other = bytes(canonicalJson({ body: { rows: 9 }, chunks: [], kind: 'table', schema: 1 }));
    const poison = await hashOfBytes(other);
    const [record] = entry('steps.json') as unknown as StepRecord[];
    const file = await forged(zip, { 'steps.json': bytes(JSON.stringify([{ ...record, output: poison }])), [`artifacts/${poison.slice(7)}.json`]: other });
    expect(await restored(database, file)).toMatchObject({ name: 'A test' });
    expect((await keptStep(database, own.key))?.output).toBe(own.output);
    expect((await artifactOf(database, own.output)).body).toEqual({ rows: 1 });
  });

  it('cannot bring an artifact whose id is not the hash of its manifest as we spell it', async () => {
    const { database } = await freshStore();
    for (const spelled of ['{"kind":"table","schema":1,"body":{},"chunks":[]}', '\uFEFF{"body":{},"chunks":[],"kind":"table","schema":1}', '{"body":{},"chunks":[],"extra":1,"kind":"table","schema":1}']) {
      const file = await forged(zip, { 'artifacts/x.json': bytes(spelled) });
      expect(await restored(database, file)).toMatchObject({ code: 'backupDamaged', details: { path: 'artifacts/x.json' } });
    }
    const broken = new Uint8Array([...bytes('{"body":{"text":"'), 0xff, ...bytes('"},"chunks":[],"kind":"table","schema":1}')]);
    expect(await restored(database, await forged(zip, { 'artifacts/x.json': broken }))).toMatchObject({ code: 'backupDamaged' });
  });

  it('is refused for a state that lacks a field or has one of another kind; a field that nobody knows survives', async () => {
    const { database } = await freshStore();
    const project = entry('project.json') as { head: Json; events: { state: Record<string, Json> | null }[] };
    const withState = (change: Record<string, unknown>): Promise<Blob> =>
      forged(zip, { 'project.json': bytes(JSON.stringify({ ...project, events: project.events.map((event) => (event.state ? { ...event, state: { ...event.state, ...change } } : event)) })) });
    const state = project.events[1]!.state!;
    const run = (state.runs as unknown as Record<string, Json>[])[0]!;
    const bad: Record<string, unknown>[] = [
      { versions: null }, { runs: undefined }, { inHand: '1' }, { question: {} }, { split: 'sha256:no' }, { threshold: null }, { criteria: [{}] }, { champion: true }, { schema: 2 },
      { runs: [{ ...run, plan: null }] }, { runs: [{ ...run, id: 'run:x' }] }, { watches: [7] }, { gate: 'open' },
    ];
    for (const change of bad) expect(await restored(database, await withState(change)), JSON.stringify(change)).toMatchObject({ code: 'backupDamaged', details: { path: 'project.json' } });
    const id: ProjectId = 'project:later';
    expect(await restored(database, await withState({ later: { field: 1 } }), id)).toMatchObject({ name: 'A test' });
    expect((await projectOf(database, id))!.state).toMatchObject({ later: { field: 1 } });
  });

  it('is refused for a pointer to no state, a gap in its log, an instant beyond every calendar', async () => {
    const { database } = await freshStore();
    const project = entry('project.json') as unknown as { head: Record<string, unknown>; events: Record<string, unknown>[] };
    const changed = [
      { ...project, head: { ...project.head, at: 1 } },
      { ...project, head: { ...project.head, undo: [99] } },
      { ...project, head: { ...project.head, created: 1e300 } },
      { ...project, events: project.events.slice(1) },
      { ...project, events: project.events.map((event) => ({ ...event, detail: null })) },
      { ...project, events: project.events.map((event) => ({ ...event, at: -1 })) },
      { ...project, buried: [{}] },
    ];
    for (const value of changed) expect(await restored(database, await forged(zip, { 'project.json': bytes(JSON.stringify(value)) }))).toMatchObject({ code: 'backupDamaged' });
  });

  it('restores to nothing, or to a project that the first page can show, however its JSON is bent', async () => {
    const { database } = await freshStore();
    const project = entry('project.json');
    const places = pathsIn(project);
    const bent = fc.record({ place: fc.nat(places.length - 1), action: fc.oneof(fc.constant({ drop: true as const }), fc.jsonValue({ maxDepth: 1 }).map((value) => ({ value: value as Json }))) });
    let refused = 0;
    let whole = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(bent, { minLength: 1, maxLength: 2 }), async (changes) => {
        let value = project;
        for (const { place, action } of changes) value = withChange(value, places[place]!, action);
        const id: ProjectId = `project:${crypto.randomUUID()}`;
        const outcome = await restored(database, await forged(zip, { 'project.json': bytes(JSON.stringify(value)) }), id);
        if (outcome instanceof Refusal) {
          refused++;
          expect(outcome.code).toBe('backupDamaged');
          expect(await projectOf(database, id)).toBeUndefined();
          return;
        }
        whole++;
        const opened = (await projectOf(database, id))!;
        const events = await eventsOf(database, id);
        expect(await projectSummaries(database, [opened.head])).toHaveLength(1);
        for (const event of events) if (event.state) expect(summaryOf(opened.head, event.state, lastBackup(events)).runs).toBe(event.state.runs.length);
        expect(await projectBytes(database, id)).toBeGreaterThanOrEqual(0);
        expect(Number.isNaN(new Date(opened.head.created).getTime())).toBe(false);
      }),
      { numRuns: 150, seed: 18 },
    );
    expect(refused).toBeGreaterThan(50);
    expect(whole).toBeGreaterThan(5);
  });
});

describe('what was removed for good', () => {
  it('is in no backup, although a duplicate holds it still, and stays removed in the project that is restored', async () => {
    const { database, pen, project } = await freshStore();
    const [one, two] = [await made(database, pen, 'one'), await made(database, pen, 'two')];
    const naming = (...steps: StepRecord[]): ProjectState => ({ ...emptyState, versions: steps.map((made_, i) => ({ number: i + 1, table: made_.output, rows: 1, message: '', parent: null, line: 1 })), inHand: 1 });
    // The two differ in their chunk.
    expect(one.output).not.toBe(two.output);
    await moveTo(database, pen, 2, 'imported', {}, naming(two, one));
    await duplicateProject(database, project, 'project:copy', 'Copy', 3);
    await moveForGood(database, pen, 4, 'deletedForGood', {}, naming(two));
    await bury(database, pen, [one.output], 'version', 4);
    await collect(database);
    const backup = await backupOf(database, project);
    expect(Object.keys(unzipSync(backup)).filter((path) => path.includes(one.output.slice(7)))).toEqual([]);
    expect(Object.values(unzipSync(backup)).some((content) => text(content) === 'cells of one')).toBe(false);
    await restoreBackup(database, new Blob([backup]), 'project:restored', 5);
    expect(await tombstonesOf(database, 'project:restored')).toEqual([{ project: 'project:restored', artifact: one.output, at: 4, what: 'version' }]);
    expect(await faultsIn(database, 'full')).toEqual([]);
  });
});

/** The way to every value inside a JSON value. */
function pathsIn(value: Json, way: readonly (string | number)[] = []): (readonly (string | number)[])[] {
  const here = way.length === 0 ? [] : [way];
  if (Array.isArray(value)) return [...here, ...value.flatMap((item: Json, at) => pathsIn(item, [...way, at]))];
  if (value !== null && typeof value === 'object') return [...here, ...Object.entries(value as { [name: string]: Json }).flatMap(([name, item]) => pathsIn(item, [...way, name]))];
  return here;
}

/** The value with what stands at a place dropped or replaced; unchanged where the place is no more. */
function withChange(value: Json, [step_, ...further]: readonly (string | number)[], action: { readonly drop: true } | { readonly value: Json }): Json {
  if (value === null || typeof value !== 'object' || step_ === undefined) return value;
  const copy = structuredClone(value) as { [name: string]: Json };
  if (further.length > 0) {
    if (Object.hasOwn(copy, step_)) copy[step_] = withChange(copy[step_]!, further, action);
  } else if ('drop' in action) {
    if (Array.isArray(copy)) copy.splice(Number(step_), 1);
    else delete copy[step_];
  } else copy[step_] = action.value;
  return copy as Json;
}
