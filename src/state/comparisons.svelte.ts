/** @file Paired differences between runs, computed one after another in the background and shown as they come. */

import { comparison } from './modelling';
import { onePer } from './onePer';
import type { OpenProject } from './project.svelte';
import { Problem } from './problem';
import { rooted } from './rooted.svelte';
import { Aborted, Left } from '../jobs/remote';
import type { ComparisonBody } from '../domain/modelling/report';
import type { Run } from '../domain/pipeline/project';
import type { RefusalValue } from '../domain/refusal';

export type Compared = { readonly kind: 'known'; readonly body: ComparisonBody } | { readonly kind: 'failed'; readonly refusal: RefusalValue };

export class Comparisons {
  readonly #project: OpenProject;
  #found = $state.raw<ReadonlyMap<string, Compared>>(new Map());
  readonly #asked = new Set<string>();
  #queue: Promise<unknown> = Promise.resolve();

  constructor(project: OpenProject) {
    this.#project = project;
  }

  // Scores decide, not the run's number: a run made anew under its number is another one.
  #key(candidate: Run, baseline: Run, metric: string): string {
    return [candidate.scores, baseline.scores, metric, this.#project.state.threshold].join(' ');
  }

  /** Candidate less baseline; undefined while it is not known. */
  of(candidate: Run, baseline: Run, metric: string): Compared | undefined {
    return this.#found.get(this.#key(candidate, baseline, metric));
  }

  /** Asks for what is not known yet. */
  want(candidate: Run, baseline: Run, metrics: readonly string[]): void {
    for (const metric of metrics) {
      const key = this.#key(candidate, baseline, metric);
      if (this.#asked.has(key)) continue;
      this.#asked.add(key);
      this.#queue = this.#queue.then(() => this.#ask(key, candidate, baseline, metric));
    }
  }

  async #ask(key: string, candidate: Run, baseline: Run, metric: string): Promise<void> {
    // The threshold moved while this waited: this one is asked again when somebody wants it under the old one.
    if (key !== this.#key(candidate, baseline, metric)) return void this.#asked.delete(key);
    try {
      this.#put(key, { kind: 'known', body: await comparison(this.#project, candidate, baseline, metric) });
    } catch (error) {
      // Thrown away, left, or not ours to write just now: it is no answer, and may be asked again.
      if (error instanceof Aborted || error instanceof Left || (error instanceof Problem && error.refusal.code === 'storageFenced')) this.#asked.delete(key);
      else if (error instanceof Problem) this.#put(key, { kind: 'failed', refusal: error.refusal });
      else this.#put(key, { kind: 'failed', refusal: { code: 'workerDied', details: { message: error instanceof Error ? error.message : String(error) } } });
    }
  }

  #put(key: string, compared: Compared): void {
    this.#found = new Map(this.#found).set(key, compared);
  }
}

/** The comparisons of a project, the same for every view of it. */
export const comparisonsOf = onePer((project) => rooted(() => new Comparisons(project)));
