/** @file Rows and features as the tree functions want them in memory: bytes of bins, targets, weights, sums, gradients. */

import type { Examples, FeatureMeaning } from '../../../src/domain/modelling/learner';
import type { TreeArena } from './arithmetic';
import { binner, missingBin, type FeatureBins } from './binning';

type Breathe = () => Promise<void> | undefined;

/** Features that can be split, laid out for histograms. */
export interface TreeColumns {
  readonly bins: readonly FeatureBins[];
  /** The features with more than one bin, in order; the trees' own numbers of features count these. */
  readonly used: readonly number[];
  /** Cells of a histogram, an even number. */
  readonly cells: number;
  /** Cells of one bin: 1, or one a class. */
  readonly cellsOfBin: number;
  /** Addresses: u32 byte offsets, i32 numbers of bins (negative for categories), i8 directions. */
  readonly offsets: number;
  readonly counts: number;
  readonly monotone: number;
}

/** @param monotone 1, −1 or 0 a feature. @param most bins a feature */
export async function treeColumns(
  arena: TreeArena,
  train: Examples,
  meanings: readonly FeatureMeaning[] | undefined,
  options: { readonly bins: number; readonly seed: number; readonly monotone: Int8Array; readonly cellsOfBin: number },
  breathe: Breathe,
): Promise<TreeColumns> {
  const bin = binner(train, meanings, options);
  const bins: FeatureBins[] = [];
  for (let feature = 0; feature < train.features; feature++) {
    bins.push(bin(feature));
    await breathe();
  }
  const used = bins.flatMap(({ bins: count, kept }, feature) => (count > 1 || (count === 1 && (kept !== undefined || hasMissing(train, feature))) ? [feature] : []));
  const counts = Int32Array.from(used, (feature) => (bins[feature]!.kept ? -bins[feature]!.bins : bins[feature]!.bins));
  const offsets = new Uint32Array(used.length);
  let cells = 0;
  used.forEach((feature, at) => {
    offsets[at] = 8 * cells;
    cells += (bins[feature]!.bins + 1) * options.cellsOfBin;
  });
  const monotone = Uint8Array.from(used, (feature) => options.monotone[feature]!);
  return { bins, used, cells: cells + (cells % 2), cellsOfBin: options.cellsOfBin, offsets: arena.copied(offsets), counts: arena.copied(counts), monotone: arena.copied(monotone) };
}

function hasMissing({ x, features }: Examples, feature: number): boolean {
  for (let at = feature; at < x.length; at += features) if (x[at] !== x[at]) return true;
  return false;
}

/** A set of rows in memory. All are addresses. */
export interface TreeRows {
  readonly rows: number;
  /** rows × used features bytes. */
  readonly codes: number;
  readonly stride: number;
  /** f64 each; weights 0 where all weigh 1. */
  readonly y: number;
  readonly weights: number;
  /** rows × outputs f64: base and leaves so far. */
  readonly margins: number;
  /** g and h a row, f64. */
  readonly gh: number;
  /** rows × outputs f64, where a loss wants them. */
  readonly probabilities: number;
}

/** Rows whose numbers and bytes stay in the processor's cache while one column after the other is read. */
const tile = 2048;

export async function treeRows(arena: TreeArena, examples: Examples, columns: TreeColumns, outputs: number, needsProbabilities: boolean, breathe: Breathe): Promise<TreeRows> {
  const { rows, features, x, y, weights } = examples;
  const { used, bins } = columns;
  const stride = used.length;
  const codes = arena.take(rows * stride);
  const edges = arena.take(4 * 256 * stride);
  const numbers = arena.take(4 * tile * features);
  used.forEach((feature, column) => arena.floats(edges + 1024 * column, 256).fill(Infinity).set(bins[feature]!.edges));
  const tables = used.map((feature) => {
    const { kept } = bins[feature]!;
    return kept && new Map(Array.from(kept, (code, bin) => [code, bin + 1]));
  });
  for (let from = 0; from < rows; from += tile) {
    const n = Math.min(tile, rows - from);
    const piece = x.subarray(from * features, (from + n) * features);
    arena.floats(numbers, piece.length).set(piece);
    const bytes = arena.bytes(codes + from * stride, n * stride);
    used.forEach((feature, column) => {
      const table = tables[column];
      if (!table) arena.run.bin(numbers + 4 * feature, 4 * features, n, edges + 1024 * column, codes + from * stride + column, stride);
      else for (let row = 0; row < n; row++) bytes[row * stride + column] = table.get(piece[row * features + feature]!) ?? missingBin;
    });
    const wait = breathe();
    if (wait) await wait;
  }
  return {
    rows,
    codes,
    stride,
    y: arena.copied(y),
    weights: weights ? arena.copied(weights) : 0,
    margins: arena.take(8 * rows * outputs),
    gh: arena.take(16 * rows),
    probabilities: needsProbabilities ? arena.take(8 * rows * outputs) : 0,
  };
}
