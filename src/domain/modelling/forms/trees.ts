/** @file The form of boosted trees, forests and single trees: binary trees over float32 thresholds and sets of categories. Not how they are grown. */

import type { Json } from '../../canonical';
import { exp64 } from '../../exactMath';
import { writeAnswer, type AnswerKind } from '../writeAnswer';
import type { ModelBase, ModelForm, NumberArray, Tensor } from './form';

/**
 * From the sums of the leaves to the answer. `softmax`, `sigmoid` and `identity` as everywhere; `exponential`: e to the sum; `mean`: the sum
 * over the number of trees; `shares`: K sums over their own sum.
 */
export type TreesAnswer = Exclude<AnswerKind, 'constant'> | 'exponential' | 'mean' | 'shares';

export interface TreesModel extends ModelBase {
  readonly form: 'trees';
  readonly output: TreesAnswer;
  /** Numbers in a row of features. */
  readonly features: number;
  /** Sums that a row has; they begin with `base`. */
  readonly base: Float64Array;
  /** Numbers in a leaf: 1, and then tree t adds to sum t mod outputs; or as many as there are sums. */
  readonly width: number;
  /** The root of each tree. Nodes of a tree follow each other, parents before children. */
  readonly roots: Int32Array;
  /** Of each node: the feature it asks for, or −1 for a leaf. */
  readonly feature: Int32Array;
  /** x goes left when x ≤ threshold. Infinity: all but the missing go left. */
  readonly threshold: Float32Array;
  /** The left child, and the right one after it; of a leaf its place among the leaves. */
  readonly left: Int32Array;
  /** Whether what is missing goes left. */
  readonly missingLeft: Uint8Array;
  /** Which set of categories goes left, −1 for a threshold. Empty where no node asks for a category. What is missing, unknown or rare goes right. */
  readonly set: Int32Array;
  /** 256 bits each, in 8 words: bit b for the category in bin b. */
  readonly sets: Uint32Array;
  /** `width` a leaf. */
  readonly values: Float32Array;
  /** Summed weight (hessian) of the training rows in each node, and what its split gained. */
  readonly cover: Float32Array;
  readonly gain: Float32Array;
  /** The codes with bins of their own, ascending: the first is in bin 1. */
  readonly categories: readonly { readonly feature: number; readonly kept: Int32Array }[];
}

interface Structure {
  readonly output: TreesAnswer;
  readonly features: number;
  readonly width: number;
  readonly outputs: number;
  readonly trees: number;
  readonly nodes: number;
  readonly leaves: number;
  readonly categories: readonly number[];
}

const arraysOf = (model: TreesModel): NumberArray[] => [model.base, model.roots, model.feature, model.threshold, model.left, model.missingLeft, model.set, model.sets, model.values, model.cover, model.gain];

export const treesForm: ModelForm<TreesModel> = {
  name: 'trees',
  taken(model) {
    const { output, features, width, base, roots, feature, values, categories } = model;
    const structure: Structure = { output, features, width, outputs: base.length, trees: roots.length, nodes: feature.length, leaves: values.length / width, categories: categories.map((one) => one.feature) };
    return { structure: structure as unknown as Json, arrays: [...arraysOf(model), ...categories.map(({ kept }) => kept)] };
  },
  made(json, arrays, facts) {
    const structure = json as unknown as Structure;
    const { output, features, width, outputs, trees, nodes, leaves, categories } = structure;
    if (arrays.length !== 11 + categories.length) throw new RangeError(`trees with ${categories.length} features of categories came with ${arrays.length} arrays`);
    const take = <A extends NumberArray>(at: number, kind: new (n: number) => A, length?: number): A => {
      const array = arrays[at]!;
      if (!(array instanceof kind) || (length !== undefined && array.length !== length)) throw new RangeError(`array ${at} of a model of trees does not fit`);
      return array;
    };
    const set = take(6, Int32Array);
    const model: TreesModel = {
      form: 'trees',
      output,
      features,
      width,
      base: take(0, Float64Array, outputs),
      roots: take(1, Int32Array, trees),
      feature: take(2, Int32Array, nodes),
      threshold: take(3, Float32Array, nodes),
      left: take(4, Int32Array, nodes),
      missingLeft: take(5, Uint8Array, nodes),
      set: take(6, Int32Array, set.length === 0 ? 0 : nodes),
      sets: take(7, Uint32Array),
      values: take(8, Float32Array, leaves * width),
      cover: take(9, Float32Array, nodes),
      gain: take(10, Float32Array, nodes),
      categories: categories.map((feature, at) => ({ feature, kept: take(11 + at, Int32Array) })),
      facts,
    };
    checkNodes(model);
    return model;
  },
  forward(model, classes, x, rows) {
    const sums = leafSums(model, x, rows);
    const answer = new Float64Array(rows * Math.max(classes, 1));
    writeAnswers(model, sums, answer);
    return answer;
  },
  parameters(structure) {
    const { nodes, leaves, width } = structure as unknown as Structure;
    return nodes - leaves + leaves * width;
  },
  tensors(model) {
    const names = ['base', 'roots', 'feature', 'threshold', 'left', 'missing_left', 'set', 'sets', 'values', 'cover', 'gain'];
    const tensors = arraysOf(model).map((data, at): Tensor => ({ name: `trees.${names[at]}`, shape: at === 8 ? [data.length / model.width, model.width] : [data.length], data }));
    return [...tensors, ...model.categories.map(({ feature, kept }): Tensor => ({ name: `categories.${feature}`, shape: [kept.length], data: kept }))];
  },
};

