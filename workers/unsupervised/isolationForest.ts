/** @file Isolation forest: rows that random cuts separate from the others after few cuts are unusual (Liu, Ting and Zhou 2008). */

import { exp64, log64 } from '../../src/domain/exactMath';
import { seeded, type Random } from '../../src/domain/random';
import { checkFeatures } from '../training/examplesCheck';

export interface IsolationPlan {
  /** A whole number from 1 on. */
  readonly seed: number;
  /** 100 unless said. */
  readonly trees?: number;
  /** ψ: rows that each tree looks at, drawn without replacement. 256 unless said, and never more than there are. */
  readonly sample?: number;
}

/** Trees as nodes in flat arrays. A leaf has feature −1 and in `cuts` the path length that it stands for, with what is expected below it. */
export interface IsolationForest {
  readonly features: number;
  /** ψ, as used. */
  readonly sample: number;
  /** First node of each tree. */
  readonly roots: Int32Array;
  readonly cutFeatures: Int32Array;
  /** A row goes left where its value is not above. */
  readonly cuts: Float64Array;
  /** The left child; the right one follows it. */
  readonly children: Int32Array;
}

const eulerGamma = 0.5772156649015329;
const ln2 = 0.6931471805599453;

/** c(n): mean length of an unsuccessful search in a binary search tree of n rows. */
export function meanPath(n: number): number {
  if (n <= 1) return 0;
  return n === 2 ? 1 : 2 * (log64(n - 1) + eulerGamma) - (2 * (n - 1)) / n;
}

/**
 * @param x rows × features, row-major, finite; at least one row.
 * @throws RangeError for numbers that are not finite
 */
export async function isolationForest(x: Float32Array, rows: number, features: number, plan: IsolationPlan, breathe: () => Promise<void> | undefined = () => undefined): Promise<IsolationForest> {
  checkFeatures(x, rows, features);
  if (rows === 0) throw new RangeError('there are no rows to learn from');
  const { seed, trees = 100 } = plan;
  const sample = Math.min(plan.sample ?? 256, rows);
  const random = seeded(seed);
  const nodes: Nodes = { cutFeatures: [], cuts: [], children: [] };
  const roots = new Int32Array(trees);
  const order = Uint32Array.from({ length: rows }, (_, i) => i);
  let deepest = 0;
  while (2 ** deepest < sample) deepest++;
  for (let t = 0; t < trees; t++) {
    // The first steps of a shuffle: `sample` different rows.
    for (let i = 0; i < sample; i++) {
      const j = i + random.below(rows - i);
      [order[i], order[j]] = [order[j]!, order[i]!];
    }
    roots[t] = nodes.cuts.length;
    grow({ x, features, random, deepest, nodes }, order.slice(0, sample), 0, newNode(nodes));
    await breathe();
  }
  return { features, sample, roots, cutFeatures: Int32Array.from(nodes.cutFeatures), cuts: Float64Array.from(nodes.cuts), children: Int32Array.from(nodes.children) };
}

interface Nodes {
  readonly cutFeatures: number[];
  readonly cuts: number[];
  readonly children: number[];
}

interface Growth {
  readonly x: Float32Array;
  readonly features: number;
  readonly random: Random;
  readonly deepest: number;
  readonly nodes: Nodes;
}

function newNode({ cutFeatures, cuts, children }: Nodes): number {
  cutFeatures.push(-1);
  cuts.push(0);
  children.push(0);
  return cuts.length - 1;
}

function grow(growth: Growth, own: Uint32Array, depth: number, node: number): void {
  const { x, features, deepest, nodes } = growth;
  const cut = depth < deepest && own.length > 1 ? randomCut(growth, own) : undefined;
  if (cut === undefined) {
    nodes.cuts[node] = depth + meanPath(own.length);
    return;
  }
  const isLeft = (row: number): boolean => x[row * features + cut.feature]! <= cut.at;
  nodes.cutFeatures[node] = cut.feature;
  nodes.cuts[node] = cut.at;
  const left = newNode(nodes);
  newNode(nodes);
  nodes.children[node] = left;
  grow(growth, own.filter(isLeft), depth + 1, left);
  grow(growth, own.filter((row) => !isLeft(row)), depth + 1, left + 1);
}

/** A feature of those that vary here, and a place between its least and its largest value, each as likely as any other. */
function randomCut({ x, features, random }: Growth, own: Uint32Array): { readonly feature: number; readonly at: number } | undefined {
  const untried = Array.from({ length: features }, (_, f) => f);
  while (untried.length > 0) {
    const place = random.below(untried.length);
    const feature = untried[place]!;
    let [low, high] = [Infinity, -Infinity];
    for (const row of own) {
      const value = x[row * features + feature]!;
      if (value < low) low = value;
      if (value > high) high = value;
    }
    // Below the largest value, so that both sides have rows.
    if (low < high) return { feature, at: Math.min(low + random.next() * (high - low), low + (high - low) * (1 - 2 ** -20)) };
    untried[place] = untried.at(-1)!;
    untried.pop();
  }
  return undefined;
}

/** 2^(−E[h] / c(ψ)) of each row, from 0 to 1: about ½ and below is usual, near 1 unusual; ½ for all where nothing could be learnt. Of a row by itself: no other row of x matters. */
export async function isolationScores(forest: IsolationForest, x: Float32Array, rows: number, breathe: () => Promise<void> | undefined = () => undefined): Promise<Float64Array> {
  const { features, sample, roots, cutFeatures, cuts, children } = forest;
  checkFeatures(x, rows, features);
  const scores = new Float64Array(rows);
  const usual = meanPath(sample) * roots.length;
  for (let i = 0; i < rows; i++) {
    let sum = 0;
    for (const root of roots) {
      let node = root;
      for (let feature = cutFeatures[node]!; feature >= 0; feature = cutFeatures[node]!) node = children[node]! + (x[i * features + feature]! <= cuts[node]! ? 0 : 1);
      sum += cuts[node]!;
    }
    scores[i] = usual > 0 ? exp64((-ln2 * sum) / usual) : 0.5;
    if (i % 256 === 255) await breathe();
  }
  return scores;
}
