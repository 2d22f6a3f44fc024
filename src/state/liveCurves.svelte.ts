/** @file Learning curves while they grow: what the trainings under way have told so far, by the number of their job. */

import type { StepProgress } from '../../workers/steps/api';

export interface LivePoint {
  readonly epoch: number;
  readonly trainLoss: number;
  readonly validationLoss: number;
}

const pointOf = ({ phase, done, facts }: StepProgress): LivePoint | undefined => {
  const { trainLoss, validationLoss } = facts;
  return phase === 'training' && typeof trainLoss === 'number' && typeof validationLoss === 'number' ? { epoch: done, trainLoss, validationLoss } : undefined;
};

export class LiveCurves {
  #curves = $state.raw<ReadonlyMap<number, readonly LivePoint[]>>(new Map());

  /** In order of epoch; empty before the first. Not every epoch is told when they are quick. */
  of(job: number): readonly LivePoint[] {
    return this.#curves.get(job) ?? [];
  }

  /** Adds what a report tells. A report without losses, or of an epoch that was told, adds nothing. */
  add(job: number, report: StepProgress): void {
    const point = pointOf(report);
    const told = this.of(job);
    if (point === undefined || point.epoch <= (told.at(-1)?.epoch ?? 0)) return;
    this.#curves = new Map(this.#curves).set(job, [...told, point]);
  }

  forget(job: number): void {
    if (!this.#curves.has(job)) return;
    const curves = new Map(this.#curves);
    curves.delete(job);
    this.#curves = curves;
  }
}
