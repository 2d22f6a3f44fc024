/**
 * @file The one queue of the page's workers: who may start one, and when. It knows turns only; what a worker does, and its end, are the holder's.
 * The workers that answer while somebody types or scrolls (`serving`, `browsing`) are not in it: they are idle but for moments.
 */

import { workersAllowed, type WorkerShare } from '../domain/workersAllowed';

/**
 * What comes first. `now`: somebody looks at the page and waits (a preview, a profile, a report). `asked`: a training that somebody began.
 * `sweep`: one of many that a search began by itself.
 */
export const urgencies = ['now', 'asked', 'sweep'] as const;
export type Urgency = (typeof urgencies)[number];

export interface Claim {
  readonly urgency: Urgency;
  /** What it is part of: parents of one urgency get turns alike, however many each asks for. Its own parent when absent. */
  readonly parent?: object;
  /** Called once when its place is due to another. It ends its turn as soon as nothing is lost by that. Without it, a turn is kept to its end. */
  readonly yields?: () => void;
}

/** A place in the queue, then the right to run one worker. */
export interface Turn {
  /** Resolves when the worker may start. Rejects with the reason when the turn is ended before. */
  readonly granted: Promise<void>;
  readonly waiting: boolean;
  /** It will be over in a moment (it was asked to stop before it began): it goes before all others. */
  hurry(): void;
  /** Gives the place back, or leaves the queue. Asked again, it changes nothing. */
  end(reason?: Error): void;
}

/** After so many starts of later ones, whoever waits longest is next, however little urgent. */
export const patience = 16;

interface Entry {
  urgency: Urgency;
  readonly parent: object;
  readonly yields: (() => void) | undefined;
  readonly number: number;
  state: 'waiting' | 'running' | 'ended';
  askedToYield: boolean;
  grant(): void;
  refuse(reason: Error): void;
}

/** How a parent fares. Kept while it has a turn. */
interface Line {
  running: number;
  waiting: number;
  /** Number of its last start; before the first, 0. */
  served: number;
  /** Starts of later claims since its last own. */
  passed: number;
}

const rank = ({ urgency }: Entry): number => urgencies.indexOf(urgency);

export class JobQueue {
  readonly #limit: () => number;
  readonly #waiting: Entry[] = [];
  readonly #running = new Set<Entry>();
  readonly #lines = new Map<object, Line>();
  #claims = 0;
  #starts = 0;

  /** @param limit how many may run at once, asked each time; at least 1 */
  constructor(limit: () => number) {
    this.#limit = limit;
  }

  get limit(): number {
    return Math.max(1, this.#limit());
  }
  get running(): number {
    return this.#running.size;
  }
  get waiting(): number {
    return this.#waiting.length;
  }

  /** Queues for a turn. It may be granted already when this returns. */
  ask({ urgency, parent = {}, yields }: Claim): Turn {
    let grant!: () => void;
    let refuse!: (reason: Error) => void;
    const granted = new Promise<void>((resolve, reject) => ([grant, refuse] = [resolve, reject]));
    granted.catch(() => undefined); // met by whoever waits for it
    const entry: Entry = { urgency, parent, yields, number: ++this.#claims, state: 'waiting', askedToYield: false, grant, refuse };
    this.#waiting.push(entry);
    this.#line(parent).waiting++;
    this.settle();
    return {
      granted,
      get waiting() {
        return entry.state === 'waiting';
      },
      hurry: () => {
        if (entry.state !== 'waiting') return;
        entry.urgency = 'now';
        this.settle();
      },
      end: (reason = new Error('the turn was given back')) => this.#end(entry, reason),
    };
  }

  /** Holds a turn while `work` goes on. */
  async during<T>(claim: Claim, work: () => Promise<T>): Promise<T> {
    const turn = this.ask(claim);
    try {
      await turn.granted;
      return await work();
    } finally {
      turn.end();
    }
  }

  /** Starts whatever may start. Called again by whoever changed the limit. */
  settle(): void {
    for (let next = this.#next(); next !== undefined; next = this.#next()) this.#start(next);
    this.#askToYield();
  }

  #line(parent: object): Line {
    let line = this.#lines.get(parent);
    if (line === undefined) this.#lines.set(parent, (line = { running: 0, waiting: 0, served: 0, passed: 0 }));
    return line;
  }

  /** What somebody waits for borrows one place over the limit: a look at a file must not wait for two trainings of an hour. */
  #hasPlace({ urgency }: Entry): boolean {
    return this.#running.size < this.limit + (urgency === 'now' ? 1 : 0);
  }

  /** The one that starts next, if any may. */
  #next(): Entry | undefined {
    return this.#inOrder().find((entry) => this.#hasPlace(entry));
  }

