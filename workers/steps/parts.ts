/**
 * @file Parts of a step: computed by the worker that performs it and, when they take long enough to be worth a start, by helpers beside it. Each part
 * depends on the shared data and its number alone, so that who computes it, and in which order, changes no bit of what comes out.
 * Not who may start a worker: helpers are asked of the page, which has the queue.
 */

import type { HelperNews, HelperWish } from './api';
import type { FromHelper, ToHelper } from './helping';
import { Refusal } from '../../src/domain/refusal';
import { buffersIn, copied } from './handOver';

/** Around the computing of one part. */
export interface PartHooks {
  /** Lets waiting messages be handled. Await it at least every 50 ms. @throws what ends the whole step */
  breathe(): Promise<void>;
  /** How much of the part is done: 0 to 1. */
  share(share: number): void;
}

/**
 * A kind of part. `Shared` and `Answer` are plain data: objects, arrays, texts, numbers, typed arrays. One line in its worker's table lets helpers
 * compute it too.
 */
export interface PartWork<Shared, Answer> {
  readonly name: string;
  /** Called once in each worker: makes ready what every part needs. */
  begin(shared: Shared): (part: number, hooks: PartHooks) => Promise<Answer>;
  /** Whether after this answer later parts are of no use. */
  ends?(answer: Answer): boolean;
}

export interface PartsOptions {
  readonly breathe: () => Promise<void>;
  /** Parts done so far, with the shares of those under way. */
  readonly tell?: (done: number, workers: number) => void;
  /** Where helpers are asked for and come from; without it, all is computed here. */
  readonly helpers?: MessagePort | undefined;
  /** No helper is asked for: it would wait for what this worker uses. */
  readonly alone?: boolean;
  /** Helpers are asked for when the parts have taken so long: as long as a worker takes to start, so that short work never waits for one. */
  readonly worthMs?: number;
}

/** A part ended its worker twice: here is the end of trying. The page knows what the worker died of. */
export class PartLost extends Error {
  override readonly name = 'PartLost';
}

/** Deaths of its worker that a part survives. */
const mostDeaths = 1;
/** While others compute, a stop is looked for so often. */
const lookMs = 50;
/** What the start of a worker takes, measured. */
const startMs = 90;

interface Helper {
  readonly port: MessagePort;
  part: number | null;
  /** Its place is due to another: it gets no more. */
  retiring: boolean;
}

/**
 * Computes `count` parts and gives their answers in order. When one ends them (`ends`), or fails, it is the first in order that does: those before it
 * are still computed, so that the ending is the same as one after another. Answers then end with that one.
 * @throws what the first failing part threw; PartLost; whatever `breathe` throws, at once
 */
export function runParts<Shared, Answer>(work: PartWork<Shared, Answer>, shared: Shared, count: number, options: PartsOptions): Promise<Answer[]> {
  return new PartsRun(work, shared, count, options).run();
}

class PartsRun<Shared, Answer> {
  readonly #work: PartWork<Shared, Answer>;
  readonly #shared: Shared;
  readonly #options: PartsOptions;
  /** Not given out, ascending. */
  readonly #pending: number[];
  readonly #answers: (Answer | undefined)[];
  readonly #isDone: Uint8Array;
  readonly #shares: Float64Array;
  readonly #deaths: Uint8Array;
  readonly #helpers = new Map<number, Helper>();
  /** The first part in order that ended the rest, or failed. */
  #last: { readonly part: number; readonly failure: { readonly error: unknown } | null } | undefined;
  #fatal: { readonly error: unknown } | undefined;
  #wake: () => void = () => undefined;
  #listens = false;

  constructor(work: PartWork<Shared, Answer>, shared: Shared, count: number, options: PartsOptions) {
    this.#work = work;
    this.#shared = shared;
    this.#options = options;
    this.#pending = Array.from({ length: count }, (_, part) => part);
    this.#answers = new Array<Answer | undefined>(count);
    this.#isDone = new Uint8Array(count);
    this.#shares = new Float64Array(count);
    this.#deaths = new Uint8Array(count);
  }

