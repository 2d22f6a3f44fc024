/** @file A single tree, small enough to be read. */

import type { LearnerDescription } from './description';
import { growingCost, treePreparation } from './treePlans';

export const treeDescription: LearnerDescription = {
  name: 'tree',
  kinds: ['classification', 'regression'],
  engines: ['native', 'plain'],
  usual: false,
  preparation: treePreparation,
  takesMissing: true,
  takesCategories: true,
  hyperparameters: [
    { name: 'max_depth', default: 4, range: [1, 30], integer: true },
    { name: 'max_leaves', default: 0, range: [0, 4096], integer: true },
    { name: 'min_leaf', default: 10, range: [0, 1e6] },
    { name: 'min_split_gain', default: 0, range: [0, 1e6] },
    { name: 'smoothing', default: 1, range: [0, 1e6] },
    { name: 'max_bins', default: 255, range: [2, 255], integer: true },
  ],
  cost: ({ max_depth: depth, max_leaves: leaves, min_leaf: leaf }, size) =>
    growingCost({ trees: 1, maxDepth: Number(depth), maxLeaves: Number(leaves), leastLeaf: Number(leaf), counted: size.classes > 2 ? size.classes : 1, width: Math.max(1, size.classes) }, size),
};
