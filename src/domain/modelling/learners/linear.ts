/** @file The linear learner: logistic regression with L2 for classes, ridge regression for values. */

import type { LearnerDescription } from './description';

/**
 * `l2` is the strength of the penalty: 1 / C for scikit-learn's LogisticRegression, alpha for its Ridge. The intercept is free.
 * `tolerance` is the largest entry of the mean gradient at which the iterations end; scikit-learn's default, too.
 */
export const linearDescription: LearnerDescription = {
  name: 'linear',
  kinds: ['classification', 'regression'],
  engines: ['plain'],
  usual: true,
  takesMissing: false,
  takesCategories: false,
  // Two passes over the rows an iteration; few need more than a hundred. Ridge builds a Gram matrix.
  cost: ({ max_iterations: most }, { rows, features, classes }) => ({
    operations: classes === 0 ? (rows * features * features) / 2 : 2 * Math.min(Number(most), 100) * rows * features * (classes === 2 ? 1 : classes),
    steps: 0,
    bytes: 8 * (classes === 0 ? features * features : 30 * features * Math.max(1, classes)),
  }),
  hyperparameters: [
    { name: 'l2', default: 1, range: [0, 1e6] },
    { name: 'max_iterations', default: 500, range: [1, 10_000], integer: true },
    { name: 'tolerance', default: 1e-4, range: [1e-12, 1] },
  ],
};
