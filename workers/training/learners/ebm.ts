/** @file The explainable boosting machine, on our kernel or its twin. */

import { ofForm } from '../../../src/domain/modelling/forms/learntModel';
import { forward } from '../../../src/domain/modelling/forward';
import type { Learner, TrainingInput } from '../../../src/domain/modelling/learner';
import { ebmDescription } from '../../../src/domain/modelling/learners/ebm';
import { monotoneDirections } from '../../../src/domain/modelling/monotone';
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

/**
 * Direction of each feature, in their order. A feature is named as the recipe names it, or by its column.
 * @throws Refusal monotoneUnknown { name, known }, monotoneNotNumber { name }, monotoneManyClasses { classes }
 */
function directionsOf({ plan, meanings, classes, train }: TrainingInput): (-1 | 0 | 1)[] {
  const directions = new Array<-1 | 0 | 1>(train.features).fill(0);
  const wanted = monotoneDirections(String(plan.hyperparameters['monotone'] ?? ''));
  if (wanted.size === 0) return directions;
  if (classes > 2) throw new Refusal('monotoneManyClasses', { classes });
  for (const [name, direction] of wanted) {
    const named = (meanings ?? []).flatMap((one, index) => (one.name === name || one.column === name ? [{ index, ...one }] : []));
    if (named.length === 0) throw new Refusal('monotoneUnknown', { name, known: (meanings ?? []).map((one) => one.name).join(', ') });
    for (const { index, categories } of named) {
      if (categories > 0) throw new Refusal('monotoneNotNumber', { name });
      directions[index] = direction;
    }
  }
  return directions;
}
