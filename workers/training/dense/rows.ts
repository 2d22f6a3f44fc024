/** @file Rows as a dense network takes them: numbers, codes of categories, targets and weights, each in an array of its own. */

import type { DenseShape } from './shape';

export interface DenseRows {
  readonly rows: number;
  /** rows × features without an embedding. */
  readonly x: Float32Array;
  /** rows × embeddings: rows of their tables. */
  readonly codes: Int32Array;
  /** Class index, 0 or 1, or the scaled value; empty where rows are only answered. */
  readonly y: Float32Array;
  /** Mean 1 over the training rows. */
  readonly w?: Float32Array;
}

/**
 * The features of rows from, …, to − 1. A code that is missing or unknown is the row after the last category.
 * @throws RangeError naming the feature and the row of a number that is not finite
 */
export function splitFeatures({ features, embeddings }: Pick<DenseShape, 'features' | 'embeddings'>, x: Float32Array, from: number, to: number): Pick<DenseRows, 'rows' | 'x' | 'codes'> {
  const rows = to - from;
  if (embeddings.length === 0) return { rows, x: x.subarray(from * features, to * features), codes: new Int32Array(0) };
  const coded = new Int8Array(features);
  for (const { feature } of embeddings) coded[feature] = 1;
  const numbers = new Float32Array(rows * (features - embeddings.length));
  const codes = new Int32Array(rows * embeddings.length);
  let at = 0;
  for (let i = 0; i < rows; i++) {
    const start = (from + i) * features;
    for (let k = 0; k < features; k++) {
      if (coded[k] === 1) continue;
      const value = x[start + k]!;
      if (!Number.isFinite(value)) throw new RangeError(`feature ${k} of row ${from + i} is ${value}`);
      numbers[at++] = value;
    }
    for (let e = 0; e < embeddings.length; e++) {
      const { feature, categories } = embeddings[e]!;
      const code = x[start + feature]!;
      codes[i * embeddings.length + e] = code >= 0 && code < categories ? code : categories;
    }
  }
  return { rows, x: numbers, codes };
}

/** Rows of `width` numbers, from one `stride` to the next, in a place that is 0 between them. */
export function copyRows(x: Float32Array, width: number, from: number, to: number, into: Float32Array, stride: number): void {
  if (stride === width) into.set(x.subarray(from * width, to * width));
  else for (let i = from; i < to; i++) into.set(x.subarray(i * width, (i + 1) * width), (i - from) * stride);
}
