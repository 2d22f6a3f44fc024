/** @file A database in memory for unit tests, and a way to make its N-th write fail. Speed only: it is no evidence of how browsers behave. */

import 'fake-indexeddb/auto';
import { Database } from '../../../src/storage/database';
import { createProject, takePen } from '../../../src/storage/projects';
import type { ProjectId } from '../../../src/domain/pipeline/project';

let next = 1;

export async function freshStore(): Promise<{ database: Database; project: ProjectId; pen: Awaited<ReturnType<typeof takePen>> }> {
  const database = new Database(`test-${next++}`);
  const project: ProjectId = `project:test-${next}`;
  await createProject(database, project, 'A test', 1_000);
  return { database, project, pen: await takePen(database, project) };
}

/** Runs `work` while the N-th write (put, add or delete) throws the error given. @returns whether the N-th write was reached */
export async function failingAt(n: number, error: DOMException, work: () => Promise<unknown>): Promise<{ reached: boolean; failure: unknown }> {
  const prototype = IDBObjectStore.prototype;
  const originals = { put: prototype.put, add: prototype.add, delete: prototype.delete };
  let calls = 0;
  const guard = <A extends unknown[], R>(original: (this: IDBObjectStore, ...args: A) => R) =>
    function (this: IDBObjectStore, ...args: A): R {
      if (++calls === n) throw error;
      return original.apply(this, args);
    };
  prototype.put = guard(originals.put);
  prototype.add = guard(originals.add);
  prototype.delete = guard(originals.delete);
  let failure: unknown;
  try {
    await work();
  } catch (thrown) {
    failure = thrown;
  } finally {
    Object.assign(prototype, originals);
  }
  return { reached: calls >= n, failure };
}
