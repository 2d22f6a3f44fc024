/**
 * @file One writer per project: an exclusive lock, and a pen whose epoch every write checks. Other tabs read and follow.
 * Locks fall with their tab; the epoch is what keeps a writer that was stolen from (or slept) from writing again.
 */

import type { Database, Pen } from './database';
import { takePen } from './projects';
import type { ProjectId } from '../domain/pipeline/project';

export interface WriterHooks {
  /** The lock was stolen: another tab writes now. This one is read-only. */
  lost(): void;
}

export interface Writer {
  readonly pen: Pen;
  /** Lets go of the lock; resolves when another may have it. */
  release(): Promise<void>;
}

const lockOf = (database: Database, project: ProjectId): string => `${database.name}:${project}:writer`;

/**
 * Takes the lock and a fresh pen, or resolves with undefined when another tab holds it.
 * @param steal take it from whoever holds it; only after the user said so
 */
export async function becomeWriter(database: Database, project: ProjectId, hooks: WriterHooks, steal = false): Promise<Writer | undefined> {
  // Opened beforehand, so that the pen is taken the moment the lock is had: one taken late, after a thief took his, would dry the thief's.
  await database.connection();
  return new Promise((resolve, reject) => {
    let letGo = (): void => undefined;
    let released = false;
    const held = new Promise<void>((done) => (letGo = done));
    const release = (): Promise<void> => {
      released = true;
      letGo();
      return fallen;
    };
    const fallen: Promise<void> = navigator.locks
      .request(lockOf(database, project), steal ? { steal: true } : { ifAvailable: true }, async (lock) => {
        if (lock === null) return resolve(undefined);
        resolve({ pen: await takePen(database, project), release });
        await held;
      })
      .catch((error: unknown) => {
        // A stolen lock rejects its request with AbortError, long after we resolved.
        if (error instanceof DOMException && error.name === 'AbortError' && !released) hooks.lost();
        reject(error instanceof Error ? error : new Error(String(error)));
      });
  });
}

/** What tabs tell each other about a project. */
export type TabNews = { readonly kind: 'moved'; readonly project: ProjectId } | { readonly kind: 'projects' };

/** The channel on which tabs follow one another. Messages never carry data, only the hint to read again. */
export class TabChannel {
  readonly #channel: BroadcastChannel;

  constructor(database: Database, heard: (news: TabNews) => void) {
    this.#channel = new BroadcastChannel(`${database.name}:news`);
    this.#channel.onmessage = (event: MessageEvent<TabNews>) => heard(event.data);
  }

  tell(news: TabNews): void {
    this.#channel.postMessage(news);
  }

  close(): void {
    this.#channel.close();
  }
}
