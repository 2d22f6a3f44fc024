/** @file Rows and features as the tree functions want them in memory: bytes of bins, targets, weights, sums, gradients. */

import type { Examples, FeatureMeaning } from '../../../src/domain/modelling/learner';
import type { TreeArena } from './arithmetic';
import { binsOf, writeBinned, type FeatureBins } from './binning';

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
export function treeColumns(arena: TreeArena, train: Examples, meanings: readonly FeatureMeaning[] | undefined, options: { readonly bins: number; readonly seed: number; readonly monotone: Int8Array; readonly cellsOfBin: number }): TreeColumns {
  const bins = binsOf(train, meanings, options);
  const hasMissing = missingIn(train);
  const used = bins.flatMap(({ bins: count, kept }, feature) => (count > 1 || (count === 1 && (hasMissing[feature] === 1 || kept !== undefined)) ? [feature] : []));
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

function missingIn({ x, features }: Examples): Uint8Array {
  const found = new Uint8Array(features);
  for (let at = 0; at < x.length; at++) if (x[at] !== x[at]) found[at % features] = 1;
  return found;
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

/** Cuts rows into pieces of a few milliseconds. */
const numbersAtOnce = 1_000_000;

export async function treeRows(arena: TreeArena, examples: Examples, columns: TreeColumns, outputs: number, needsProbabilities: boolean, breathe: Breathe): Promise<TreeRows> {
  const { rows, x, y, weights } = examples;
  const stride = columns.used.length;
  const codes = arena.take(rows * stride);
  const piece = Math.max(1, Math.floor(numbersAtOnce / Math.max(1, stride)));
  for (let from = 0; from < rows; from += piece) {
    writeBinned(x, columns.bins, columns.used, from, Math.min(rows, from + piece), arena.bytes(codes, rows * stride));
    await breathe();
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
