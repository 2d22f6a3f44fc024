/**
 * @file Trainings that were begun and did not end, so that one that was cut off can be offered again. The checkpoint itself is in the
 * database and knows only its step; what was asked for is noted here, beside it. Losing a note loses an offer, never work.
 */

import type { TrainingChoice } from './training';
import type { Hash } from '../domain/pipeline/digest';
import type { ProjectId } from '../domain/pipeline/project';

export interface BegunTraining {
  /** Key of its train step. */
  readonly key: Hash;
  /** Number of the data version. */
  readonly version: number;
  /** Of the run that it will be. */
  readonly number: number;
  readonly choice: Omit<TrainingChoice, 'progress' | 'begun'>;
}

const placeOf = (project: ProjectId): string => `perennial:begun:${project}`;

/** What a stored text says; nothing where it is not one of ours. */
export function begunFrom(text: string | null): readonly BegunTraining[] {
  try {
    const value = JSON.parse(text ?? '[]') as unknown;
    return Array.isArray(value)
      ? (value as Partial<BegunTraining>[]).filter(
          (one): one is BegunTraining => typeof one?.key === 'string' && typeof one.version === 'number' && typeof one.number === 'number' && typeof one.choice?.learner === 'string',
        )
      : [];
  } catch {
    return [];
  }
}

export function begunTrainings(project: ProjectId): readonly BegunTraining[] {
  try {
    return begunFrom(localStorage.getItem(placeOf(project)));
  } catch {
    return [];
  }
}

function write(project: ProjectId, begun: readonly BegunTraining[]): void {
  try {
    if (begun.length === 0) localStorage.removeItem(placeOf(project));
    else localStorage.setItem(placeOf(project), JSON.stringify(begun));
  } catch {
    // A browser that keeps nothing offers nothing to go on with.
  }
}

export const noteBegun = (project: ProjectId, training: BegunTraining): void =>
  write(project, [...begunTrainings(project).filter(({ key }) => key !== training.key), training]);

export const forgetBegun = (project: ProjectId, key: Hash): void =>
  write(
    project,
    begunTrainings(project).filter((training) => training.key !== key),
  );

/** The project is gone: nothing of it is offered again. */
export const forgetAllBegun = (project: ProjectId): void => write(project, []);
