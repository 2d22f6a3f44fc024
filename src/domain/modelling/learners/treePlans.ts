/** @file What the learners of trees have in common before they train: how their rows are prepared, and what growing costs. */

import type { RecipeChoice } from '../../data/recipe/recipeChoice';
import type { Cost, TrainingSize } from '../cost';

/** Trees cut where the order of the numbers says, so nothing is scaled; what is missing and categories stay as they are. */
export const treePreparation: RecipeChoice = { scaling: 'none', coding: 'codes', fillNumbers: 'keep' };

/** A level of a tree adds about half its rows to a histogram, which takes about as long as five steps of a dense net each. */
const operationsOfUpdate = 5;
/** Trees without a limit seldom grow deeper. */
const usualDepth = 16;

/**
 * Bytes of a node that has grown: 22 as it is kept, 25 in the model that is made of it, 22 in a checkpoint; and of each number in a leaf (every
 * second node is one): float32 in all three. A set of categories has 32 bytes more; few nodes have one, and they are not counted.
 */
const [bytesOfNode, bytesOfNumber] = [22 + 25 + 22, 3 * 4];

/** What bounds the trees. */
export interface Growth {
  /** How many, whatever the classes. */
  readonly trees: number;
  /** 0: no limit, here and below. */
  readonly maxDepth: number;
  readonly maxLeaves: number;
  /** Least weight of a leaf, which is its number of rows where all weigh 1. */
  readonly leastLeaf: number;
  /** How many histograms of a class each keeps. */
  readonly counted: number;
  /** Numbers in a leaf. */
  readonly width: number;
}

/** Nodes of a tree, at most. */
export function mostNodes({ maxDepth, maxLeaves, leastLeaf }: Pick<Growth, 'maxDepth' | 'maxLeaves' | 'leastLeaf'>, rows: number): number {
  const leaves = Math.min(rows / Math.max(1, leastLeaf), maxDepth === 0 ? Infinity : 2 ** maxDepth, maxLeaves === 0 ? Infinity : maxLeaves);
  return 2 * Math.max(1, Math.floor(leaves)) - 1;
}

export function growingCost(growth: Growth, { rows, validationRows, features }: TrainingSize): Cost {
  const { trees, maxDepth, counted, width } = growth;
  const depth = maxDepth === 0 ? usualDepth : maxDepth;
  const cells = 256 * features * counted;
  const nodes = 2 ** Math.min(depth, Math.ceil(Math.log2(Math.max(2, rows))));
  return {
    operations: trees * (operationsOfUpdate * rows * features * (1 + depth / 2) + 10 * validationRows * depth + 4 * cells * Math.min(nodes, 4096)),
    steps: 0,
    bytes: (rows + validationRows) * (features + 48) + 8 * cells * (depth + 1) + trees * mostNodes(growth, rows) * (bytesOfNode + (bytesOfNumber * width) / 2),
  };
}
