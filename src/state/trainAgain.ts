/** @file The choice that trains a run again as it was trained, on what is in hand now. */

import type { RunDetail } from './runBook.svelte';
import type { TrainingChoice } from './training';
import { completeChoice } from '../domain/data/recipe/recipeChoice';

/** A run keeps only what differs from the beginner's recipe, and a training lays what it is given over its learner's own: so all of it is given. */
export const againChoice = ({ run, balanced }: Pick<RunDetail, 'run' | 'balanced'>): TrainingChoice => ({
  learner: run.plan.learner,
  hyperparameters: run.plan.hyperparameters,
  seed: run.plan.seed,
  engine: run.plan.engine,
  balanced,
  preparation: completeChoice(run.preparation ?? {}),
});
