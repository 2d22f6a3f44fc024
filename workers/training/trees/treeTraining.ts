/** @file What boosting and forests share: a tree's leaves written into the rows' sums, rows walked through finished trees, work cut into pieces. */

import type { TreeArena } from './arithmetic';
import { writeTable, type TreeLists } from './grownTree';
import type { TreeRows } from './treeTable';

export type Breathe = () => Promise<void> | undefined;

/** Rows that a pass of a few nanoseconds a row takes at once. */
const piece = 1 << 19;
/** Nodes whose tables are written at once: 2 MB. */
const nodesAtOnce = 8192;

/** Runs `work` over pieces of the rows and adds up what it gives. */
export async function inPieces(rows: number, breathe: Breathe, work: (from: number, to: number) => number | void): Promise<number> {
  let sum = 0;
  for (let from = 0; from < rows; from += piece) {
    sum += work(from, Math.min(rows, from + piece)) ?? 0;
    const wait = breathe();
    if (wait) await wait;
  }
  return sum;
}

/** Puts trees into memory, one after the other in the same place, and adds their leaves to the sums of rows. */
export class Walker {
  readonly #arena: TreeArena;
  readonly #breathe: Breathe;
  #size = 0;
  #nodes = 0;
  #tables = 0;
  #values = 0;

  constructor(arena: TreeArena, breathe: Breathe) {
    this.#arena = arena;
    this.#breathe = breathe;
  }

  /** @param width numbers in a leaf */
  async load(tree: TreeLists, width: number): Promise<void> {
    const nodes = tree.feature.length;
    const leaves = tree.values.length / width;
    if (Math.max(nodes, leaves * width) > this.#size) {
      // What was there before is left behind: the sizes double, so that it is never more than is in use.
      this.#size = 2 * Math.max(nodes, leaves * width, 64);
      this.#nodes = this.#arena.take(8 * this.#size);
      this.#tables = this.#arena.take(256 * this.#size);
      this.#values = this.#arena.take(8 * this.#size);
    }
    const words = this.#arena.words(this.#nodes, 2 * nodes);
    const tables = this.#arena.bytes(this.#tables, 256 * nodes);
    for (let node = 0; node < nodes; node++) {
      words[2 * node] = tree.feature[node]!;
      words[2 * node + 1] = tree.left[node]!;
      if (tree.feature[node]! >= 0) writeTable(tree, node, tables.subarray(256 * node, 256 * node + 256));
      if ((node + 1) % nodesAtOnce !== 0) continue;
      const wait = this.#breathe();
      if (wait) await wait;
    }
    this.#arena.doubles(this.#values, tree.values.length).set(tree.values);
  }

  /** The tree that was loaded last, over all rows or those of a list. */
  async walk({ rows, codes, stride, margins }: TreeRows, width: number, outputs: number, k: number, list?: { readonly order: number; readonly from: number; readonly to: number }): Promise<void> {
    const first = list?.from ?? 0;
    await inPieces((list?.to ?? rows) - first, this.#breathe, (from, to) =>
      this.#arena.run.walk(codes, stride, list?.order ?? 0, first + from, first + to, this.#nodes, this.#tables, this.#values, width, margins, outputs, k),
    );
  }
}

/** Every row begins with `base`. */
export function fillMargins(arena: TreeArena, { rows, margins }: TreeRows, base: Float64Array): void {
  const all = arena.doubles(margins, rows * base.length);
  for (let at = 0; at < all.length; at += base.length) all.set(base, at);
}
