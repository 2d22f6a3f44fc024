/** @file The Bayes learner: naive Bayes, which looks at each feature by itself: normal densities of numbers, shares of categories. */

import type { LearnerDescription } from './description';

/**
 * `var_smoothing` is scikit-learn's GaussianNB's: that share of the largest variance is added to all of them. `alpha` is its CategoricalNB's:
 * so many rows are added to each category of each class (Laplace and Lidstone).
 */
export const bayesDescription: LearnerDescription = {
  name: 'bayes',
  kinds: ['classification'],
  engines: ['plain'],
  usual: false,
  preparation: { coding: 'codes', fillNumbers: 'keep' },
  takesMissing: true,
  takesCategories: true,
  /** Two passes for means and variances, one for the curve. */
  cost: (_hyperparameters, { rows, validationRows, features, classes }) => ({
    operations: 2 * rows * features + (rows + validationRows) * features * classes,
    steps: 0,
    bytes: 32 * features * classes,
  }),
  hyperparameters: [
    { name: 'alpha', default: 1, range: [1e-10, 1000] },
    { name: 'var_smoothing', default: 1e-9, range: [1e-12, 1] },
  ],
};
