/** @file Grows one tree over binned rows, depth first or best leaf first. What its leaves say is decided by the caller. */

import type { Random } from '../../../src/domain/random';
import type { TreeArena } from './arithmetic';
import { emptyTree, writeTable, type GrownTree } from './grownTree';
import type { TreeColumns, TreeRows } from './treeTable';

export interface GrowthSettings {
  /** 0: no limit. */
  readonly maxDepth: number;
  readonly maxLeaves: number;
  /** Always split the leaf that gains most, instead of one level after the other. */
  readonly isLeafWise: boolean;
  readonly l2: number;
  /** Least summed hessian (weight) of a leaf. */
  readonly leastWeight: number;
  readonly leastGain: number;
  /** Largest size of a leaf's step before it is shortened; infinity for none. */
  readonly largestStep: number;
  readonly hasMonotone: boolean;
  /** For categories: weight added before their mean is taken, more l2, and up to how many are tried one by one. */
  readonly smooth: number;
  readonly categoryL2: number;
  readonly oneHot: number;
  /** Groups of features (in use) that may share a path; nothing: all may. */
  readonly together?: readonly (readonly number[])[];
  /** How many features each split looks at; all by default. */
  readonly featuresOfSplit?: number;
}

/** What grows: rows with their packed words. */
export interface Ground {
  readonly packed: number;
  /** The rows in the tree, u32, which is sorted into leaves; all rows in their order where `isWhole`. */
  readonly order: number;
  readonly spare: number;
  readonly count: number;
  readonly isWhole: boolean;
  /** What one step of g and h in a packed word is. */
  readonly stepG: number;
  readonly stepH: number;
  /** Address of the u16 class of each row, for cells of classes. */
  readonly classOf: number;
}

/** A leaf: its rows order[from … to), and the bounds of its step. */
export interface Leaf {
  readonly node: number;
  readonly from: number;
  readonly to: number;
  readonly lower: number;
  readonly upper: number;
}

interface Split {
  readonly gain: number;
  readonly feature: number;
  readonly bin: number;
  readonly missingLeft: number;
  readonly leftG: number;
  readonly leftH: number;
  readonly set: readonly number[] | undefined;
}

interface Node extends Leaf {
  readonly depth: number;
  /** Whole sums; with classes there is only h. */
  readonly g: number;
  readonly h: number;
  readonly slot: number;
  readonly path: readonly number[];
  split?: Split | undefined;
}

const updatesAtOnce = 8_000_000;
/** What rounding may make of a gain of nothing, for a score of 1. */
const nothing = 1e-12;

export class Grower {
  readonly #arena: TreeArena;
  readonly #rows: TreeRows;
  readonly #columns: TreeColumns;
  readonly #settings: GrowthSettings;
  readonly #breathe: () => Promise<void> | undefined;
  /** Addresses of histograms that nobody uses. */
  readonly #free: number[] = [];
  readonly #mask: number;
  readonly #table: number;
  readonly #out: number;
  readonly #given: number;
  readonly #totals: number;

  constructor(arena: TreeArena, rows: TreeRows, columns: TreeColumns, settings: GrowthSettings, breathe: () => Promise<void> | undefined) {
    this.#arena = arena;
    this.#rows = rows;
    this.#columns = columns;
    this.#settings = settings;
    this.#breathe = breathe;
    this.#mask = arena.take(columns.used.length + 1);
    this.#table = arena.take(256);
    this.#out = arena.take(128);
    this.#given = arena.take(128);
    this.#totals = arena.take(8 * columns.cellsOfBin);
  }

  /**
   * @param columns which features (in use) this tree may ask; all by default. @param random for the features of each split
   * @returns the tree without the values of its leaves, and these in their order
   */
  async grow(ground: Ground, random: Random, columns?: Uint8Array): Promise<{ readonly tree: GrownTree; readonly leaves: Leaf[] }> {
    const { maxLeaves, isLeafWise, largestStep, l2, leastWeight, smooth, categoryL2, oneHot, hasMonotone } = this.#settings;
    this.#arena.doubles(this.#given, 10).set([l2, leastWeight, ground.stepG, ground.stepH, 0, 0, smooth, categoryL2, oneHot, hasMonotone || largestStep < Infinity ? 1 : 0]);
    const tree = emptyTree();
    const leaves: Leaf[] = [];
    const open: Node[] = [];
    const settle = async (node: Node): Promise<void> => {
      if (node.slot !== 0) await this.#search(node, ground, random, columns);
      if (node.split) open.push(node);
      else this.#close(node, tree, leaves);
    };
    await settle(await this.#root(ground, tree));
    while (open.length > 0) {
      if (maxLeaves > 0 && leaves.length + open.length >= maxLeaves) break;
      const node = isLeafWise ? takeBest(open) : maxLeaves > 0 ? open.shift()! : open.pop()!;
      for (const child of await this.#split(node, ground, tree)) await settle(child);
    }
    for (const node of open) this.#close(node, tree, leaves);
    return { tree, leaves };
  }

  #close(node: Node, tree: GrownTree, leaves: Leaf[]): void {
    tree.left[node.node] = leaves.length;
    leaves.push(node);
    if (node.slot !== 0) this.#free.push(node.slot);
  }

  async #root(ground: Ground, tree: GrownTree): Promise<Node> {
    const { largestStep } = this.#settings;
    const made = { node: addNode(tree, 0), from: 0, to: ground.count, depth: 0, lower: -largestStep, upper: largestStep, path: [] };
    if (this.#columns.used.length === 0) return { ...made, g: 0, h: 0, slot: 0 };
    const slot = this.#slot();
    await this.#build(slot, ground, 0, ground.count);
    const { g, h } = this.#totalsOf(slot);
    tree.cover[0] = h * ground.stepH;
    return { ...made, g, h, slot };
  }

  #slot(): number {
    return this.#free.pop() ?? this.#arena.take(8 * this.#columns.cells);
  }

