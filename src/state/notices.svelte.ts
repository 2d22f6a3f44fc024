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
}

export class Notices {
  #all = $state.raw<readonly Notice[]>([]);
  #next = 1;

  get all(): readonly Notice[] {
    return this.#all;
  }

  say(text: string, undo: (() => Promise<void>) | null = null): void {
    this.#add({ kind: 'done', text, refusal: null, undo });
  }

  tell(refusal: RefusalValue): void {
    this.#add({ kind: 'problem', text: '', refusal, undo: null });
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
        return undefined;
      }
      const message = error instanceof Error ? error.message : String(error);
      this.tell({ code: 'workerDied', details: { message } });
      if (error instanceof Error && error.name === 'WorkerDied') return undefined;
      throw error;
    }
  }
}
