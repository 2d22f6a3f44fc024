/**
 * @file The database: its schema, its migrations, the life of its connection, and `atomically`, through which every write goes.
 * Nothing else in the project spells an object-store name or opens a connection.
 */

import { openDB, type DBSchema, type IDBPDatabase, type IDBPTransaction, type StoreNames } from 'idb';
import type { Hash } from '../domain/pipeline/digest';
import type { StepRecord } from '../domain/pipeline/step';
import type { ProjectEvent, ProjectHead, ProjectId } from '../domain/pipeline/project';

/** A chunk's bytes, whole. */
type Bytes = Uint8Array<ArrayBuffer>;

export interface StoredStep extends StepRecord {
  /** The values of `inputs`, for the index that answers "what was made from this". */
  readonly from: readonly Hash[];
}

export interface Schema extends DBSchema {
  chunks: { key: Hash; value: Bytes };
  manifests: { key: Hash; value: { readonly id: Hash; readonly text: string } };
  steps: { key: Hash; value: StoredStep; indexes: { byOutput: Hash; byInput: Hash } };
  projects: { key: ProjectId; value: ProjectHead };
  events: { key: [ProjectId, number]; value: ProjectEvent };
  checkpoints: { key: [Hash, 'A' | 'B']; value: { readonly step: Hash; readonly slot: 'A' | 'B'; readonly sequence: number; readonly bytes: Bytes; /** The inputs of the step. */ readonly from: readonly Hash[] } };
  meta: { key: string; value: unknown };
}

export type StoreName = StoreNames<Schema>;
export type Tx<N extends StoreName = StoreName> = IDBPTransaction<Schema, N[], 'readwrite'>;

export type Migration = (db: IDBPDatabase<Schema>) => void;

/** `migrations[n]` takes a database from version n to n + 1. Append; never edit one that has shipped. */
export const migrations: readonly Migration[] = [
  (db) => {
    db.createObjectStore('chunks');
    db.createObjectStore('manifests', { keyPath: 'id' });
    const steps = db.createObjectStore('steps', { keyPath: 'key' });
    steps.createIndex('byOutput', 'output');
    steps.createIndex('byInput', 'from', { multiEntry: true });
    db.createObjectStore('projects', { keyPath: 'id' });
    db.createObjectStore('events', { keyPath: ['project', 'sequence'] });
    db.createObjectStore('checkpoints', { keyPath: ['step', 'slot'] });
    db.createObjectStore('meta');
  },
];

export const schemaVersion = migrations.length;

/** Why a write or an open could not be done. Each has a screen. */
export type StorageProblem = 'quota' | 'fenced' | 'lost' | 'blocked' | 'outdated' | 'newer' | 'wiped' | 'damaged';

export class StorageError extends Error {
  override readonly name = 'StorageError';
  constructor(
    readonly problem: StorageProblem,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

export interface OpenHooks {
  /** An older tab holds the database at an older version and does not let go. */
  blocked?(): void;
  /** A newer version of the application wants the database: this tab has let go of it and is read-only from now on. */
  outdated?(): void;
  /** The browser deleted a corrupt store and made a new one. */
  dataLoss?(): void;
}

/** What tests set otherwise: a shorter patience, a schema that does not exist yet. */
export interface OpenSettings {
  /** How long an open may take before it counts as blocked. */
  readonly patienceMs: number;
  readonly migrations: readonly Migration[];
}

/** The connection. Reopened once when the browser drops it; every context (page, worker) has one. */
export class Database {
  readonly name: string;
  readonly #hooks: OpenHooks;
  readonly #settings: OpenSettings;
  #connection: Promise<IDBPDatabase<Schema>> | undefined;
  #outdated = false;

  constructor(name = 'perennial', hooks: OpenHooks = {}, settings: Partial<OpenSettings> = {}) {
    this.name = name;
    this.#hooks = hooks;
    this.#settings = { patienceMs: 20_000, migrations, ...settings };
  }

  /** @throws StorageError blocked, newer, outdated or lost. */
  async connection(): Promise<IDBPDatabase<Schema>> {
    if (this.#outdated) throw new StorageError('outdated', 'a newer version runs in another tab');
    this.#connection ??= this.#open();
    try {
      return await this.#connection;
    } catch (error) {
      this.#connection = undefined;
      throw error;
    }
  }

  async #open(): Promise<IDBPDatabase<Schema>> {
    const { patienceMs, migrations: steps } = this.#settings;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new StorageError('blocked', 'the database did not open in time')), patienceMs);
    });
    const opening = openDB<Schema>(this.name, steps.length, {
      upgrade: (db, from, _to, _tx, event) => {
        if ((event as IDBVersionChangeEvent & { dataLoss?: string }).dataLoss === 'total') this.#hooks.dataLoss?.();
        steps.slice(from).forEach((migrate) => migrate(db));
      },
      blocked: () => this.#hooks.blocked?.(),
      // Another tab wants a newer schema: step aside, or its upgrade waits for ever.
      blocking: (_current, _wanted, event) => {
        this.#outdated = true;
        this.#connection = undefined;
        (event.target as IDBDatabase).close();
        this.#hooks.outdated?.();
      },
      terminated: () => {
        this.#connection = undefined;
      },
    });
    try {
      return await Promise.race([opening, late]);
    } catch (error) {
      // An open that succeeds after we gave up would hold a connection nobody closes.
      opening.then((db) => db.close()).catch(() => undefined);
      if (error instanceof StorageError) throw error;
      if (nameOf(error) === 'VersionError') throw new StorageError('newer', 'the database was made by a newer version', { cause: error });
      throw new StorageError('lost', 'the database could not be opened', { cause: error });
    } finally {
      clearTimeout(timer);
    }
  }