/** A walk through such trees ends, and reads nothing beside them. */
function checkNodes({ features, width, base, roots, feature, left, set, sets, values }: TreesModel): void {
  const nodes = feature.length;
  if (width !== 1 && width !== base.length) throw new RangeError(`leaves of ${width} do not fit ${base.length} sums`);
  if (roots.some((root) => root < 0 || root >= nodes)) throw new RangeError('a tree begins outside the nodes');
  for (let node = 0; node < nodes; node++) {
    const isLeaf = feature[node]! < 0;
    const isFit = isLeaf ? left[node]! >= 0 && left[node]! * width < values.length : feature[node]! < features && left[node]! > node && left[node]! + 1 < nodes;
    if (!isFit || (set.length > 0 && set[node]! * 8 >= sets.length && set[node]! >= 0)) throw new RangeError(`node ${node} of a tree points outside`);
  }
}

/** The features of rows with categories as bins: NaN or 0 where there is none. The rows themselves where there are no categories. */
export function withBins({ categories, features }: Pick<TreesModel, 'categories' | 'features'>, x: Float32Array, rows: number): Float32Array {
  if (x.length !== rows * features) throw new RangeError(`${rows} rows of ${features} features are ${rows * features} numbers, not ${x.length}`);
  if (categories.length === 0) return x;
  const binned = x.slice();
  for (const { feature, kept } of categories) {
    const bins = new Map(Array.from(kept, (code, at) => [code, at + 1]));
    for (let at = feature; at < binned.length; at += features) binned[at] = bins.get(binned[at]!) ?? 0;
  }
  return binned;
}

/** rows × outputs: base plus the leaves of each tree in their order, in float64. */
function leafSums(model: TreesModel, raw: Float32Array, rows: number): Float64Array {
  const { base, width, roots, feature, threshold, left, missingLeft, set, sets, values, features } = model;
  const outputs = base.length;
  const x = withBins(model, raw, rows);
  const sums = new Float64Array(rows * outputs);
  for (let i = 0; i < rows; i++) {
    sums.set(base, i * outputs);
    for (let t = 0; t < roots.length; t++) {
      let node = roots[t]!;
      while (feature[node]! >= 0) {
        const value = x[i * features + feature[node]!]!;
        let goesLeft: boolean;
        if (set.length > 0 && set[node]! >= 0) goesLeft = ((sets[set[node]! * 8 + (value >> 5)]! >>> (value & 31)) & 1) === 1;
        else goesLeft = value <= threshold[node]! || (value !== value && missingLeft[node] === 1);
        node = goesLeft ? left[node]! : left[node]! + 1;
      }
      const at = i * outputs + (width === 1 ? t % outputs : 0);
      for (let j = 0; j < width; j++) sums[at + j]! += values[left[node]! * width + j]!;
    }
  }
  return sums;
}

/** Turns the sums of all rows into the answer, as wide as it has room. */
export function writeAnswers({ output, base, roots }: Pick<TreesModel, 'output' | 'base' | 'roots'>, sums: Float64Array, answer: Float64Array): void {
  const outputs = base.length;
  const rows = sums.length / outputs;
  const width = rows === 0 ? 0 : answer.length / rows;
  for (let i = 0; i < rows; i++) {
    if (output === 'exponential') answer[i] = exp64(sums[i]!);
    else if (output === 'mean') answer[i] = base[0]! + (sums[i]! - base[0]!) / Math.max(1, roots.length);
    else if (output === 'shares') {
      let sum = 0;
      for (let j = 0; j < outputs; j++) sum += sums[i * outputs + j]!;
      for (let j = 0; j < outputs; j++) answer[i * outputs + j] = sums[i * outputs + j]! / sum;
    } else writeAnswer(output, sums, answer, i * width, width, i * outputs);
  }
}
