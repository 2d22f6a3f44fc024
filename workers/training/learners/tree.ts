/** @file The learner of a single tree, on our own kernel or its twin: a forest of one tree that sees all rows and features. */

import { ofForm } from '../../../src/domain/modelling/forms/learntModel';
import type { Learner } from '../../../src/domain/modelling/learner';
import { treeDescription } from '../../../src/domain/modelling/learners/tree';
import { checkFeatures, checkInput } from '../examplesCheck';
import { trainForest } from '../trees/forest';
import { predictTrees } from '../trees/predicting';

/** The curve has one point. */
export const tree: Learner = {
  ...treeDescription,
  async train(input, hooks) {
    checkInput(input, treeDescription);
    const given = input.plan.hyperparameters;
    return trainForest(input, hooks, {
      trees: 1,
      bootstrap: false,
      maxDepth: given['max_depth'] as number,
      maxLeaves: given['max_leaves'] as number,
      leastLeaf: given['min_leaf'] as number,
      leastGain: given['min_split_gain'] as number,
      featuresOfSplit: 'all',
      smoothing: given['smoothing'] as number,
      maxBins: given['max_bins'] as number,
    });
  },
  async predict(model, classes, x, rows, engine) {
    const trees = ofForm(model, 'trees');
    checkFeatures(x, rows, trees.features, true);
    return predictTrees(trees, classes, x, rows, engine);
  },
};
