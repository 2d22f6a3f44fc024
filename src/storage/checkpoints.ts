/** @file Where a training that was interrupted goes on from. Two slots a step, written alternately: a kill in the middle leaves the older one whole. */

import { atomically, type Database, type Pen } from './database';
import type { Hash } from '../domain/pipeline/digest';

/**
 * Keeps a checkpoint of a step that is being computed. Strict: it is a promise that work will not be lost.
 * @param from the step's inputs: when one of them is removed for good, what was learnt from it goes too
 */
export const keepCheckpoint = (database: Database, pen: Pen, step: Hash, bytes: Uint8Array<ArrayBuffer>, from: readonly Hash[] = []): Promise<void> =>
  atomically(database, ['checkpoints'], pen, 'strict', async (tx) => {
    const store = tx.objectStore('checkpoints');
    const [a, b] = await Promise.all([store.get([step, 'A']), store.get([step, 'B'])]);
    const sequence = Math.max(a?.sequence ?? 0, b?.sequence ?? 0) + 1;
    await store.put({ step, slot: (a?.sequence ?? 0) <= (b?.sequence ?? 0) ? 'A' : 'B', sequence, bytes, from });
  });

/** The newest checkpoint of a step, if it was interrupted. */
export const checkpointOf = (database: Database, step: Hash): Promise<Uint8Array<ArrayBuffer> | undefined> =>
  database.read(async (db) => {
    const store = db.transaction('checkpoints').store;
    const found = (await Promise.all([store.get([step, 'A']), store.get([step, 'B'])])).filter((kept) => kept !== undefined);
    return found.sort((x, y) => y.sequence - x.sequence)[0]?.bytes;
  });

/** Forgets how far a step had come: what was thrown away must not come back. */
export const dropCheckpoints = (database: Database, pen: Pen, step: Hash): Promise<void> =>
  atomically(database, ['checkpoints'], pen, 'relaxed', async (tx) => {
    await tx.objectStore('checkpoints').delete([step, 'A']);
    await tx.objectStore('checkpoints').delete([step, 'B']);
  });

/** Steps that were interrupted, with how far they got. */
export const interruptedSteps = (database: Database): Promise<Hash[]> =>
  database.read(async (db) => [...new Set((await db.getAllKeys('checkpoints')).map(([step]) => step))]);
