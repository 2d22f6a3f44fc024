/** @file The linear learner: which of its ways of learning a plan takes. Models of one layer, in float64 until they are kept. */

import { forward } from '../../../src/domain/modelling/forward';
import { featuresOf } from '../../../src/domain/modelling/forms/layers';
import { ofForm } from '../../../src/domain/modelling/forms/learntModel';
import type { Learner } from '../../../src/domain/modelling/learner';
import { linearDescription } from '../../../src/domain/modelling/learners/linear';
import { checkFeatures, checkInput } from '../examplesCheck';
import { trainLeastSquares } from '../linear/trainLeastSquares';
import { trainLogistic } from '../linear/trainLogistic';

/** Each iteration of the logistic regression is one point of the curve; least squares have a single one. */
export const linear: Learner = {
  ...linearDescription,
  async train(input, hooks) {
    checkInput(input);
    return input.kind === 'regression' ? trainLeastSquares(input, hooks) : trainLogistic(input, hooks);
  },
  async predict(model, classes, x, rows) {
    checkFeatures(x, rows, featuresOf(ofForm(model, 'layers')));
    return forward(model, classes, x, rows);
  },
};
