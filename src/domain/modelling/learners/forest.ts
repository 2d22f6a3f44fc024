/** @file A random forest: many large trees on rows and features drawn by chance, whose answers are averaged. */

import type { LearnerDescription } from './description';
import { growingCost, treePreparation } from './treePlans';

export const forestDescription: LearnerDescription = {
  name: 'forest',
  kinds: ['classification', 'regression'],
  engines: ['native', 'plain'],
  usual: false,
  preparation: treePreparation,
  takesMissing: true,
  takesCategories: true,
  hyperparameters: [
    { name: 'trees', default: 100, range: [1, 2000], integer: true },
    { name: 'max_depth', default: 16, range: [0, 40], integer: true },
    { name: 'min_leaf', default: 2, range: [0, 1e6] },
    { name: 'max_features', default: 'auto', choices: ['auto', 'sqrt', 'third', 'all'] },
    { name: 'bootstrap', default: true },
    { name: 'max_bins', default: 255, range: [2, 255], integer: true },
  ],
  cost: ({ trees, max_depth: depth, min_leaf: leaf }, size) =>
    growingCost({ trees: Number(trees), maxDepth: Number(depth), maxLeaves: 0, leastLeaf: Number(leaf), counted: size.classes > 2 ? size.classes : 1, width: Math.max(1, size.classes) }, size),
};
