/** @file The baseline: the answer that looks at no feature. Every other learner has to beat it. */

import type { LearnerDescription } from './description';

export const baselineDescription: LearnerDescription = {
  name: 'baseline',
  kinds: ['classification', 'regression'],
  engines: ['plain'],
  usual: true,
  takesMissing: false,
  takesCategories: false,
  hyperparameters: [],
  cost: (_hyperparameters, { rows }) => ({ operations: rows, steps: 0, bytes: 0 }),
};
