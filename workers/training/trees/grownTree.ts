/** @file One tree as it was grown, over bins; its bytes for a checkpoint, and many of them as a model. */

import type { TreesAnswer, TreesModel } from '../../../src/domain/modelling/forms/trees';
import type { FeatureBins } from './binning';

/** Nodes in the order they were made: children in pairs, after their parent. */
export interface GrownTree {
  /** Number of the feature among those in use; −1 for a leaf. */
  readonly feature: number[];
  /** The left child; of a leaf its place among the leaves. */
  readonly left: number[];
  /** Bins 1 to this one go left; 0 where a set decides. */
  readonly bin: number[];
  readonly missingLeft: number[];
  /** Which of `sets` goes left, or −1. */
  readonly set: number[];
  /** 8 words each. */
  readonly sets: number[];
  readonly cover: number[];
  readonly gain: number[];
  /** Float32 numbers, `width` a leaf. */
  readonly values: number[];
}

export const emptyTree = (): GrownTree => ({ feature: [], left: [], bin: [], missingLeft: [], set: [], sets: [], cover: [], gain: [], values: [] });

/** Writes 1 for each code that goes left at a node. @param table 256 bytes */
export function writeTable({ bin, missingLeft, set, sets }: GrownTree, node: number, table: Uint8Array): void {
  if (set[node]! >= 0) for (let code = 0; code < 256; code++) table[code] = (sets[set[node]! * 8 + (code >> 5)]! >>> (code & 31)) & 1;
  else for (let code = 0; code < 256; code++) table[code] = code === 0 ? missingLeft[node]! : code <= bin[node]! ? 1 : 0;
}

const lists = (tree: GrownTree): number[][] => [tree.feature, tree.left, tree.bin, tree.missingLeft, tree.set, tree.sets, tree.cover, tree.gain, tree.values];

/** All trees as one array of numbers: for each the lengths of its lists, then the lists. */
export function treesAsNumbers(trees: readonly GrownTree[]): Float64Array {
  const all = trees.map(lists);
  const numbers = new Float64Array(all.reduce((sum, one) => sum + one.length + one.reduce((n, list) => n + list.length, 0), 0));
  let at = 0;
  for (const one of all) {
    for (const list of one) numbers[at++] = list.length;
    for (const list of one) {
      numbers.set(list, at);
      at += list.length;
    }
  }
  return numbers;
}

export function treesOfNumbers(numbers: Float64Array): GrownTree[] {
  const trees: GrownTree[] = [];
  for (let at = 0; at < numbers.length; ) {
    const tree = emptyTree();
    let from = at + 9;
    lists(tree).forEach((list, k) => {
      const length = numbers[at + k]!;
      for (let i = 0; i < length; i++) list.push(numbers[from + i]!);
      from += length;
    });
    trees.push(tree);
    at = from;
  }
  return trees;
}

export interface ModelShape {
  readonly output: TreesAnswer;
  readonly features: number;
  readonly base: Float64Array;
  readonly width: number;
  readonly bins: readonly FeatureBins[];
  readonly used: readonly number[];
  readonly facts: TreesModel['facts'];
}

/** Edges for bins; a model asks the user's features, not those in use. */
export function modelOf(trees: readonly GrownTree[], { output, features, base, width, bins, used, facts }: ModelShape): TreesModel {
  const nodes = trees.reduce((sum, tree) => sum + tree.feature.length, 0);
  const leaves = trees.reduce((sum, tree) => sum + tree.values.length, 0);
  const sets = trees.reduce((sum, tree) => sum + tree.sets.length, 0);
  const model = {
    roots: new Int32Array(trees.length),
    feature: new Int32Array(nodes),
    threshold: new Float32Array(nodes),
    left: new Int32Array(nodes),
    missingLeft: new Uint8Array(nodes),
    set: new Int32Array(sets === 0 ? 0 : nodes),
    sets: new Uint32Array(sets),
    values: new Float32Array(leaves),
    cover: new Float32Array(nodes),
    gain: new Float32Array(nodes),
  };
  let [node, leaf, set] = [0, 0, 0];
  trees.forEach((tree, t) => {
    model.roots[t] = node;
    for (let i = 0; i < tree.feature.length; i++) {
      const at = node + i;
      const isLeaf = tree.feature[i]! < 0;
      const feature = isLeaf ? -1 : used[tree.feature[i]!]!;
      model.feature[at] = feature;
      model.left[at] = tree.left[i]! + (isLeaf ? leaf / width : node);
      model.cover[at] = tree.cover[i]!;
      model.gain[at] = tree.gain[i]!;
      const isSet = !isLeaf && tree.set[i]! >= 0;
      if (sets > 0) model.set[at] = isSet ? set / 8 + tree.set[i]! : -1;
      if (isLeaf || isSet) continue;
      model.threshold[at] = bins[feature]!.edges[tree.bin[i]! - 1] ?? Infinity;
      model.missingLeft[at] = tree.missingLeft[i]!;
    }
    model.sets.set(tree.sets, set);
    model.values.set(tree.values, leaf);
    node += tree.feature.length;
    leaf += tree.values.length;
    set += tree.sets.length;
  });
  const categories = bins.flatMap(({ kept }, feature) => (kept && used.includes(feature) ? [{ feature, kept }] : []));
  return { form: 'trees', output, features, base, width, ...model, categories, facts };
}
