/** @file The explainable boosting machine: a sum of curves and of a few pairwise tables, each learnt in many small steps, that can be looked at whole. */

import type { LearnerDescription } from './description';
import { directionsOf } from './treeConstraints';

/** Passes over all terms in one round: a round is one point of the curve, and what `rounds` and `patience` count. */
export const passesPerRound = 10;

/**
 * Lou, Caruana and Gehrke 2012; Lou, Caruana, Gehrke and Hooker 2013. `pairs` is their number, `interactions` to others. With more than one of the `bags` each keeps
 * back a share of the training rows and stops where those are predicted best; a single one learns from all rows and stops by the validation rows.
 */
export const ebmDescription: LearnerDescription = {
  name: 'ebm',
  kinds: ['classification', 'regression'],
  engines: ['native', 'plain'],
  usual: false,
  takesMissing: true,
  takesCategories: true,
  preparation: { scaling: 'none', coding: 'codes', fillNumbers: 'keep' },
  hyperparameters: [
    { name: 'bags', default: 8, range: [1, 64], integer: true },
    { name: 'pairs', default: 10, range: [0, 500], integer: true },
    { name: 'learning_rate', default: 0.03, range: [1e-4, 1] },
    { name: 'rounds', default: 5000, range: [1, 50_000], integer: true },
    { name: 'patience', default: 5, range: [0, 1000], integer: true },
    { name: 'max_leaves', default: 2, range: [2, 32], integer: true },
    { name: 'min_leaf', default: 5, range: [0, 1e6] },
    { name: 'max_bins', default: 255, range: [2, 255], integer: true },
    { name: 'monotone', default: '' },
  ],
  // A step passes over the rows of one term, at the price of some sixty multiplications a row; bags stop when their tables have gone as far as they do
  // in about 1.5 / rate rounds. Every row has a byte a feature twice over, and two a pair.
  cost({ bags, pairs, learning_rate: rate, rounds }, { rows, validationRows, features, classes }) {
    const outputs = classes > 2 ? classes : 1;
    const steps = Number(bags) * Math.min(Number(rounds), 1.5 / Number(rate)) * passesPerRound * (features + Number(pairs)) * 0.5;
    const all = rows + validationRows;
    return { operations: 60 * steps * rows * outputs, steps, bytes: all * (4 * features + 4 * Number(pairs) + 24 + 12 * outputs + 4 * Number(bags)) };
  },
  check: (hyperparameters) => void directionsOf(String(hyperparameters['monotone'])),
};