  async run(): Promise<Answer[]> {
    const { helpers, alone = false, worthMs = startMs } = this.#options;
    const worth = helpers !== undefined && !alone && this.#pending.length > 1;
    const asking = worth && worthMs > 0 ? setTimeout(() => this.#listen(helpers), worthMs) : undefined;
    if (worth && worthMs <= 0) this.#listen(helpers);
    const compute = this.#work.begin(this.#shared);
    try {
      while (!this.#complete) {
        const part = this.#take();
        if (part === undefined) await this.#news();
        else await this.#computeHere(compute, part);
        await this.#breathe();
      }
    } finally {
      clearTimeout(asking);
      this.#letGo();
    }
    if (this.#last?.failure) throw this.#last.failure.error;
    return this.#answers.slice(0, this.#bound) as Answer[];
  }

  /** Parts that are wanted: all, or those up to the one that ends the rest. */
  get #bound(): number {
    return this.#last === undefined ? this.#answers.length : this.#last.part + 1;
  }

  get #complete(): boolean {
    for (let part = 0; part < this.#bound; part++) if (this.#isDone[part] === 0) return false;
    return true;
  }

  #take(): number | undefined {
    if (this.#pending.length === 0 || this.#pending[0]! >= this.#bound) return undefined;
    const part = this.#pending.shift()!;
    this.#want();
    return part;
  }

  async #computeHere(compute: ReturnType<PartWork<Shared, Answer>['begin']>, part: number): Promise<void> {
    try {
      this.#settle(part, await compute(part, { breathe: () => this.#breathe(), share: (share) => this.#share(part, share) }));
    } catch (error) {
      if (this.#fatal !== undefined) throw this.#fatal.error;
      this.#fail(part, error);
    }
  }

  async #breathe(): Promise<void> {
    try {
      await this.#options.breathe();
    } catch (error) {
      this.#fatal ??= { error };
    }
    if (this.#fatal !== undefined) throw this.#fatal.error;
  }

  #news(): Promise<void> {
    return new Promise((resolve) => {
      const late = setTimeout(resolve, lookMs);
      this.#wake = () => {
        clearTimeout(late);
        resolve();
      };
    });
  }

  #share(part: number, share: number): void {
    this.#shares[part] = Math.max(this.#shares[part]!, Math.min(1, share));
    this.#tell();
  }

  #tell(): void {
    let done = 0;
    for (const share of this.#shares) done += share;
    const helping = [...this.#helpers.values()].filter(({ part }) => part !== null).length;
    this.#options.tell?.(done, 1 + helping);
  }

  #settle(part: number, answer: Answer): void {
    this.#answers[part] = answer;
    if (this.#work.ends?.(answer) === true) this.#close(part, null);
    this.#done(part);
  }

  #fail(part: number, error: unknown): void {
    this.#close(part, { error });
    this.#done(part);
  }

  #close(part: number, failure: { readonly error: unknown } | null): void {
    if (this.#last === undefined || part < this.#last.part) this.#last = { part, failure };
  }

  #done(part: number): void {
    this.#isDone[part] = 1;
    this.#share(part, 1);
    this.#wake();
  }

  // What follows is about helpers.

  #listen(port: MessagePort): void {
    this.#listens = true;
    port.onmessage = ({ data }: MessageEvent<HelperNews>) => {
      if (data.kind === 'helper') this.#join(data.id, data.port);
      else if (data.kind === 'lost') this.#lose(data.id, data.reason);
      else this.#retire(data.id);
    };
    this.#want();
  }

  #post(wish: HelperWish): void {
    this.#options.helpers?.postMessage(wish);
  }

  #want(): void {
    if (this.#listens) this.#post({ kind: 'want', count: this.#pending.filter((part) => part < this.#bound).length });
  }

  #join(id: number, port: MessagePort): void {
    const helper: Helper = { port, part: null, retiring: false };
    this.#helpers.set(id, helper);
    if (this.#pending.length === 0 || this.#pending[0]! >= this.#bound) return this.#dismiss(id);
    port.onmessage = ({ data }: MessageEvent<FromHelper>) => this.#hear(id, helper, data);
    const shared = copied(this.#shared);
    port.postMessage({ kind: 'begin', work: this.#work.name, shared } satisfies ToHelper, buffersIn(shared));
    this.#give(id, helper);
  }

  #give(id: number, helper: Helper): void {
    const part = helper.retiring ? undefined : this.#take();
    helper.part = part ?? null;
    if (part === undefined) this.#dismiss(id);
    else helper.port.postMessage({ kind: 'part', part } satisfies ToHelper);
  }

  #hear(id: number, helper: Helper, told: FromHelper): void {
    if (told.part !== helper.part) return;
    if (told.kind === 'share') return this.#share(told.part, told.share);
    if (told.kind === 'answer') this.#settle(told.part, told.answer as Answer);
    else this.#fail(told.part, told.kind === 'refused' ? new Refusal(told.refusal.code, told.refusal.details) : Object.assign(new Error(told.message), { name: told.name }));
    this.#give(id, helper);
  }

  /** A helper died. Its part is computed once more, by whoever is free. */
  #lose(id: number, reason: string): void {
    const part = this.#helpers.get(id)?.part ?? null;
    this.#helpers.delete(id);
    if (part !== null) {
      if (++this.#deaths[part]! > mostDeaths) this.#fatal ??= { error: new PartLost(reason) };
      this.#pending.unshift(part);
      this.#pending.sort((a, b) => a - b);
      this.#want();
    }
    this.#tell();
    this.#wake();
  }

  #retire(id: number): void {
    const helper = this.#helpers.get(id);
    if (helper === undefined) return this.#post({ kind: 'free', id });
    helper.retiring = true;
    if (helper.part === null) this.#dismiss(id);
  }

  /** The page may put it away: its place is another's. */
  #dismiss(id: number): void {
    this.#helpers.get(id)?.port.close();
    this.#helpers.delete(id);
    this.#post({ kind: 'free', id });
  }

  #letGo(): void {
    const { helpers } = this.#options;
    if (!this.#listens || helpers === undefined) return;
    this.#listens = false;
    this.#post({ kind: 'want', count: 0 });
    for (const id of [...this.#helpers.keys()]) this.#dismiss(id);
    // Parts of the same step that follow ask again; one that arrives meanwhile is not needed.
    helpers.onmessage = ({ data }: MessageEvent<HelperNews>) => {
      if (data.kind === 'helper') data.port.close();
      if (data.kind !== 'lost') this.#post({ kind: 'free', id: data.id });
    };
  }
}
