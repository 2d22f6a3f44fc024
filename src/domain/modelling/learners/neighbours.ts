/** @file The neighbours learner: each row is answered as the nearest training rows were. */

import type { LearnerDescription } from './description';

/** `k` is scikit-learn's `n_neighbors`; with fewer rows than that, all of them answer. `weights` is scikit-learn's, too. */
export const neighboursDescription: LearnerDescription = {
  name: 'neighbours',
  kinds: ['classification', 'regression'],
  engines: ['native', 'plain'],
  usual: false,
  takesMissing: false,
  takesCategories: false,
  hyperparameters: [
    { name: 'k', default: 5, range: [1, 1000], integer: true },
    { name: 'weights', default: 'uniform', choices: ['uniform', 'distance'] },
  ],
};
