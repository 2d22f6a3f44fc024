/** @file Where each number of a dense network lies in one flat array: weights, then biases and norms, then tables, then running statistics. */

import type { DenseShape } from './shape';

export interface LayerPlace {
  /** Rows and columns of the weights as they are stored: padded for the kernel. */
  readonly rows: number;
  readonly columns: number;
  readonly weights: number;
  readonly bias: number;
  /** Of a norm, else −1. */
  readonly scale: number;
  readonly shift: number;
  /** Of a batch norm: the mean; the variance lies `columns` behind it. Else −1. */
  readonly running: number;
}

export interface TablePlace {
  readonly at: number;
  /** From one row to the next. */
  readonly stride: number;
  /** Where its numbers begin in a row of the input. */
  readonly start: number;
}

export interface Layout {
  readonly layers: readonly LayerPlace[];
  readonly tables: readonly TablePlace[];
  /** Features that are numbers, in their order. */
  readonly numbers: readonly number[];
  /** The first numbers: all weights, which decay. */
  readonly decaying: number;
  /** All but tables and running statistics: what every step moves. */
  readonly dense: number;
  /** All that is learnt by gradients. */
  readonly learnt: number;
  /** All. */
  readonly size: number;
}

export const four = (n: number): number => Math.ceil(n / 4) * 4;

/** @param pad what a width is rounded up to: `four` for the kernel. @param single whether a last layer of one output keeps its one column */
export function layoutOf({ features, embeddings, layers }: DenseShape, pad: (n: number) => number): Layout {
  let at = 0;
  const take = (length: number): number => {
    const from = at;
    at += length;
    return from;
  };
  const sizes = layers.map(({ inputs, outputs }, l) => ({ rows: pad(inputs), columns: l + 1 === layers.length && outputs === 1 ? 1 : pad(outputs) }));
  const weights = sizes.map(({ rows, columns }) => take(rows * columns));
  const decaying = at;
  const rest = sizes.map(({ columns }, l) => {
    const normed = layers[l]!.norm !== 'none';
    return { bias: take(pad(columns)), scale: normed ? take(columns) : -1, shift: normed ? take(columns) : -1 };
  });
  const dense = at;
  let start = features - embeddings.length;
  const tables = embeddings.map(({ categories, width }): TablePlace => {
    const stride = pad(width);
    const place = { at: take((categories + 1) * stride), stride, start };
    start += width;
    return place;
  });
  const learnt = at;
  const places = sizes.map((size, l): LayerPlace => ({ ...size, weights: weights[l]!, ...rest[l]!, running: layers[l]!.norm === 'batch' ? take(2 * size.columns) : -1 }));
  const numbers = Array.from({ length: features }, (_, k) => k).filter((k) => !embeddings.some(({ feature }) => feature === k));
  return { layers: places, tables, numbers, decaying, dense, learnt, size: at };
}
