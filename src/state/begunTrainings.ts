/**
 * @file Trainings that were begun and did not end, so that one that was cut off can be offered again. The checkpoint itself is in the
 * database and knows only its step; what was asked for is noted here, beside it. Losing a note loses an offer, never work.
 */

import { keepText, keptText, saidBy } from './keepsake';
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

const placeOf = (project: ProjectId): string => `begun:${project}`;

/** What a stored text says; nothing where it is not one of ours. */
export function begunFrom(text: string | null): readonly BegunTraining[] {
  const value = saidBy(text);
  return Array.isArray(value)
    ? (value as Partial<BegunTraining>[]).filter(
        (one): one is BegunTraining => typeof one?.key === 'string' && typeof one.version === 'number' && typeof one.number === 'number' && typeof one.choice?.learner === 'string',
      )
    : [];
}

export const begunTrainings = (project: ProjectId): readonly BegunTraining[] => begunFrom(keptText(placeOf(project)));

const write = (project: ProjectId, begun: readonly BegunTraining[]): void => void keepText(placeOf(project), begun.length === 0 ? null : JSON.stringify(begun));

export const noteBegun = (project: ProjectId, training: BegunTraining): void =>
  write(project, [...begunTrainings(project).filter(({ key }) => key !== training.key), training]);

export const forgetBegun = (project: ProjectId, key: Hash): void =>
  write(
    project,
    begunTrainings(project).filter((training) => training.key !== key),
  );

/** The project is gone: nothing of it is offered again. */
export const forgetAllBegun = (project: ProjectId): void => write(project, []);
