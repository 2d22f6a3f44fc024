/**
 * @file A project as one zip and back. The manifest comes first and lists every other entry with its size and hash; it has a root hash itself.
 * Written as a stream, entry by entry; restored under a new id, and only visible once every piece was verified.
 */

import { Unzip, UnzipInflate, UnzipPassThrough, Zip, ZipPassThrough } from 'fflate';
import { atomically, each, schemaVersion, type Database, type StoredStep } from './database';
import { chunkOf } from './artifacts';
import { whileCollectorWaits } from './collect';
import { eventsOf, projectOf } from './projects';
import { checkedProject, type BackedUpProject } from './projectShape';
import { livingReach } from './reach';
import { buryWithin, tombstonesOf } from './tombstones';
import { canonicalJson, type Json } from '../domain/canonical';
import { artifactId, manifestOf, manifestText } from '../domain/pipeline/artifact';
import { hashOfBytes, hashOfJson, hashOfText, isHash, type Hash } from '../domain/pipeline/digest';
import type { ProjectHead, ProjectId } from '../domain/pipeline/project';
import { ops } from '../domain/pipeline/ops';
import { Refusal } from '../domain/refusal';

interface Entry {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: Hash;
}

interface BackupManifest {
  readonly format: 'perennial-backup';
  readonly formatVersion: 1;
  readonly app: string;
  readonly schema: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly name: string;
  readonly entries: readonly Entry[];
  /** SHA-256 of the canonical JSON of all the rest. */
  readonly root: Hash;
}

const encoder = new TextEncoder();
const limits = { entries: 200_000, bytes: 4 * 1024 ** 3, entry: 256 * 1024 * 1024 };

/**
 * Writes a backup.
 * @param sink called with pieces in order; each may be kept or written at once
 * @param app version of the application, for the manifest
 */
export async function writeBackup(
  database: Database,
  id: ProjectId,
  app: string,
  now: number,
  sink: (piece: Uint8Array) => Promise<void> | void,
  progress: (done: number, of: number) => void = () => undefined,
): Promise<void> {
  const opened = await projectOf(database, id);
  if (opened === undefined) throw new Refusal('projectUnknown', { id });
  // What was removed for good is in no backup, although another project may hold it still.
  const reach = await livingReach(database, [id]);
  const buried = (await tombstonesOf(database, id)).map(({ artifact, at, what }) => ({ artifact, at, what }));
  const events = (await eventsOf(database, id)).filter((event) => event.sequence <= opened.head.sequence);
  const small = new Map<string, Uint8Array>([
    ['project.json', encoder.encode(canonicalJson({ head: opened.head, events, buried } as unknown as Json))],
    ['steps.json', encoder.encode(canonicalJson([...reach.steps.values()].sort((a, b) => (a.key < b.key ? -1 : 1)) as unknown as Json))],
  ]);
  const entries: Entry[] = [];
  for (const [path, bytes] of small) entries.push({ path, bytes: bytes.length, sha256: await hashOfBytes(bytes) });
  const artifacts = [...reach.artifacts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([hash, manifest]) => ({ hash, text: encoder.encode(manifestText(manifest)) }));
  for (const { hash, text } of artifacts) entries.push({ path: pathOf('artifacts', hash), bytes: text.length, sha256: hash });
  const sizes = new Map<Hash, number>();
  for (const { chunks: refs } of reach.artifacts.values()) for (const chunk of refs) sizes.set(chunk.hash, chunk.bytes);
  const chunks = [...reach.chunks].sort();
  for (const hash of chunks) entries.push({ path: pathOf('chunks', hash), bytes: sizes.get(hash)!, sha256: hash });

  const rest = { format: 'perennial-backup', formatVersion: 1, app, schema: schemaVersion, at: now, name: opened.head.name, entries } as const;
  const manifest: BackupManifest = { ...rest, root: await hashOfText(canonicalJson(rest as unknown as Json)) };

  let writing: Promise<void> = Promise.resolve();
  let failure: unknown;
  const zip = new Zip((error, piece) => {
    if (error) failure = error;
    else writing = writing.then(() => sink(piece));
  });
  const total = entries.reduce((sum, entry) => sum + entry.bytes, 0);
  let done = 0;
  const add = async (path: string, bytes: Uint8Array): Promise<void> => {
    const file = new ZipPassThrough(path);
    // A fixed date: the same project gives the same bytes but for the manifest's own time.
    file.mtime = new Date(Date.UTC(2000, 0, 1, 12));
    zip.add(file);
    file.push(bytes, true);
    await writing;
    if (failure !== undefined) throw failure;
    progress((done += bytes.length), total);
  };
  await add('manifest.json', encoder.encode(canonicalJson(manifest as unknown as Json)));
  for (const [path, bytes] of small) await add(path, bytes);
  for (const { hash, text } of artifacts) await add(pathOf('artifacts', hash), text);
  for (const hash of chunks) await add(pathOf('chunks', hash), await chunkOf(database, hash));
  zip.end();
  await writing;
}