  /** Runs a read, once more on a new connection if the browser dropped the old one. @throws StorageError lost when the new one is dropped too */
  async read<T>(work: (db: IDBPDatabase<Schema>) => Promise<T>): Promise<T> {
    try {
      return await work(await this.connection());
    } catch (error) {
      if (!isDropped(error)) throw error;
      await this.close();
      try {
        return await work(await this.connection());
      } catch (again) {
        throw isDropped(again) ? droppedAgain(again) : again;
      }
    }
  }

  async close(): Promise<void> {
    const connection = this.#connection;
    this.#connection = undefined;
    if (connection) (await connection.catch(() => undefined))?.close();
  }
}

const nameOf = (error: unknown): string => (error instanceof Error || error instanceof DOMException ? error.name : '');

/** The connection is dead, and a new one may do: iOS and Chrome drop connections of pages in the background. */
const isDropped = (error: unknown): boolean => nameOf(error) === 'InvalidStateError' || nameOf(error) === 'UnknownError';

const droppedAgain = (cause: unknown): StorageError => new StorageError('lost', 'the browser dropped the database', { cause });

/** Who may write: a project's writer and the number of its taking. A later taking makes every earlier pen dry. */
export interface Pen {
  readonly project: ProjectId;
  readonly epoch: number;
}

/**
 * Runs `work` in one transaction: all of its writes are kept, or none. `work` may await only `tx`: hash and serialise beforehand.
 * With a pen, the transaction first checks that nobody took the project over since.
 * Resolves only when the transaction is complete.
 * @throws StorageError quota, fenced or lost; otherwise what `work` threw.
 */
export async function atomically<N extends StoreName, T>(
  database: Database,
  stores: readonly N[],
  pen: Pen | null,
  durability: 'strict' | 'relaxed',
  work: (tx: Tx<N | 'projects'>) => Promise<T>,
): Promise<T> {
  const names = [...new Set<StoreName>([...stores, ...(pen ? (['projects'] as const) : [])])] as (N | 'projects')[];
  const attempt = async (): Promise<T> => {
    const db = await database.connection();
    const tx = db.transaction(names, 'readwrite', { durability }) as unknown as Tx<N | 'projects'>;
    tx.done.catch(() => undefined); // reported below, with the error that caused it
    try {
      if (pen) {
        const head = (await (tx as unknown as Tx<'projects'>).objectStore('projects').get(pen.project)) as ProjectHead | undefined;
        if (head === undefined || head.epoch !== pen.epoch) throw new StorageError('fenced', 'another tab writes to this project now');
      }
      const result = await work(tx);
      await tx.done;
      return result;
    } catch (error) {
      try {
        tx.abort();
      } catch {
        // It is over already: the failure was its own.
      }
      if (nameOf(error) === 'QuotaExceededError' || nameOf(tx.error) === 'QuotaExceededError') throw new StorageError('quota', 'the browser has no room left', { cause: error });
      throw error;
    }
  };
  try {
    return await attempt();
  } catch (error) {
    // Every transaction of ours writes content under its own hash or swaps a pointer it has read: both may be tried again.
    if (!isDropped(error)) throw error;
    await database.close();
    try {
      return await attempt();
    } catch (again) {
      throw isDropped(again) ? droppedAgain(again) : again;
    }
  }
}

/** Issues one request an item, then waits for all. A request that throws at once leaves no unheard rejection of those before it. */
export async function each<T>(items: Iterable<T>, request: (item: T) => Promise<unknown>): Promise<void> {
  const pending: Promise<unknown>[] = [];
  for (const item of items) {
    const asked = request(item);
    asked.catch(() => undefined); // heard below, or through the transaction's own failure
    pending.push(asked);
  }
  await Promise.all(pending);
}
