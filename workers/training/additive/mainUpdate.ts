/** @file One boosting update of a term of one feature: a small tree over its bins, grown from a histogram of gradients. */

export interface UpdateRule {
  readonly outputs: number;
  readonly rate: number;
  readonly maxLeaves: number;
  /** Least weight of training rows in a leaf. */
  readonly minLeaf: number;
  /** Largest step of a leaf, before the rate. */
  readonly mostStep: number;
}

export interface MainTerm {
  /** The bin of missing values is 0; it is a leaf of its own. */
  readonly cells: number;
  /** Categories: their bins have no order, and are sorted by their gradients first. */
  readonly isNominal: boolean;
  /** 1: the score never falls from bin to bin. −1: never rises. */
  readonly monotone: -1 | 0 | 1;
}

/** Below this sum of curvatures a leaf takes no step. */
export const leastCurvature = 1e-3;
/** Rows' worth of average curvature that draw a category's mean towards nothing when categories are sorted. */
const smoothing = 10;

/** Newton's step of a leaf, cut to the largest allowed. */
export function stepOf(gradient: number, curvature: number, most: number): number {
  if (!(curvature >= leastCurvature)) return 0;
  const step = -gradient / curvature;
  return step > most ? most : step < -most ? -most : step;
}

/** How much a leaf lessens the loss, twice over: G² / H. */
export const gainOf = (gradient: number, curvature: number): number => (curvature >= leastCurvature ? (gradient * gradient) / curvature : 0);

/** Gains below this come from rounding. */
export const noise = 1e-12;

interface Split {
  readonly gain: number;
  /** The first position of the right part. */
  readonly at: number;
}

/**
 * Grows the tree that lessens the loss most, leaf by leaf. Sums before each position are kept, so that a leaf is a difference of two.
 * The instance is working memory; it remembers nothing between calls.
 */
export class MainUpdate {
  readonly #rule: UpdateRule;
  /** Sums of gradient and curvature of the first bins in order: position × outputs × 2. */
  readonly #sums: Float64Array;
  readonly #weights = new Float64Array(257);
  readonly #order = new Uint16Array(256);
  #places = 0;

  constructor(rule: UpdateRule) {
    this.#rule = rule;
    this.#sums = new Float64Array(257 * rule.outputs * 2);
  }