const pathOf = (folder: 'artifacts' | 'chunks', hash: Hash): string => `${folder}/${hash.slice('sha256:'.length)}${folder === 'artifacts' ? '.json' : ''}`;

/** Reads a backup entry by entry, checks each against the manifest, and hands it on. Nothing but one entry is in memory. */
async function readBackup(file: Blob, take: (entry: Entry, bytes: Uint8Array<ArrayBuffer>) => Promise<void>, progress: (done: number, of: number) => void): Promise<BackupManifest> {
  let manifest: BackupManifest | undefined;
  const expected = new Map<string, Entry>();
  const seen = new Set<string>();
  let total = 0;
  const complete: { path: string; bytes: Uint8Array<ArrayBuffer> }[] = [];
  let fault: Refusal | undefined;
  const unzip = new Unzip((entry) => {
    const parts: Uint8Array[] = [];
    let size = 0;
    entry.ondata = (error, data, final) => {
      if (error) fault = new Refusal('backupDamaged', { path: entry.name });
      if (fault) return;
      size += data.length;
      total += data.length;
      if (size > limits.entry || total > limits.bytes) {
        fault = new Refusal('backupTooLarge', { path: entry.name });
        return;
      }
      parts.push(data);
      if (!final) return;
      const bytes = new Uint8Array(size);
      let at = 0;
      for (const part of parts) {
        bytes.set(part, at);
        at += part.length;
      }
      complete.push({ path: entry.name, bytes });
    };
    entry.start();
  });
  unzip.register(UnzipPassThrough);
  unzip.register(UnzipInflate);
  const settle = async (): Promise<void> => {
    if (fault) throw fault;
    for (const { path, bytes } of complete.splice(0)) {
      if (manifest === undefined) {
        if (path !== 'manifest.json') throw new Refusal('notABackup');
        manifest = await backupManifest(bytes);
        for (const entry of manifest.entries) expected.set(entry.path, entry);
        continue;
      }
      const entry = expected.get(path);
      if (entry === undefined || seen.has(path)) throw new Refusal('backupDamaged', { path });
      seen.add(path);
      if (bytes.length !== entry.bytes || (await hashOfBytes(bytes)) !== entry.sha256) throw new Refusal('backupDamaged', { path });
      await take(entry, bytes);
    }
  };
  const reader = file.stream().getReader();
  let read = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (read === 0 && !done && !(value[0] === 0x50 && value[1] === 0x4b)) throw new Refusal('notABackup');
      try {
        unzip.push(done ? new Uint8Array(0) : value, done);
      } catch {
        // What ends before its directory was cut off; what breaks before its end was altered.
        throw done ? new Refusal('backupTruncated', { path: 'the end of the archive' }) : new Refusal('backupDamaged', { path: 'the archive' });
      }
      await settle();
      if (done) break;
      progress((read += value.length), file.size);
    }
  } finally {
    await reader.cancel();
  }
  if (manifest === undefined) throw new Refusal('notABackup');
  const missing = manifest.entries.find((entry) => !seen.has(entry.path));
  if (missing) throw new Refusal('backupTruncated', { path: missing.path });
  return manifest;
}

/** The hash of a manifest's rest; undefined for numbers that no JSON of ours holds. */
async function rootOf(rest: object): Promise<Hash | undefined> {
  try {
    return await hashOfText(canonicalJson(rest as Json));
  } catch (error) {
    if (error instanceof TypeError || error instanceof RangeError) return undefined;
    throw error;
  }
}

async function backupManifest(bytes: Uint8Array): Promise<BackupManifest> {
  let value: Partial<BackupManifest>;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as Partial<BackupManifest>;
  } catch {
    throw new Refusal('notABackup');
  }
  if (value?.format !== 'perennial-backup' || !Array.isArray(value.entries)) throw new Refusal('notABackup');
  const { root, ...rest } = value;
  const isEntry = (entry: Partial<Entry> | null): boolean => typeof entry?.path === 'string' && Number.isSafeInteger(entry.bytes) && entry.bytes! >= 0 && isHash(entry.sha256);
  if (!value.entries.every(isEntry) || typeof value.name !== 'string') throw new Refusal('backupDamaged', { path: 'manifest.json' });
  if (root !== (await rootOf(rest))) throw new Refusal('backupDamaged', { path: 'manifest.json' });
  if (value.formatVersion !== 1 || (value.schema ?? Infinity) > schemaVersion) throw new Refusal('backupNewer', { app: String(value.app) });
  if (value.entries.length > limits.entries) throw new Refusal('backupTooLarge', { path: 'manifest.json' });
  return value as BackupManifest;
}

/** Reads a backup through, without keeping anything. @throws Refusal naming the entry that is wrong */
export const verifyBackup = (file: Blob, progress: (done: number, of: number) => void = () => undefined): Promise<BackupManifest> => readBackup(file, () => Promise.resolve(), progress);

