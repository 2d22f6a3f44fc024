/** @file Every schema that shipped opens for ever. A fixture holds the records as that version wrote them; the schema itself is frozen here. */

import 'fake-indexeddb/auto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openDB } from 'idb';
import { describe, expect, it } from 'vitest';
import { artifactId, type Manifest } from '../../src/domain/pipeline/artifact';
import { emptyState, type ProjectId } from '../../src/domain/pipeline/project';
import { stepKey, type StepRequest } from '../../src/domain/pipeline/step';
import { artifactOf, chunkOf, ChunkWriter, keepArtifact, keepStep, keptStep } from '../../src/storage/artifacts';
import { faultsIn } from '../../src/storage/check';
import { checkpointOf, keepCheckpoint } from '../../src/storage/checkpoints';
import { Database, schemaVersion, StorageError } from '../../src/storage/database';
import { createProject, eventsOf, moveTo, projectOf, remark, takePen, undo } from '../../src/storage/projects';
import type { Hash } from '../../src/domain/pipeline/digest';

const folder = join(import.meta.dirname, '../fixtures/schema');

/** The stores of each shipped schema, as they were. Append; never edit. */
const frozen: readonly { readonly stores: readonly { readonly name: string; readonly keyPath?: string | string[]; readonly indexes?: readonly (readonly [string, string, boolean])[] }[] }[] = [
  {
    stores: [
      { name: 'chunks' },
      { name: 'manifests', keyPath: 'id' },
      { name: 'steps', keyPath: 'key', indexes: [['byOutput', 'output', false], ['byInput', 'from', true]] },
      { name: 'projects', keyPath: 'id' },
      { name: 'events', keyPath: ['project', 'sequence'] },
      { name: 'checkpoints', keyPath: ['step', 'slot'] },
      { name: 'meta' },
    ],
  },
];

interface Dump {
  readonly schema: number;
  readonly project: ProjectId;
  readonly step: Hash;
  readonly stores: Readonly<Record<string, readonly { readonly key: IDBValidKey; readonly value: unknown }[]>>;
}

const packed = (_: string, value: unknown): unknown => (value instanceof Uint8Array ? { bytes: Buffer.from(value).toString('base64') } : value);
const unpacked = (_: string, value: unknown): unknown =>
  value !== null && typeof value === 'object' && typeof (value as { bytes?: unknown }).bytes === 'string' && Object.keys(value).length === 1 ? new Uint8Array(Buffer.from((value as { bytes: string }).bytes, 'base64')) : value;

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const bytes = (value: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(value) as Uint8Array<ArrayBuffer>;

/** Writes the fixture of the current schema. Done once a version, by hand: WRITE_SCHEMA_FIXTURE=1 npx vitest run tests/contracts/migration.test.ts */
async function writeFixture(): Promise<void> {
  const database = new Database('fixture');
  const project: ProjectId = 'project:fixture';
  await createProject(database, project, 'A project of schema 1', 1_000);
  const pen = await takePen(database, project);
  const writer = new ChunkWriter(database, pen);
  const chunk = await writer.write(bytes('the bytes of a chunk'));
  await writer.flush();
  const source = await keepArtifact(database, pen, { kind: 'source', schema: 1, body: { sha256: chunk.hash, bytes: 20 }, chunks: [] });
  const output: Manifest<unknown> = { kind: 'table', schema: 1, body: { rows: 0 }, chunks: [chunk] };
  const request: StepRequest = { op: 'import', params: { of: 'schema 1' }, inputs: { source } };
  const step = { ...request, version: 1, key: await stepKey(request), output: await artifactId(output) };
  await keepStep(database, pen, step, output);
  const named = { ...emptyState, versions: [{ number: 1, table: step.output, rows: 0, message: 'imported', parent: null, line: 1 }], inHand: 1 };
  await moveTo(database, pen, 2_000, 'imported', { file: 'table.csv' }, named);
  await moveTo(database, pen, 3_000, 'questionChanged', {}, { ...named, question: { ...named.question, text: 'What now?' } });
  await undo(database, pen, 4_000);
  await remark(database, pen, 5_000, 'latency', { p50_ms: 1 });
  await keepCheckpoint(database, pen, source, bytes('half-way'));
  const db = await database.connection();
  const stores: Record<string, { key: IDBValidKey; value: unknown }[]> = {};
  for (const { name } of frozen[schemaVersion - 1]!.stores) {
    stores[name] = [];
    for (let cursor = await db.transaction(name as 'chunks').store.openCursor(); cursor; cursor = await cursor.continue()) stores[name].push({ key: cursor.key, value: cursor.value });
  }
  const dump: Dump = { schema: schemaVersion, project, step: step.key, stores };
  writeFileSync(join(folder, `${schemaVersion}.json`), `${JSON.stringify(dump, packed, 1)}\n`);
  await database.close();
}

if (process.env.WRITE_SCHEMA_FIXTURE === '1') await writeFixture();

async function databaseOf(schema: number, name: string): Promise<Dump> {
  const dump = JSON.parse(readFileSync(join(folder, `${schema}.json`), 'utf8'), unpacked) as Dump;
  const db = await openDB(name, schema, {
    upgrade: (made) => {
      for (const { name: store, keyPath, indexes } of frozen[schema - 1]!.stores) {
        const created = made.createObjectStore(store, keyPath === undefined ? {} : { keyPath });
        for (const [index, path, multiEntry] of indexes ?? []) created.createIndex(index, path, { multiEntry });
      }
    },
  });
  for (const { name: store, keyPath } of frozen[schema - 1]!.stores) for (const { key, value } of dump.stores[store]!) await (keyPath === undefined ? db.put(store, value, key) : db.put(store, value));
  db.close();
  return dump;
}

describe('a schema that shipped', () => {
  it('has a fixture for each version', () => {
    expect(frozen).toHaveLength(schemaVersion);
    for (let schema = 1; schema <= schemaVersion; schema++) expect(existsSync(join(folder, `${schema}.json`))).toBe(true);
  });

  for (let schema = 1; schema <= schemaVersion; schema++) {
    it(`${schema} opens with its projects, log, artifacts and checkpoints whole, and can be worked with`, async () => {
      const name = `shipped-${schema}`;
      const dump = await databaseOf(schema, name);
      const database = new Database(name);
      expect(await faultsIn(database, 'full')).toEqual([]);
      const opened = (await projectOf(database, dump.project))!;
      expect(opened.state.inHand).toBe(1);
      expect(opened.head.redo).toHaveLength(1);
      expect((await eventsOf(database, dump.project)).map((event) => event.kind)).toEqual(['created', 'imported', 'questionChanged', 'undone', 'latency']);
      const step = (await keptStep(database, dump.step))!;
      const artifact = await artifactOf(database, step.output);
      expect(text(await chunkOf(database, artifact.chunks[0]!.hash))).toBe('the bytes of a chunk');
      expect(text((await checkpointOf(database, step.inputs.source!))!)).toBe('half-way');
      const pen = await takePen(database, dump.project);
      expect((await moveTo(database, pen, 9_000, 'renamed', {}, opened.state)).head.sequence).toBe(6);
      expect(await faultsIn(database, 'full')).toEqual([]);
      await database.close();
    });
  }

  it('of the future is refused, and left alone', async () => {
    const db = await openDB('future', schemaVersion + 1);
    db.close();
    const failure = await new Database('future').connection().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(StorageError);
    expect((failure as StorageError).problem).toBe('newer');
    expect((await openDB('future')).version).toBe(schemaVersion + 1);
  });
});
