/** @file Boosted trees: many small trees, each of which mends what those before it got wrong. */

import type { LearnerDescription } from './description';
import { directionsOf, groupsOf } from './treeConstraints';
import { growingCost, treePreparation } from './treePlans';

export const boostingDescription: LearnerDescription = {
  name: 'boosting',
  kinds: ['classification', 'regression'],
  engines: ['native', 'plain'],
  usual: true,
  preparation: treePreparation,
  takesMissing: true,
  takesCategories: true,
  hyperparameters: [
    { name: 'rounds', default: 300, range: [1, 10_000], integer: true },
    { name: 'learning_rate', default: 0.1, range: [1e-4, 1] },
    { name: 'max_depth', default: 6, range: [0, 30], integer: true },
    { name: 'max_leaves', default: 0, range: [0, 4096], integer: true },
    { name: 'grow_policy', default: 'depthwise', choices: ['depthwise', 'lossguide'] },
    { name: 'min_child_weight', default: 1, range: [0, 1e6] },
    { name: 'l2', default: 1, range: [0, 1e6] },
    { name: 'min_split_gain', default: 0, range: [0, 1e6] },
    { name: 'subsample', default: 1, range: [0.01, 1] },
    { name: 'colsample', default: 1, range: [0.01, 1] },
    { name: 'patience', default: 20, range: [0, 10_000], integer: true },
    { name: 'loss', default: 'auto', choices: ['auto', 'squared', 'absolute', 'huber', 'quantile', 'poisson'] },
    { name: 'quantile_alpha', default: 0.5, range: [0.001, 0.999] },
    { name: 'huber_slope', default: 1, range: [0.001, 1000] },
    { name: 'monotone', default: '' },
    { name: 'interactions', default: '' },
    { name: 'max_bins', default: 255, range: [2, 255], integer: true },
  ],
  /** No row has a hessian above 1 (but for counts), so that a leaf of that least weight has at least so many rows. */
  cost: ({ rounds, max_depth: depth, max_leaves: leaves, min_child_weight: leaf }, size) =>
    growingCost({ trees: Number(rounds) * (size.classes > 2 ? size.classes : 1), maxDepth: Number(depth), maxLeaves: Number(leaves), leastLeaf: Number(leaf), counted: 1, width: 1 }, size),
  check(hyperparameters) {
    directionsOf(String(hyperparameters['monotone']));
    groupsOf(String(hyperparameters['interactions']));
  },
};