  /**
   * @param histogram cells × outputs × 2 @param weight of the training rows in each cell
   * @param update cells × outputs, to write into @returns by how much the whole steps would lessen the loss, twice over; 0 where there is none to take
   */
  grow(term: MainTerm, histogram: Float64Array, weight: Float64Array, update: Float32Array): number {
    const { outputs, rate, maxLeaves, minLeaf, mostStep } = this.#rule;
    update.fill(0);
    this.#arrange(term, histogram, weight);
    const bounds = [0, this.#places];
    const splits: (Split | undefined)[] = [this.#best(term.monotone, bounds, 0)];
    let lessened = 0;
    while (bounds.length - 1 < maxLeaves) {
      let chosen = -1;
      for (let leaf = 0; leaf < splits.length; leaf++) if (splits[leaf] && !(splits[leaf]!.gain <= (splits[chosen]?.gain ?? 0))) chosen = leaf;
      if (chosen < 0) break;
      lessened += splits[chosen]!.gain;
      bounds.splice(chosen + 1, 0, splits[chosen]!.at);
      splits.splice(chosen, 1, undefined, undefined);
      // Under a constraint the neighbours' values changed what the other leaves may do.
      for (let leaf = 0; leaf < splits.length; leaf++) if (term.monotone !== 0 || leaf === chosen || leaf === chosen + 1) splits[leaf] = this.#best(term.monotone, bounds, leaf);
    }
    let gain = 0;
    if (bounds.length > 2) {
      gain = lessened;
      for (let leaf = 0; leaf + 1 < bounds.length; leaf++) {
        for (let k = 0; k < outputs; k++) {
          const step = rate * this.#step(bounds[leaf]!, bounds[leaf + 1]!, k);
          for (let place = bounds[leaf]!; place < bounds[leaf + 1]!; place++) update[this.#order[place]! * outputs + k] = step;
        }
      }
    }
    if (weight[0]! > 0 && weight[0]! >= minLeaf) {
      for (let k = 0; k < outputs; k++) {
        update[k] = rate * stepOf(histogram[2 * k]!, histogram[2 * k + 1]!, mostStep);
        const own = gainOf(histogram[2 * k]!, histogram[2 * k + 1]!);
        if (own > noise) gain += own;
      }
    }
    return gain;
  }

  #arrange({ cells, isNominal }: MainTerm, histogram: Float64Array, weight: Float64Array): void {
    const { outputs } = this.#rule;
    const order = this.#order;
    let places = 0;
    for (let cell = 1; cell < cells; cell++) if (!isNominal || weight[cell]! > 0) order[places++] = cell;
    if (isNominal && places > 1) sortByMean(order.subarray(0, places), histogram, weight, outputs);
    this.#places = places;
    const sums = this.#sums;
    const stride = 2 * outputs;
    for (let i = 0; i < stride; i++) sums[i] = 0;
    for (let place = 0; place < places; place++) {
      const from = order[place]! * stride;
      for (let i = 0; i < stride; i++) sums[(place + 1) * stride + i] = sums[place * stride + i]! + histogram[from + i]!;
      this.#weights[place + 1] = this.#weights[place]! + weight[order[place]!]!;
    }
  }

  #step(from: number, to: number, k: number): number {
    const stride = 2 * this.#rule.outputs;
    const [a, b] = [from * stride + 2 * k, to * stride + 2 * k];
    return stepOf(this.#sums[b]! - this.#sums[a]!, this.#sums[b + 1]! - this.#sums[a + 1]!, this.#rule.mostStep);
  }

  /** The best split of a leaf, if one is allowed and lessens the loss. */
  #best(monotone: -1 | 0 | 1, bounds: readonly number[], leaf: number): Split | undefined {
    const { outputs, minLeaf } = this.#rule;
    const [from, to] = [bounds[leaf]!, bounds[leaf + 1]!];
    const [sums, weights, stride] = [this.#sums, this.#weights, 2 * outputs];
    let parent = 0;
    for (let k = 0; k < outputs; k++) {
      const [a, b] = [from * stride + 2 * k, to * stride + 2 * k];
      parent += gainOf(sums[b]! - sums[a]!, sums[b + 1]! - sums[a + 1]!);
    }
    const before = monotone !== 0 && leaf > 0 ? this.#step(bounds[leaf - 1]!, from, 0) : undefined;
    const after = monotone !== 0 && leaf + 2 < bounds.length ? this.#step(to, bounds[leaf + 2]!, 0) : undefined;
    // Differences of rounding are no gain.
    let most = parent * (1 + 1e-9) + noise;
    let at = -1;
    for (let place = from + 1; place < to; place++) {
      if (!(weights[place]! - weights[from]! >= minLeaf)) continue;
      if (!(weights[to]! - weights[place]! >= minLeaf)) break;
      let gain = 0;
      for (let k = 0; k < outputs; k++) {
        const [a, b, c] = [from * stride + 2 * k, place * stride + 2 * k, to * stride + 2 * k];
        gain += gainOf(sums[b]! - sums[a]!, sums[b + 1]! - sums[a + 1]!) + gainOf(sums[c]! - sums[b]!, sums[c + 1]! - sums[b + 1]!);
      }
      if (!(gain > most)) continue;
      if (monotone !== 0) {
        const left = this.#step(from, place, 0);
        const right = this.#step(place, to, 0);
        if (monotone * (right - left) < 0 || (before !== undefined && monotone * (left - before) < 0) || (after !== undefined && monotone * (after - right) < 0)) continue;
      }
      most = gain;
      at = place;
    }
    return at < 0 ? undefined : { gain: most - parent, at };
  }
}

/** Sorts cells by G / (H + smoothing), of the output whose cells differ most. Cells that are equal keep their order. */
function sortByMean(cells: Uint16Array, histogram: Float64Array, weight: Float64Array, outputs: number): void {
  let chosen = 0;
  let most = -1;
  let smooth = 0;
  for (let k = 0; k < outputs; k++) {
    let gain = 0;
    let curvature = 0;
    let total = 0;
    for (const cell of cells) {
      const at = (cell * outputs + k) * 2;
      gain += gainOf(histogram[at]!, histogram[at + 1]!);
      curvature += histogram[at + 1]!;
      total += weight[cell]!;
    }
    if (!(gain > most)) continue;
    most = gain;
    chosen = k;
    smooth = (smoothing * curvature) / total;
  }
  const mean = new Map(Array.from(cells, (cell) => [cell, histogram[(cell * outputs + chosen) * 2]! / (histogram[(cell * outputs + chosen) * 2 + 1]! + smooth)]));
  const sorted = Array.from(cells).sort((a, b) => mean.get(a)! - mean.get(b)! || a - b);
  cells.set(sorted);
}
