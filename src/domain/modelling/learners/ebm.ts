/** @file The explainable boosting machine: a sum of curves and of a few pairwise tables, each learnt in many small steps, that can be looked at whole. */

import { monotoneDirections } from '../monotone';
import type { LearnerDescription } from './description';

/** Passes over all terms in one round: a round is one point of the curve, and what `rounds` and `patience` count. */
export const passesPerRound = 10;

/**
 * Lou, Caruana and Gehrke 2012; Lou, Caruana, Gehrke and Hooker 2013. `interactions` is the number of pairs. With more than one of the `bags` each keeps
 * back a share of the training rows and stops where those are predicted best; a single one learns from all rows and stops by the validation rows.
 */
export const ebmDescription: LearnerDescription = {
  name: 'ebm',
  kinds: ['classification', 'regression'],
  engines: ['native', 'plain'],
  takesMissing: true,
  takesCategories: true,
  hyperparameters: [
    { name: 'bags', default: 8, range: [1, 64], integer: true },
    { name: 'interactions', default: 10, range: [0, 500], integer: true },
    { name: 'learning_rate', default: 0.03, range: [1e-4, 1] },
    { name: 'rounds', default: 500, range: [1, 10_000], integer: true },
    { name: 'patience', default: 5, range: [0, 1000], integer: true },
    { name: 'max_leaves', default: 3, range: [2, 32], integer: true },
    { name: 'min_leaf', default: 5, range: [0, 1e6] },
    { name: 'max_bins', default: 255, range: [2, 255], integer: true },
    { name: 'monotone', default: '' },
  ],
  check: (hyperparameters) => void monotoneDirections(String(hyperparameters['monotone'])),
};
