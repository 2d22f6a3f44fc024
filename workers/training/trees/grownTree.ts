/** @file One tree as it was grown, over bins; as it is kept, in lists for a checkpoint; and many of them as a model. */

import type { TreesAnswer, TreesModel } from '../../../src/domain/modelling/forms/trees';
import type { SavedNumbers } from '../savedState';
import type { FeatureBins } from './binning';

/** Nodes in the order they were made: children in pairs, after their parent. */
export interface TreeLists<List = ArrayLike<number>> {
  /** Number of the feature among those in use; −1 for a leaf. */
  readonly feature: List;
  /** The left child; of a leaf its place among the leaves. */
  readonly left: List;
  /** Bins 1 to this one go left; 0 where a set decides. */
  readonly bin: List;
  readonly missingLeft: List;
  /** Which of `sets` goes left, or −1. May be empty where there are none. */
  readonly set: List;
  /** 8 words each. */
  readonly sets: List;
  readonly cover: List;
  readonly gain: List;
  /** Float32 numbers, `width` a leaf. */
  readonly values: List;
}

/** A tree while it grows. */
export type GrownTree = TreeLists<number[]>;

/** A finished tree, in no more bytes than its model needs. */
export interface KeptTree extends TreeLists {
  readonly feature: Int32Array;
  readonly left: Int32Array;
  readonly bin: Uint8Array;
  readonly missingLeft: Uint8Array;
  readonly set: Int32Array;
  readonly sets: Uint32Array;
  readonly cover: Float32Array;
  readonly gain: Float32Array;
  readonly values: Float32Array;
}

export const emptyTree = (): GrownTree => ({ feature: [], left: [], bin: [], missingLeft: [], set: [], sets: [], cover: [], gain: [], values: [] });

export const keptTree = ({ feature, left, bin, missingLeft, set, sets, cover, gain, values }: GrownTree): KeptTree => ({
  feature: Int32Array.from(feature),
  left: Int32Array.from(left),
  bin: Uint8Array.from(bin),
  missingLeft: Uint8Array.from(missingLeft),
  set: Int32Array.from(sets.length === 0 ? [] : set),
  sets: Uint32Array.from(sets),
  cover: Float32Array.from(cover),
  gain: Float32Array.from(gain),
  values: Float32Array.from(values),
});

/** Writes 1 for each code that goes left at a node. @param table 256 bytes */
export function writeTable({ bin, missingLeft, set, sets }: TreeLists, node: number, table: Uint8Array): void {
  const which = set[node] ?? -1;
  if (which >= 0) for (let code = 0; code < 256; code++) table[code] = (sets[which * 8 + (code >> 5)]! >>> (code & 31)) & 1;
  else {
    const end = bin[node]! + 1;
    table[0] = missingLeft[node]!;
    table.fill(1, 1, end).fill(0, end);
  }
}

/** What a checkpoint holds of trees: three lengths a tree, and each of their lists one tree after the other. */
export function savedTrees(trees: readonly KeptTree[]): SavedNumbers[][] {
  const lengths = Int32Array.from(trees.flatMap(({ feature, sets, values }) => [feature.length, sets.length, values.length]));
  const list = <A extends SavedNumbers>(of: (tree: KeptTree) => A): A[] => trees.map(of);
  return [
    [lengths],
    list((tree) => tree.feature),
    list((tree) => tree.left),
    list((tree) => tree.bin),
    list((tree) => tree.missingLeft),
    list((tree) => tree.set),
    list((tree) => tree.sets),
    list((tree) => tree.cover),
    list((tree) => tree.gain),
    list((tree) => tree.values),
  ];
}

/** The trees of `savedTrees`, as views. */
export function restoredTrees(arrays: readonly SavedNumbers[]): KeptTree[] {
  const [lengths, feature, left, bin, missingLeft, set, sets, cover, gain, values] = arrays as unknown as [
    Int32Array, Int32Array, Int32Array, Uint8Array, Uint8Array, Int32Array, Uint32Array, Float32Array, Float32Array, Float32Array,
  ];
  const trees: KeptTree[] = [];
  let [node, coded, word, leaf] = [0, 0, 0, 0];
  for (let at = 0; at < lengths.length; at += 3) {
    const [nodes, words, numbers] = [lengths[at]!, lengths[at + 1]!, lengths[at + 2]!];
    const own = words === 0 ? 0 : nodes;
    trees.push({
      feature: feature.subarray(node, node + nodes),
      left: left.subarray(node, node + nodes),
      bin: bin.subarray(node, node + nodes),
      missingLeft: missingLeft.subarray(node, node + nodes),
      set: set.subarray(coded, coded + own),
      sets: sets.subarray(word, word + words),
      cover: cover.subarray(node, node + nodes),
      gain: gain.subarray(node, node + nodes),
      values: values.subarray(leaf, leaf + numbers),
    });
    node += nodes;
    coded += own;
    word += words;
    leaf += numbers;
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
export async function modelOf(trees: readonly KeptTree[], { output, features, base, width, bins, used, facts }: ModelShape, breathe: () => Promise<void> | undefined): Promise<TreesModel> {
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
  for (const [t, tree] of trees.entries()) {
    model.roots[t] = node;
    for (let i = 0; i < tree.feature.length; i++) {
      const at = node + i;
      const isLeaf = tree.feature[i]! < 0;
      const feature = isLeaf ? -1 : used[tree.feature[i]!]!;
      model.feature[at] = feature;
      model.left[at] = tree.left[i]! + (isLeaf ? leaf / width : node);
      model.cover[at] = tree.cover[i]!;
      model.gain[at] = tree.gain[i]!;
      const isSet = !isLeaf && (tree.set[i] ?? -1) >= 0;
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
    const wait = breathe();
    if (wait) await wait;
  }
  const categories = bins.flatMap(({ kept }, feature) => (kept && used.includes(feature) ? [{ feature, kept }] : []));
  return { form: 'trees', output, features, base, width, ...model, categories, facts };
}