  #inOrder(): Entry[] {
    return [...this.#waiting].sort((one, other) => {
      const [a, b] = [this.#line(one.parent), this.#line(other.parent)];
      const [late, otherLate] = [a.passed >= patience, b.passed >= patience];
      if (late || otherLate) return late && otherLate ? one.number - other.number : late ? -1 : 1;
      return rank(one) - rank(other) || a.running - b.running || a.served - b.served || one.number - other.number;
    });
  }

  #start(entry: Entry): void {
    this.#waiting.splice(this.#waiting.indexOf(entry), 1);
    const overtaken = new Set(this.#waiting.filter(({ number, parent }) => number < entry.number && parent !== entry.parent).map(({ parent }) => parent));
    for (const parent of overtaken) this.#line(parent).passed++;
    const line = this.#line(entry.parent);
    line.waiting--;
    line.running++;
    line.served = ++this.#starts;
    line.passed = 0;
    entry.state = 'running';
    this.#running.add(entry);
    entry.grant();
  }

  #end(entry: Entry, reason: Error): void {
    if (entry.state === 'ended') return;
    const line = this.#line(entry.parent);
    if (entry.state === 'running') {
      this.#running.delete(entry);
      line.running--;
    } else {
      this.#waiting.splice(this.#waiting.indexOf(entry), 1);
      line.waiting--;
      entry.refuse(reason);
    }
    entry.state = 'ended';
    if (line.running === 0 && line.waiting === 0) this.#lines.delete(entry.parent);
    this.settle();
  }

  /** One that can give up its place is asked to for each that waits and would go before it, and while more run than may. */
  #askToYield(): void {
    const able = [...this.#running].filter(({ yields, askedToYield }) => yields !== undefined && !askedToYield);
    let coming = [...this.#running].filter(({ askedToYield }) => askedToYield).length;
    const excess = this.#running.size - this.limit;
    const ask = (entry: Entry): void => {
      able.splice(able.indexOf(entry), 1);
      entry.askedToYield = true;
      entry.yields!();
    };
    while (coming < excess && able.length > 0) {
      ask(able.at(-1)!);
      coming++;
    }
    for (const waiter of this.#inOrder()) {
      if (able.length === 0) return;
      if (coming > 0) {
        coming--;
        continue;
      }
      const yielding = able.findLast((entry) => this.#isDueTo(waiter, entry));
      if (yielding !== undefined) ask(yielding);
    }
  }

  /** Whether a place should change hands: to what is more urgent, or to a parent that has at least two fewer, so that it would not come back at once. */
  #isDueTo(waiter: Entry, holder: Entry): boolean {
    const order = rank(waiter) - rank(holder);
    return order < 0 || (order === 0 && waiter.parent !== holder.parent && this.#line(waiter.parent).running + 2 <= this.#line(holder.parent).running);
  }
}

let share: WorkerShare = 'all';

/** Of the device that the page is on. Where it does not tell its cores, it has one. */
export const pageQueue = new JobQueue(() => workersAllowed(globalThis.navigator?.hardwareConcurrency ?? 1, share));

/** Takes effect at once for what waits; what can give up its place is asked to, and the rest runs to its end. */
export function useShare(told: WorkerShare): void {
  share = told;
  pageQueue.settle();
}
