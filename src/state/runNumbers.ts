/**
 * @file Numbers of runs, given out when a training is begun: which of several ends first is the machine's affair. A number is kept with the
 * note of the training until its run is, also through a reload; one that comes to nothing gives it back.
 */

import { begunTrainings } from './begunTrainings';
import { onePer } from './onePer';
import type { OpenProject } from './project.svelte';
import type { Hash } from '../domain/pipeline/digest';
import { nextNumber, numbersGiven } from '../domain/pipeline/project';

class RunNumbers {
  readonly #project: Pick<OpenProject, 'id' | 'events' | 'state'>;
  readonly #reserved = new Map<Hash, number>();
  #turn: Promise<unknown> = Promise.resolve();

  constructor(project: Pick<OpenProject, 'id' | 'events' | 'state'>) {
    this.#project = project;
    for (const { key, number } of begunTrainings(project.id)) this.#reserved.set(key, number);
  }

  /** Trainings are prepared one after another, in the order in which they were asked for. */
  inTurn<T>(prepare: () => Promise<T>): Promise<T> {
    const next = this.#turn.then(prepare);
    this.#turn = next.catch(() => undefined);
    return next;
  }

  /** The number of the run that a training will be: the one it has, else the next. @param key of its train step */
  reserve(key: Hash): number {
    const { events, state } = this.#project;
    const had = this.#reserved.get(key);
    if (had !== undefined && !numbersGiven(events, state, 'runs').has(had)) return had;
    const number = Math.max(nextNumber(events, state, 'runs'), ...[...this.#reserved.values()].map((one) => one + 1));
    this.#reserved.set(key, number);
    return number;
  }

  release(key: Hash): void {
    this.#reserved.delete(key);
  }
}

/** The numbers of a project's runs, given out by one for all who train. */
export const runNumbersOf = onePer((project) => new RunNumbers(project));
