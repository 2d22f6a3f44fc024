/**
 * @file The arithmetic over rows that the boosting of terms needs, as one interface for the kernel and its twin. Which rows, which term next and
 * what an update is are decided in `boosting.ts`.
 */

export const lossKinds = ['squared', 'logistic', 'softmax'] as const;
export type LossKind = (typeof lossKinds)[number];

/** Training rows, then validation rows, then one row that weighs nothing: it fills up what must be a multiple of four. */
export interface Problem {
  readonly loss: LossKind;
  /** Logits of a row: 1, or one a class. */
  readonly outputs: number;
  /** With the last one, of weight 0. */
  readonly rows: number;
  /** Scaled value, or index of the class. One a row. */
  readonly targets: Float32Array;
  readonly weights: Float32Array;
  /** Most rows that are selected at once. */
  readonly most: number;
}

/** Cell of each row: a bin of a feature, or a pair of bins. */
export type Column = Uint8Array | Uint16Array;

/**
 * Works on the selected rows. Sums run over rows in their order, so that equal calls give equal bits on both engines. Ranges begin and end at
 * multiples of four.
 */
export interface Arithmetic {
  readonly backend: 'native' | 'plain';
  /** Keeps the column of all rows. @param cells how many there may be @returns its number */
  addColumn(column: Column, cells: number): number;
  /** The rows to work on from now on. Their cells must be gathered, column by column. */
  select(order: Uint32Array): void;
  gather(column: number): void;
  /** Their logits: base + Σ table[cell]. @param tables one a column, cells × outputs */
  sumLogits(base: Float64Array, columns: readonly number[], tables: readonly Float64Array[], from: number, to: number): void;
  /** Empties the histogram of the next steps. */
  beginHistogram(column: number): void;
  /** Applies an update (cells × outputs) of the previous column, then adds gradients and curvatures to the histogram of the next. */
  step(previous: number | undefined, update: Float32Array, next: number, from: number, to: number): void;
  /** Sums of gradient and curvature: cells × outputs × 2. Valid until the next call. */
  histogram(column: number): Float64Array;
  /** Σ weight · loss. */
  loss(from: number, to: number): number;
  /** Keeps the gradients of the rows at hand for `pairHistogram`. */
  keepGradients(from: number, to: number): void;
  /** Histogram over pairs of cells of two columns of bytes, first · width + second, of one output: cells × 2. Valid until the next call. */
  pairHistogram(first: number, second: number, width: number, cells: number, output: number, to: number): Float64Array;
}

/** Small histograms are kept four times, one for each of four neighbouring rows, so that equal cells do not wait for each other. */
export const copiesOf = (cells: number, outputs: number): number => (cells * outputs <= 512 ? 4 : 1);
