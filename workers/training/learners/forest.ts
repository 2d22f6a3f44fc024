/** @file The learner of random forests, on our own kernel or its twin. */

import { ofForm } from '../../../src/domain/modelling/forms/learntModel';
import type { Learner } from '../../../src/domain/modelling/learner';
import { forestDescription } from '../../../src/domain/modelling/learners/forest';
import { checkFeatures, checkInput } from '../examplesCheck';
import { trainForest, type ForestOptions } from '../trees/forest';
import { predictTrees } from '../trees/predicting';

/** Each tree is one point of the curve. By itself a split looks at √F features for classes, and at a third of them for values. */
export const forest: Learner = {
  ...forestDescription,
  async train(input, hooks) {
    checkInput(input, forestDescription);
    const given = input.plan.hyperparameters;
    const features = given['max_features'] as ForestOptions['featuresOfSplit'] | 'auto';
    return trainForest(input, hooks, {
      trees: given['trees'] as number,
      bootstrap: given['bootstrap'] as boolean,
      maxDepth: given['max_depth'] as number,
      maxLeaves: 0,
      leastLeaf: given['min_leaf'] as number,
      leastGain: 0,
      featuresOfSplit: features === 'auto' ? (input.kind === 'classification' ? 'sqrt' : 'third') : features,
      smoothing: 0,
      maxBins: given['max_bins'] as number,
    });
  },
  async predict(model, classes, x, rows, engine) {
    const trees = ofForm(model, 'trees');
    checkFeatures(x, rows, trees.features, true);
    return predictTrees(trees, classes, x, rows, engine);
  },
};