/**
 * Restores a backup as a new project. Until the last transaction nothing points to what was written, so a failure leaves no trace
 * but chunks for the collector.
 * @throws Refusal notABackup, backupDamaged, backupTruncated, backupNewer, backupTooLarge
 */
export function restoreBackup(database: Database, file: Blob, id: ProjectId, now: number, progress: (done: number, of: number) => void = () => undefined): Promise<ProjectHead> {
  // Until the end nothing names what is written, and the collector would take it.
  return whileCollectorWaits(database.name, () => restored(database, file, id, now, progress));
}

/** Text of a JSON entry, byte for byte: a byte that is no UTF-8 or a mark at the beginning would be lost, and with it the hash. */
const textOf = (bytes: Uint8Array): string => new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);

async function restored(database: Database, file: Blob, id: ProjectId, now: number, progress: (done: number, of: number) => void): Promise<ProjectHead> {
  let project: BackedUpProject | undefined;
  let steps: readonly StoredStep[] = [];
  const artifacts: { id: Hash; text: string }[] = [];
  await readBackup(
    file,
    async (entry, bytes) => {
      try {
        if (entry.path === 'project.json') project = checkedProject(JSON.parse(textOf(bytes)));
        else if (entry.path === 'steps.json') steps = await checkedSteps(JSON.parse(textOf(bytes)));
        else if (entry.path.startsWith('artifacts/')) {
          const text = textOf(bytes);
          if ((await artifactId(manifestOf(text))) !== entry.sha256) throw new TypeError('not spelled as an artifact is');
          artifacts.push({ id: entry.sha256, text });
        } else if (entry.path.startsWith('chunks/'))
          await atomically(database, ['chunks'], null, 'relaxed', async (tx) => {
            const store = tx.objectStore('chunks');
            if ((await store.count(entry.sha256)) === 0) await store.put(bytes, entry.sha256);
          });
      } catch (error) {
        // RangeError: nested so deep that the stack ends.
        if (error instanceof TypeError || error instanceof SyntaxError || error instanceof RangeError) throw new Refusal('backupDamaged', { path: entry.path });
        throw error;
      }
    },
    progress,
  );
  if (project === undefined) throw new Refusal('backupDamaged', { path: 'project.json' });
  const named = new Set(artifacts.map((artifact) => artifact.id));
  const lost = steps.find((step) => !named.has(step.output));
  if (lost && artifacts.length === 0) throw new Refusal('backupDamaged', { path: 'steps.json' });
  const { head, events, buried } = project;
  const sequence = head.sequence + 1;
  const whole: ProjectHead = { ...head, id, epoch: 0, sequence, changed: now, binned: null };
  await atomically(database, ['projects', 'events', 'manifests', 'steps', 'meta'], null, 'strict', async (tx) => {
    // What is there already is never written over: a backup comes from outside, and every project reads these.
    const missing = async <Item>(name: 'manifests' | 'steps', items: readonly Item[], key: (item: Item) => Hash): Promise<Item[]> => {
      const counts = await Promise.all(items.map((item) => tx.objectStore(name).count(key(item))));
      return items.filter((_, at) => counts[at] === 0);
    };
    await each(await missing('manifests', artifacts, (artifact) => artifact.id), (artifact) => tx.objectStore('manifests').put(artifact));
    await each(await missing('steps', steps, (step) => step.key), (step) => tx.objectStore('steps').put(step));
    await each(events, (event) => tx.objectStore('events').add({ ...event, project: id }));
    await tx.objectStore('events').add({ project: id, sequence, at: now, kind: 'restored', detail: {}, state: null });
    await buryWithin(tx, id, buried);
    await tx.objectStore('projects').add(whole);
  });
  return whole;
}

/**
 * Steps whose key is the hash of what they say they did. Older versions of an op keep their own number, so the key is made from the record's.
 * @throws TypeError when one is not
 */
async function checkedSteps(value: unknown): Promise<StoredStep[]> {
  if (!Array.isArray(value)) throw new TypeError('not a list of steps');
  return Promise.all(
    value.map(async (step: Partial<StoredStep> | null): Promise<StoredStep> => {
      const { op, version, params, inputs, key, output } = step ?? {};
      const isStep =
        isHash(key) &&
        isHash(output) &&
        ops.some((known) => known.name === op) &&
        Number.isSafeInteger(version) &&
        params !== undefined &&
        inputs !== null &&
        typeof inputs === 'object' &&
        !Array.isArray(inputs) &&
        Object.values(inputs).every(isHash);
      if (!isStep || key !== (await hashOfJson({ op: op!, version: version!, params, inputs }))) throw new TypeError('not a step');
      return { op: op!, version: version!, params, inputs, key, output, from: Object.values(inputs) };
    }),
  );
}
