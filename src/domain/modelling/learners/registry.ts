/** @file Every learner as the page knows it, in the order shown. */

import { baselineDescription } from './baseline';
import { boostingDescription } from './boosting';
import { bayesDescription } from './bayes';
import { denseDescription } from './dense';
import type { LearnerDescription } from './description';
import { ebmDescription } from './ebm';
import { forestDescription } from './forest';
import { linearDescription } from './linear';
import { treeDescription } from './tree';
import { neighboursDescription } from './neighbours';

export const learnerDescriptions: readonly LearnerDescription[] = [
  baselineDescription,
  linearDescription,
  boostingDescription,
  denseDescription,
  ebmDescription,
  forestDescription,
  treeDescription,
  neighboursDescription,
  bayesDescription,
];

/** Names of those that are trained where nothing else is asked. */
export const usualLearners: readonly string[] = learnerDescriptions.filter(({ usual }) => usual).map(({ name }) => name);

/** The description of the learner with this name, if there is one. */
export const describedLearner = (name: string): LearnerDescription | undefined => learnerDescriptions.find((description) => description.name === name);