  async #build(slot: number, { packed, order, isWhole, classOf }: Ground, from: number, to: number): Promise<void> {
    const { cells, cellsOfBin, offsets, used } = this.#columns;
    const { codes, stride } = this.#rows;
    // The root of all rows reads them in their order, without a list.
    const list = isWhole && to - from === this.#rows.rows ? 0 : order;
    const piece = Math.max(1, Math.floor(updatesAtOnce / used.length));
    this.#arena.run.clear(slot, cells);
    for (let at = from; at < to; at += piece) {
      const end = Math.min(to, at + piece);
      if (cellsOfBin === 1) this.#arena.run.build(slot, codes, stride, used.length, offsets, packed, list, at, end);
      else this.#arena.run.buildClasses(slot, codes, stride, used.length, offsets, packed, list, at, end, classOf, cellsOfBin);
      const wait = this.#breathe();
      if (wait) await wait;
    }
  }

  /** Whole sums of a node, from its cells of the first feature. */
  #totalsOf(slot: number): { readonly g: number; readonly h: number } {
    const { bins, used, cellsOfBin } = this.#columns;
    this.#arena.run.total(slot, (bins[used[0]!]!.bins + 1) * cellsOfBin, this.#out);
    const [g, h] = this.#arena.doubles(this.#out, 2) as unknown as readonly [number, number];
    return { g, h };
  }

  async #search(node: Node, ground: Ground, random: Random, columns: Uint8Array | undefined): Promise<void> {
    const { used } = this.#columns;
    const allowed = new Uint8Array(used.length);
    const { together, featuresOfSplit } = this.#settings;
    for (let f = 0; f < used.length; f++) {
      const isAllowed = !together || node.path.every((one) => one === f) || together.some((group) => group.includes(f) && node.path.every((one) => group.includes(one)));
      allowed[f] = isAllowed && (columns === undefined || columns[f] === 1) ? 1 : 0;
    }
    if (featuresOfSplit === undefined || featuresOfSplit >= used.length) node.split = this.#best(node, ground, allowed);
    else {
      // A few features first; where none of them parts the rows, the others may try.
      const drawn = random.shuffle(Uint32Array.from(used, (_, f) => f)).filter((f) => allowed[f] === 1);
      const few = new Uint8Array(used.length);
      for (const f of drawn.subarray(0, featuresOfSplit)) few[f] = 1;
      node.split = this.#best(node, ground, few);
      if (node.split === undefined) {
        for (const f of drawn) few[f] = few[f] === 1 ? 0 : 1;
        node.split = this.#best(node, ground, few);
      }
    }
    const wait = this.#breathe();
    if (wait) await wait;
  }

  #best(node: Node, ground: Ground, mask: Uint8Array): Split | undefined {
    const { run } = this.#arena;
    const { used, offsets, counts, monotone, cellsOfBin } = this.#columns;
    this.#arena.bytes(this.#mask, used.length).set(mask);
    let own: number;
    if (cellsOfBin === 1) {
      this.#arena.doubles(this.#given + 32, 2).set([node.lower, node.upper]);
      run.search(node.slot, used.length, offsets, counts, this.#mask, monotone, this.#given, node.g, node.h, this.#out);
      own = this.#scoreOf(node, ground);
    } else {
      const totals = this.#classTotals(node.slot);
      own = totals.reduce((sum, count) => sum + count * count, 0) / node.h * ground.stepH;
      this.#arena.doubles(this.#totals, cellsOfBin).set(totals);
      run.searchClasses(node.slot, used.length, offsets, counts, this.#mask, this.#given, cellsOfBin, this.#totals, totals.indexOf(Math.max(...totals)), this.#out);
    }
    const [score, feature, bin, missingLeft, leftG, leftH] = this.#arena.doubles(this.#out, 6) as unknown as readonly [number, number, number, number, number, number];
    if (feature < 0) return undefined;
    const gain = score - own;
    if (!(gain > this.#settings.leastGain && gain > nothing * Math.abs(score))) return undefined;
    const isSet = this.#columns.bins[used[feature]!]!.kept !== undefined;
    return { gain, feature, bin, missingLeft, leftG, leftH, set: isSet ? Array.from(this.#arena.words(this.#out + 48, 8), (word) => word >>> 0) : undefined };
  }

  /** As the search scores both sides. */
  #scoreOf({ g, h, lower, upper }: Node, { stepG, stepH }: Ground): number {
    const G = g * stepG;
    const d = h * stepH + this.#settings.l2;
    if (!(d > 0)) return 0;
    if (lower === -Infinity && upper === Infinity) return (G * G) / d;
    const w = Math.min(upper, Math.max(lower, -G / d));
    return -(2 * G * w + d * w * w);
  }

  #classTotals(slot: number): number[] {
    const { bins, used, cellsOfBin } = this.#columns;
    const words = this.#arena.words(slot, 2 * (bins[used[0]!]!.bins + 1) * cellsOfBin);
    const totals = Array<number>(cellsOfBin).fill(0);
    for (let cell = 0; cell < words.length / 2; cell++) totals[cell % cellsOfBin]! += words[2 * cell]! >>> 0;
    return totals;
  }

  /** Parts the rows of a node; the histogram of the larger child is what the smaller one leaves of the parent's. */
  async #split(node: Node, ground: Ground, tree: GrownTree): Promise<Node[]> {
    const { run } = this.#arena;
    const { feature, bin, missingLeft, set, gain, leftG, leftH } = node.split!;
    const { maxDepth } = this.#settings;
    const at = node.node;
    tree.feature[at] = feature;
    tree.bin[at] = bin;
    tree.missingLeft[at] = missingLeft;
    tree.gain[at] = gain;
    if (set) {
      tree.set[at] = tree.sets.length / 8;
      tree.sets.push(...set);
    }
    writeTable(tree, at, this.#arena.bytes(this.#table, 256));
    const middle = node.from + run.partition(ground.order, ground.spare, node.from, node.to, this.#rows.codes + feature, this.#rows.stride, this.#table);
    const depth = node.depth + 1;
    const isOpen = maxDepth === 0 || depth < maxDepth;
    let [leftSlot, rightSlot] = [0, 0];
    const sums = { g: leftG, h: leftH };
    if (isOpen) {
      const isLeftSmall = middle - node.from <= node.to - middle;
      const small = this.#slot();
      await (isLeftSmall ? this.#build(small, ground, node.from, middle) : this.#build(small, ground, middle, node.to));
      run.subtract(node.slot, small, this.#columns.cells);
      [leftSlot, rightSlot] = isLeftSmall ? [small, node.slot] : [node.slot, small];
    } else this.#free.push(node.slot);
    const left = addNode(tree, sums.h * ground.stepH);
    const right = addNode(tree, (node.h - sums.h) * ground.stepH);
    tree.left[at] = left;
    const path = node.path.includes(feature) || !this.#settings.together ? node.path : [...node.path, feature];
    const [leftBounds, rightBounds] = this.#bounds(node, ground);
    return [
      { node: left, from: node.from, to: middle, depth, path, slot: leftSlot, ...sums, ...leftBounds },
      { node: right, from: middle, to: node.to, depth, path, slot: rightSlot, g: node.g - sums.g, h: node.h - sums.h, ...rightBounds },
    ];
  }

  /** After a split on a feature with a direction no leaf of one side may pass the middle between both sides (as in xgboost and LightGBM). */
  #bounds({ g, h, lower, upper, split }: Node, { stepG, stepH }: Ground): [{ lower: number; upper: number }, { lower: number; upper: number }] {
    const direction = this.#settings.hasMonotone ? new Int8Array(this.#arena.bytes(this.#columns.monotone + split!.feature, 1))[0]! : 0;
    if (direction === 0) return [{ lower, upper }, { lower, upper }];
    const { l2 } = this.#settings;
    const stepOf = (G: number, H: number): number => Math.min(upper, Math.max(lower, (-G * stepG) / (H * stepH + l2)));
    const middle = (stepOf(split!.leftG, split!.leftH) + stepOf(g - split!.leftG, h - split!.leftH)) / 2;
    const below = { lower, upper: middle };
    const above = { lower: middle, upper };
    return direction > 0 ? [below, above] : [above, below];
  }
}

function addNode(tree: GrownTree, cover: number): number {
  tree.left.push(0);
  tree.bin.push(0);
  tree.missingLeft.push(0);
  tree.set.push(-1);
  tree.cover.push(cover);
  tree.gain.push(0);
  return tree.feature.push(-1) - 1;
}

/** The first of those that gain most. */
function takeBest(open: Node[]): Node {
  let best = 0;
  for (let i = 1; i < open.length; i++) {
    const [a, b] = [open[i]!, open[best]!];
    if (a.split!.gain > b.split!.gain || (a.split!.gain === b.split!.gain && a.node < b.node)) best = i;
  }
  return open.splice(best, 1)[0]!;
}
