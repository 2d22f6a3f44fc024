/** @file The explainable boosting machine, on our kernel or its twin. */

import { ofForm } from '../../../src/domain/modelling/forms/learntModel';
import { forward } from '../../../src/domain/modelling/forward';
import type { Learner, TrainingInput } from '../../../src/domain/modelling/learner';
import { ebmDescription } from '../../../src/domain/modelling/learners/ebm';
import { monotoneOf } from '../../../src/domain/modelling/learners/treeConstraints';
import { Refusal } from '../../../src/domain/refusal';
import { nativeArithmetic } from '../additive/nativeArithmetic';
import { PlainArithmetic } from '../additive/plainArithmetic';
import { trainAdditive } from '../additive/training';
import { checkFeatures, checkInput } from '../examplesCheck';

export const ebm: Learner = {
  ...ebmDescription,
  async train(input, hooks) {
    checkInput(input, ebmDescription);
    const start = input.plan.engine === 'native' ? nativeArithmetic : (problem: ConstructorParameters<typeof PlainArithmetic>[0]) => new PlainArithmetic(problem);
    return trainAdditive(input, directionsOf(input), hooks, start);
  },
  async predict(model, classes, x, rows) {
    checkFeatures(x, rows, ofForm(model, 'additive').features, true);
    return forward(model, classes, x, rows);
  },
};

/** Direction of each feature, in their order. @throws Refusal monotoneManyClasses { classes }, or as `monotoneOf` */
function directionsOf({ plan, meanings, classes, train }: TrainingInput): Int8Array {
  const directions = monotoneOf(String(plan.hyperparameters['monotone'] ?? ''), meanings ?? [], train.features);
  // The probability of a class may fall although its score rises, when another's rises more.
  if (classes > 2 && directions.some((direction) => direction !== 0)) throw new Refusal('monotoneManyClasses', { classes });
  return directions;
}
