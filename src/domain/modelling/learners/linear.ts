/** @file The linear learner: logistic regression for classes, least squares for values, with the penalty of one's choice. */

import type { LearnerDescription } from './description';

/**
 * It minimises Σ loss + l1 Σ|w| + l2/2 Σ w², the intercepts free; loss is log-loss, or half the squared error of the target in units of its standard
 * deviation s. `penalty` says which of the two terms count. In scikit-learn's words, for n rows: `l2` is 1 / C of LogisticRegression and alpha of
 * Ridge; `l1` is 1 / C of LogisticRegression with an L1 penalty and n / s times alpha of Lasso; of elastic nets C = 1 / (l1 + l2) with
 * l1_ratio = l1 / (l1 + l2), and alpha = (s l1 + l2) / n with l1_ratio = s l1 / (s l1 + l2).
 * `tolerance` is the largest entry of the mean gradient (least subgradient) at which the iterations end; scikit-learn's default, too.
 */
export const linearDescription: LearnerDescription = {
  name: 'linear',
  kinds: ['classification', 'regression'],
  engines: ['native', 'plain'],
  usual: true,
  takesMissing: false,
  takesCategories: false,
  /**
   * Products of columns with columns for least squares, and in each iteration with an L1 term; else a pass for the answers and one for the
   * gradient. float64 costs several times what the rates of float32 say, a pass more so than products, which stay in the cache. Few trainings
   * need more than 15 iterations. The kernel keeps the rows a second time.
   */
  cost({ penalty, max_iterations: most }, { rows, validationRows, features, classes }) {
    const outputs = classes > 2 ? classes : 1;
    const products = (1.5 * rows * features * features) / 2;
    const pass = 10 * rows * features * outputs;
    const iterations = Math.min(Number(most), 15);
    return {
      operations: classes === 0 ? products : iterations * (penalty === 'l1' || penalty === 'elasticnet' ? outputs * (products + 2 * pass) : pass),
      steps: 0,
      bytes: (rows + validationRows) * (4 * features + 8 * (outputs + 4)) + 32 * features * features + 200 * features * outputs,
    };
  },
  hyperparameters: [
    { name: 'penalty', default: 'l2', choices: ['none', 'l2', 'l1', 'elasticnet'] },
    { name: 'l2', default: 1, range: [0, 1e6] },
    { name: 'l1', default: 1, range: [0, 1e6] },
    { name: 'max_iterations', default: 500, range: [1, 10_000], integer: true },
    { name: 'tolerance', default: 1e-4, range: [1e-12, 1] },
  ],
};
