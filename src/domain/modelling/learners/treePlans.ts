/** @file What the learners of trees have in common before they train: how their rows are prepared, and what growing costs. */

import type { RecipeChoice } from '../../data/recipe/recipeChoice';
import type { Cost, TrainingSize } from '../cost';

/** Trees cut where the order of the numbers says, so nothing is scaled; what is missing and categories stay as they are. */
export const treePreparation: RecipeChoice = { scaling: 'none', coding: 'codes', fillNumbers: 'keep' };

/** A level of a tree adds about half its rows to a histogram, which takes about as long as five steps of a dense net each. */
const operationsOfUpdate = 5;
/** Trees without a limit seldom grow deeper. */
const usualDepth = 16;

/** @param trees how many, whatever the classes; @param counted how many histograms of a class each keeps */
export function growingCost(trees: number, maxDepth: number, counted: number, { rows, validationRows, features }: TrainingSize): Cost {
  const depth = maxDepth === 0 ? usualDepth : maxDepth;
  const cells = 256 * features * counted;
  const nodes = 2 ** Math.min(depth, Math.ceil(Math.log2(Math.max(2, rows))));
  return {
    operations: trees * (operationsOfUpdate * rows * features * (1 + depth / 2) + 10 * validationRows * depth + 4 * cells * Math.min(nodes, 4096)),
    steps: 0,
    bytes: (rows + validationRows) * (features + 48) + 8 * cells * (depth + 1),
  };
}
