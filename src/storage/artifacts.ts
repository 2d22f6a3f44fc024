/** @file Chunks, manifests and steps: written once under their own hash, read back, and checked to be all there. */

import { atomically, each, type Database, type Pen, type StoredStep } from './database';
import { liftWithin } from './tombstones';
import { artifactId, manifestOf, manifestText, type Artifact, type ChunkRef, type Manifest } from '../domain/pipeline/artifact';
import { hashOfBytes, type Hash } from '../domain/pipeline/digest';
import type { StepRecord } from '../domain/pipeline/step';

/** Above this many bytes, pending chunks are written: large transactions can bring a tab down. */
const batchBytes = 16 * 1024 * 1024;

/** Collects chunks and writes them in transactions of bounded size. A chunk that is already there is not written again. */
export class ChunkWriter {
  readonly #database: Database;
  readonly #pen: Pen;
  #pending = new Map<Hash, Uint8Array<ArrayBuffer>>();
  #pendingBytes = 0;
  #writing: Promise<void> = Promise.resolve();
  /** Of the bytes handed in, those that were not there already. */
  newBytes = 0;

  constructor(database: Database, pen: Pen) {
    this.#database = database;
    this.#pen = pen;
  }

  /** Takes ownership of `bytes`. Resolves once hashed; call `flush` before relying on it. */
  async write(bytes: Uint8Array<ArrayBuffer>): Promise<ChunkRef> {
    const hash = await hashOfBytes(bytes);
    if (!this.#pending.has(hash)) {
      this.#pending.set(hash, bytes);
      this.#pendingBytes += bytes.length;
      if (this.#pendingBytes >= batchBytes) await this.#start();
    }
    return { hash, bytes: bytes.length };
  }

  /** Resolves when everything handed in is on disk. */
  async flush(): Promise<void> {
    if (this.#pending.size > 0) void this.#start();
    await this.#writing;
  }

  /** Begins to write what is pending, after the batches before it; waits for those only, so that hashing and writing overlap. */
  #start(): Promise<void> {
    const batch = this.#pending;
    this.#pending = new Map();
    this.#pendingBytes = 0;
    const before = this.#writing;
    this.#writing = before.then(() => this.#put(batch));
    // The error is met at the next await of #writing; without this it would count as unhandled until then.
    this.#writing.catch(() => undefined);
    return before;
  }

  #put(batch: Map<Hash, Uint8Array<ArrayBuffer>>): Promise<void> {
    return atomically(this.#database, ['chunks'], this.#pen, 'relaxed', async (tx) => {
      const store = tx.objectStore('chunks');
      const known = await Promise.all([...batch.keys()].map((hash) => store.count(hash)));
      const fresh = [...batch].filter((_, at) => known[at] === 0);
      for (const [, bytes] of fresh) this.newBytes += bytes.length;
      await each(fresh, ([hash, bytes]) => store.put(bytes, hash));
    });
  }
}

/** The bytes of a chunk. @throws MissingPiece when it is not there. */
export async function chunkOf(database: Database, hash: Hash): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await database.read((db) => db.get('chunks', hash));
  if (bytes === undefined) throw new MissingPiece('chunk', hash);
  return bytes;
}

/** Several chunks in one read transaction. */
export async function chunksOf(database: Database, hashes: readonly Hash[]): Promise<Uint8Array<ArrayBuffer>[]> {
  return database.read(async (db) => {
    const store = db.transaction('chunks').store;
    const found = await Promise.all(hashes.map((hash) => store.get(hash)));
    return found.map((bytes, i) => {
      if (bytes === undefined) throw new MissingPiece('chunk', hashes[i]!);
      return bytes;
    });
  });
}

/** Something that a head or a manifest names is not in the store. */
export class MissingPiece extends Error {
  override readonly name = 'MissingPiece';
  constructor(
    readonly what: 'chunk' | 'artifact',
    readonly hash: Hash,
  ) {
    super(`missing ${what} ${hash}`);
  }
}

export async function artifactOf<Body = unknown>(database: Database, id: Hash): Promise<Artifact<Body>> {
  const stored = await database.read((db) => db.get('manifests', id));
  if (stored === undefined) throw new MissingPiece('artifact', id);
  return { id, ...(manifestOf(stored.text) as Manifest<Body>) };
}

/** Keeps an artifact that no step made: the description of a source. Its chunks must be there already. */
export async function keepArtifact(database: Database, pen: Pen, manifest: Manifest<unknown>): Promise<Hash> {
  const id = await artifactId(manifest);
  const text = manifestText(manifest);
  await atomically(database, ['manifests', 'meta'], pen, 'relaxed', async (tx) => {
    await tx.objectStore('manifests').put({ id, text });
    await liftWithin(tx, pen.project, new Set([id]));
  });
  return id;
}

/**
 * Keeps what a step made: its output's manifest and its record, both or neither, after checking that every chunk is there.
 * Steps are strict: what a user waited for is not lost with the power.
 */
export async function keepStep(database: Database, pen: Pen, step: StepRecord, output: Manifest<unknown>): Promise<void> {
  const text = manifestText(output);
  const stored: StoredStep = { ...step, from: Object.values(step.inputs) };
  await atomically(database, ['chunks', 'manifests', 'steps', 'checkpoints', 'meta'], pen, 'strict', async (tx) => {
    const chunks = tx.objectStore('chunks');
    const counts = await Promise.all(output.chunks.map(({ hash }) => chunks.count(hash)));
    const gone = counts.findIndex((count) => count === 0);
    if (gone >= 0) throw new MissingPiece('chunk', output.chunks[gone]!.hash);
    await tx.objectStore('manifests').put({ id: step.output, text });
    await tx.objectStore('steps').put(stored);
    // What the project removed for good and now made again, it has again.
    await liftWithin(tx, pen.project, new Set([step.output, step.key]));
    await tx.objectStore('checkpoints').delete([step.key, 'A']);
    await tx.objectStore('checkpoints').delete([step.key, 'B']);
  });
}

/**
 * What a step made before, or undefined. A hit is verified: the artifact and each of its chunks must still exist,
 * or the record is treated as absent and the step is computed again.
 */
export async function keptStep(database: Database, key: Hash): Promise<StepRecord | undefined> {
  return database.read(async (db) => {
    const tx = db.transaction(['steps', 'manifests', 'chunks']);
    const step = await tx.objectStore('steps').get(key);
    if (step === undefined) return undefined;
    const stored = await tx.objectStore('manifests').get(step.output);
    if (stored === undefined) return undefined;
    const counts = await Promise.all(manifestOf(stored.text).chunks.map(({ hash }) => tx.objectStore('chunks').count(hash)));
    if (counts.some((count) => count === 0)) return undefined;
    const { from: _from, ...record } = step;
    return record;
  });
}

/** The steps that made an artifact; usually one. */
export const stepsMaking = (database: Database, output: Hash): Promise<StoredStep[]> => database.read((db) => db.getAllFromIndex('steps', 'byOutput', output));

/** The steps that used an artifact. */
export const stepsUsing = (database: Database, input: Hash): Promise<StoredStep[]> => database.read((db) => db.getAllFromIndex('steps', 'byInput', input));

/** Whether an artifact is still there. */
export const hasArtifact = (database: Database, id: Hash): Promise<boolean> => database.read(async (db) => (await db.count('manifests', id)) > 0);
