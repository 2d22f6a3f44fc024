/** @file The neighbours learner: each row is answered as the nearest training rows were. */

import type { LearnerDescription } from './description';

/** Rows of each part that the one point of the curve is measured on: comparing all training rows with all of them would cost more than all else. */
export const curveRows = 2000;

/** `k` is scikit-learn's `n_neighbors`; with fewer rows than that, all of them answer. `weights` is scikit-learn's, too. */
export const neighboursDescription: LearnerDescription = {
  name: 'neighbours',
  kinds: ['classification', 'regression'],
  engines: ['native', 'plain'],
  usual: false,
  takesMissing: false,
  takesCategories: false,
  /** Only the point of the curve costs anything: `curveRows` rows of each part are answered. The kernel holds the rows twice. */
  cost: (_hyperparameters, { rows, validationRows, features }) => ({
    operations: rows * features * (1 + Math.min(rows, curveRows) + Math.min(validationRows, curveRows)),
    steps: 0,
    bytes: 12 * rows * features,
  }),
  hyperparameters: [
    { name: 'k', default: 5, range: [1, 1000], integer: true },
    { name: 'weights', default: 'uniform', choices: ['uniform', 'distance'] },
  ],
};
