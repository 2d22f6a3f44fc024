/** @file Every learner that can train, in the order of `learnerDescriptions`. */

import type { Learner } from '../../../src/domain/modelling/learner';
import { baseline } from './baseline';
import { boosting } from './boosting';
import { bayes } from './bayes';
import { dense } from './dense';
import { ebm } from './ebm';
import { forest } from './forest';
import { linear } from './linear';
import { tree } from './tree';
import { neighbours } from './neighbours';

export const learners: readonly Learner[] = [baseline, linear, boosting, dense, ebm, forest, tree, neighbours, bayes];

/** The learner with this name. @throws RangeError where there is none: a plan is checked before it comes here. */
export function learnerNamed(name: string): Learner {
  const learner = learners.find((one) => one.name === name);
  if (!learner) throw new RangeError(`there is no learner ${name}`);
  return learner;
}
