/**
 * @file A worker that lives exactly as long as its work, behind what comlink lacks: a call to a worker that died rejects,
 * and silence is noticed. The Worker is kept in a variable: one held only by its proxy has been collected by Safari.
 */

import { wrap, type Remote } from 'comlink';
import { workersMayStart } from './offline';

export class WorkerDied extends Error {
  override readonly name = 'WorkerDied';
}

/** The project was left while the job ran: what was checkpointed stays, and the job may go on another time. */
export class Left extends Error {
  override readonly name = 'Left';
}

export class Aborted extends Error {
  override readonly name = 'Aborted';
}

interface Alive {
  ping(): Promise<true>;
}

export interface Patience {
  /** No sign of life for this long is death. Long enough for a shader compile or one slow wasm call. */
  readonly silenceMs: number;
  readonly pingMs: number;
}

const usual: Patience = { silenceMs: 60_000, pingMs: 5_000 };

export class RemoteWorker<Api extends object> {
  readonly api: Remote<Api>;
  readonly #worker: Worker;
  readonly #death: Promise<never>;
  #die!: (error: Error) => void;
  #heart: ReturnType<typeof setInterval> | undefined;
  #ended = false;

  /** Starts a worker once it would be sealed by the content policy. @throws Refusal workersUnsealed */
  static async start<Api extends object>(spawn: () => Worker): Promise<RemoteWorker<Api>> {
    await workersMayStart();
    return new RemoteWorker<Api>(spawn);
  }

  private constructor(spawn: () => Worker) {
    this.#worker = spawn();
    this.#death = new Promise<never>((_, reject) => {
      this.#die = reject;
    });
    this.#death.catch(() => undefined); // met by whoever races against it
    this.#worker.onerror = (event) => this.#end(new WorkerDied(`a worker failed: ${event.message || 'it could not be started'}`));
    this.#worker.onmessageerror = () => this.#end(new WorkerDied('a worker sent what could not be read'));
    this.api = wrap<Api>(this.#worker);
  }

  /** Watches for signs of life from now on. Asked again, it changes nothing. */
  watch({ silenceMs, pingMs }: Patience = usual): void {
    if (this.#ended || this.#heart !== undefined) return;
    let silent = 0;
    let asked = false;
    let before = performance.now();
    this.#heart = setInterval(() => {
      const now = performance.now();
      // A beat that comes late was the page's own sleep (a closed lid, a frozen tab, a throttled timer), in which the worker could not be heard.
      if (asked) silent += Math.min(now - before, 2 * pingMs);
      before = now;
      if (silent > silenceMs) return this.#end(new WorkerDied(`a worker has not answered for ${Math.round(silenceMs / 1000)} s`));
      if (asked) return;
      asked = true;
      (this.api as unknown as Alive).ping().then(
        () => {
          silent = 0;
          asked = false;
        },
        () => undefined, // death is noticed elsewhere
      );
    }, pingMs);
  }

  /** Settles with the call, or rejects when the worker dies or is ended before. */
  race<Call extends Promise<unknown>>(call: Call): Promise<Awaited<Call>> {
    return Promise.race([call, this.#death]) as Promise<Awaited<Call>>;
  }

  /** Ends the worker at once. Calls under way reject with the reason. */
  end(reason: Error = new Aborted('the job was ended')): void {
    this.#end(reason);
  }

  #end(reason: Error): void {
    if (this.#ended) return;
    this.#ended = true;
    clearInterval(this.#heart);
    this.#worker.terminate();
    this.#die(reason);
  }
}
