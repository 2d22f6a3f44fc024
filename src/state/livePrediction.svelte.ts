/** @file Answers while a form is being filled in: one warm worker, one question at a time, late answers dropped. */

import type { Server } from '../jobs/serving';
import type { Json } from '../domain/canonical';
import { demandRun, serve } from './deployment';
import type { OpenProject } from './project.svelte';
import type { ModelVersion } from '../domain/pipeline/project';

/** One value a column, as text; null where not stated. */
export type Request = Parameters<Server['answer']>[0];
/** Classes with probabilities, a value, or why the row cannot be answered. */
export type Answer = Awaited<ReturnType<Server['answer']>>;

/** What a live prediction needs of a server. */
export type Answers = Pick<Server, 'answer' | 'end'>;

/** Milliseconds of quiet before a question is asked. */
const quiet = 120;
/** Milliseconds that an answer stands before it counts as one that somebody wanted, and not as a step on the way to it. */
const rest = 2_000;

export class LivePrediction {
  #answer = $state.raw<Answer | null>(null);
  #waiting = $state(false);
  readonly #start: () => Promise<Answers>;
  readonly #pause: number;
  #server: Promise<Answers> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #latest = 0;
  #resting: ReturnType<typeof setTimeout> | undefined;
  #noted = '';

  /** Told of an answer that stands: once for each question, never for a refusal. */
  readonly #stood: ((request: Request, answer: Answer) => void) | undefined;

  /** @param start starts the server, at the first question; @param pause milliseconds of quiet before a question is asked */
  constructor(start: () => Promise<Answers>, pause = quiet, stood?: (request: Request, answer: Answer) => void) {
    this.#start = start;
    this.#pause = pause;
    this.#stood = stood;
  }

  get answer(): Answer | null {
    return this.#answer;
  }
  /** The answer shown is to an earlier question. */
  get waiting(): boolean {
    return this.#waiting;
  }

  /** Asks after a moment of quiet. @param failed is told what went wrong with the worker; the next question starts another */
  ask(request: Request, failed: (error: unknown) => void): void {
    const mine = ++this.#latest;
    this.#waiting = true;
    clearTimeout(this.#timer);
    clearTimeout(this.#resting);
    this.#timer = setTimeout(() => {
      void this.#put(request).then(
        (answer) => {
          if (mine !== this.#latest) return;
          this.#answer = answer;
          this.#waiting = false;
          if (answer.kind !== 'refused') this.#resting = setTimeout(() => this.#note(request, answer), rest);
        },
        (error: unknown) => {
          if (mine !== this.#latest) return;
          this.#waiting = false;
          failed(error);
        },
      );
    }, this.#pause);
  }

  async #put(request: Request): Promise<Answer> {
    const asked = (this.#server ??= this.#start());
    try {
      return await (await asked).answer(request);
    } catch (error) {
      // The next question starts another; a later one that is well stays.
      if (this.#server === asked) this.#server = undefined;
      void asked.then(
        (server) => server.end(),
        () => undefined,
      );
      throw error;
    }
  }

  #note(request: Request, answer: Answer): void {
    const asked = JSON.stringify(request);
    if (asked === this.#noted) return;
    this.#noted = asked;
    this.#stood?.(request, answer);
  }

  end(): void {
    clearTimeout(this.#timer);
    clearTimeout(this.#resting);
    this.#latest++;
    void this.#server?.then(
      (server) => server.end(),
      () => undefined,
    );
    this.#server = undefined;
  }
}

/** Live predictions of a model version. The caller ends it. @param stood told of each answer that stands */
export const livePrediction = (project: OpenProject, version: ModelVersion, stood: (request: Request, answer: Answer) => void): LivePrediction =>
  new LivePrediction(() => serve(project, version), quiet, stood);

/** Notes in the log that the model was asked and what it answered. @param request what was asked; null: left out, as the log outlives rows that are deleted */
export const noteAnswer = (project: OpenProject, version: ModelVersion, request: Request | null, answer: Answer): Promise<void> =>
  project.remark('predicted', { model: version.number, rows: 1, ...(request === null ? {} : { request }), answer } as unknown as Record<string, Json>);

/** The first rows of the data a model learnt from, as requests. */
export async function exampleRequests(project: OpenProject, version: ModelVersion, count: number): Promise<readonly Request[]> {
  const run = demandRun(project.state, version);
  const server = await serve(project, version);
  try {
    return await server.examples(project.database.name, run.table, count);
  } finally {
    server.end();
  }
}
