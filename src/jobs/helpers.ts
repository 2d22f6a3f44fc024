/**
 * @file The page's side of the helpers of one step: started when the queue gives a turn, connected to the worker that performs the step, given up when
 * their place is due to another, and replaced once when they die. What they compute goes from worker to worker and never through the page.
 */

import { transfer } from 'comlink';
import type { HelperNews, HelperWish, StepApi } from '../../workers/steps/api';
import type { JobQueue, Turn, Urgency } from './queue';
import type { RemoteWorker } from './remote';

/** Deaths after which the step goes on without helpers; a part that dies twice ends the step before that. */
const mostDeaths = 2;

interface Helper {
  readonly id: number;
  readonly turn: Turn;
  worker: RemoteWorker<StepApi> | undefined;
}

export class Helpers {
  /** For the worker that performs the step. */
  readonly port: MessagePort;
  readonly #own: MessagePort;
  readonly #start: () => Promise<RemoteWorker<StepApi>>;
  readonly #queue: JobQueue;
  readonly #claim: { readonly urgency: Urgency; readonly parent: object };
  /** Those that wait for a turn and those that have one, in the order in which they were asked for. */
  readonly #helpers = new Map<number, Helper>();
  #wanted = 0;
  #next = 1;
  #deaths = 0;
  #ended = false;
  /** Why the last of them died. */
  lastDeath: Error | undefined;

  /** @param claim the step's own: its helpers get turns as parts of it, and never borrow a place as one whom somebody waits for may */
  constructor(start: () => Promise<RemoteWorker<StepApi>>, queue: JobQueue, claim: { readonly urgency: Urgency; readonly parent: object }) {
    const channel = new MessageChannel();
    this.port = channel.port2;
    this.#own = channel.port1;
    this.#start = start;
    this.#queue = queue;
    this.#claim = { urgency: claim.urgency === 'now' ? 'asked' : claim.urgency, parent: claim.parent };
    this.#own.onmessage = ({ data }: MessageEvent<HelperWish>) => {
      if (data.kind === 'free') return this.#drop(data.id);
      this.#wanted = data.count;
      this.#adjust();
    };
  }

  /** The step has ended, however: nobody helps any more. */
  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    for (const id of [...this.#helpers.keys()]) this.#drop(id);
    this.#own.close();
  }

  /** As many wait for a turn as are wanted and could run beside the step's own worker. */
  #adjust(): void {
    const waiting = [...this.#helpers.values()].filter(({ turn }) => turn.waiting);
    const running = this.#helpers.size - waiting.length;
    const starting = [...this.#helpers.values()].filter(({ turn, worker }) => !turn.waiting && worker === undefined).length;
    const room = this.#deaths >= mostDeaths || this.#ended ? 0 : Math.max(0, this.#queue.limit - 1 - running);
    const due = Math.min(room, Math.max(0, this.#wanted - starting));
    while (waiting.length > due) this.#drop(waiting.pop()!.id);
    for (let i = waiting.length; i < due; i++) void this.#call();
  }

  async #call(): Promise<void> {
    const id = this.#next++;
    const turn = this.#queue.ask({ ...this.#claim, yields: () => this.#tell({ kind: 'retire', id }) });
    const helper: Helper = { id, turn, worker: undefined };
    this.#helpers.set(id, helper);
    try {
      await turn.granted;
      const worker = await this.#start();
      helper.worker = worker;
      if (!this.#helpers.has(id)) return worker.end();
      worker.watch();
      const { port1, port2 } = new MessageChannel();
      // It answers only the step's worker; a call that fails all the same is as good as a death.
      await worker.race(worker.api.help(transfer(port1, [port1])));
      if (!this.#helpers.has(id)) return;
      this.#tell({ kind: 'helper', id, port: port2 }, [port2]);
      await worker.race(new Promise<never>(() => undefined));
    } catch (error) {
      // Dropped by us: that is known already.
      if (!this.#helpers.has(id)) return;
      this.lastDeath = error as Error;
      this.#deaths++;
      this.#tell({ kind: 'lost', id, reason: this.lastDeath.message });
      this.#drop(id);
    }
  }

  #tell(news: HelperNews, ports: MessagePort[] = []): void {
    if (!this.#ended) this.#own.postMessage(news, ports);
  }

  #drop(id: number): void {
    const helper = this.#helpers.get(id);
    if (helper === undefined) return;
    this.#helpers.delete(id);
    helper.worker?.end();
    helper.turn.end();
    if (!this.#ended) this.#adjust();
  }
}
