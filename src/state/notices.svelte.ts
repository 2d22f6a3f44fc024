/** @file What the user is told in passing: what was done (with undo), and what could not be done. */

import { Problem } from './problem';
import { Aborted, Left } from '../jobs/remote';
import type { RefusalValue } from '../domain/refusal';

export interface Notice {
  readonly id: number;
  readonly kind: 'done' | 'problem';
  /** Of a thing done: words. */
  readonly text: string;
  /** Of a problem: what the sentence is made from. */
  readonly refusal: RefusalValue | null;
  readonly undo: (() => Promise<void>) | null;
  /** Does once more what could not be done: there is room for it now. */
  readonly again: (() => Promise<unknown>) | null;
}

/** Makes room in a browser that has none left; undefined where it could not. */
export type MakeRoom = () => Promise<{ readonly artifacts: number; readonly chunks: number; readonly bytes: number } | undefined>;

export class Notices {
  #all = $state.raw<readonly Notice[]>([]);
  #next = 1;
  readonly #makeRoom: MakeRoom;

  constructor(makeRoom: MakeRoom = () => Promise.resolve(undefined)) {
    this.#makeRoom = makeRoom;
  }

  get all(): readonly Notice[] {
    return this.#all;
  }

  say(text: string, undo: (() => Promise<void>) | null = null): void {
    this.#add({ kind: 'done', text, refusal: null, undo, again: null });
  }

  tell(refusal: RefusalValue): void {
    this.#add({ kind: 'problem', text: '', refusal, undo: null, again: null });
  }

  /** Another page: its user is told nothing of what failed on the one before. */
  leaveProblems(): void {
    this.#all = this.#all.filter((notice) => notice.kind !== 'problem');
  }

  dismiss(id: number): void {
    this.#all = this.#all.filter((notice) => notice.id !== id);
  }

  #add(notice: Omit<Notice, 'id'>): void {
    // One of each kind at a time: the newest is the one that matters.
    this.#all = [...this.#all.filter((old) => old.kind !== notice.kind), { ...notice, id: this.#next++ }];
  }

  /**
   * Runs an action of the user's; what it cannot do is told, not thrown. Bugs are told and thrown.
   * @returns the result, or undefined when it could not be done
   */
  async attempt<T>(action: () => Promise<T>): Promise<T | undefined> {
    try {
      return await action();
    } catch (error) {
      if (error instanceof Aborted || error instanceof Left) return undefined;
      if (error instanceof Problem) {
        this.tell(error.refusal);
        if (error.refusal.code === 'storageQuota') await this.#offerAgain(action);
        return undefined;
      }
      const message = error instanceof Error ? error.message : String(error);
      this.tell({ code: 'workerDied', details: { message } });
      if (error instanceof Error && error.name === 'WorkerDied') return undefined;
      throw error;
    }
  }

  /** There was no room: what can be computed again goes, and where that freed something the action is offered once more. */
  async #offerAgain(action: () => Promise<unknown>): Promise<void> {
    try {
      const freed = await this.#makeRoom();
      if (freed === undefined || freed.artifacts + freed.chunks === 0) return;
      const { artifacts, chunks, bytes } = freed;
      this.#add({ kind: 'problem', text: '', refusal: { code: 'roomMade', details: { artifacts, chunks, bytes } }, undo: null, again: () => this.attempt(action) });
    } catch (error) {
      // That there is no room has been told; that none could be made adds why only where it is known.
      if (error instanceof Problem) this.tell(error.refusal);
      else throw error;
    }
  }
}
