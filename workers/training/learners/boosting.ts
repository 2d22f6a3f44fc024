/** @file The learner of boosted trees, on our own kernel or its twin. */

import { ofForm } from '../../../src/domain/modelling/forms/learntModel';
import type { Learner } from '../../../src/domain/modelling/learner';
import { boostingDescription } from '../../../src/domain/modelling/learners/boosting';
import { checkFeatures, checkInput } from '../examplesCheck';
import { trainBoosting } from '../trees/boosting';
import { predictTrees } from '../trees/predicting';

/** Each round is one point of the curve. */
export const boosting: Learner = {
  ...boostingDescription,
  async train(input, hooks) {
    checkInput(input, boostingDescription);
    return trainBoosting(input, hooks);
  },
  async predict(model, classes, x, rows, engine) {
    const trees = ofForm(model, 'trees');
    checkFeatures(x, rows, trees.features, true);
    return predictTrees(trees, classes, x, rows, engine);
  },
};
