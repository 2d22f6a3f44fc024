/** @file The passes over all rows that the linear learner is made of, in slices between which it breathes; on a kernel or on its twin. */

import type { RowStore } from './rowStore';

/** Most rows whose products are summed on their own before they are added. */
export const block = 64;
/** How many they are: part of what decides the bits, and few enough for a short call where columns are many. */
const blockOf = (features: number): number => (features <= 1000 ? block : 8);

/** Width of the square that `Passes.square` gives: features, then the 1, then the extra column, rounded up to whole tiles of 4. */
export const squareSize = (features: number): number => Math.ceil((features + 2) / 4) * 4;

/** What an engine does with a slice of rows. Rows from … to − 1 begin and end at groups of 4, or at the end. */
export interface PassEngine {
  /** Takes the point (features × outputs, row-major, then the intercepts) and sets the sums to 0. */
  begin(point: Float64Array): void;
  /** Adds loss, residuals' sums and, where wanted, the gradient; keeps the probabilities where wanted. */
  logistic(from: number, to: number, gradient: boolean, keep: boolean): void;
  /** Writes the gradient, in the order of the point, where wanted; returns Σ weight · loss. */
  end(gradient: Float64Array | undefined): number;
  /** outputs × padded rows, of the last pass that kept them; valid until the next call. */
  probabilities(): Float64Array;
  /** Takes the factors of `square`: weight · p_a · ([a = b] − p_b), or the given ones. */
  curvature(a: number, b: number): void;
  factors(values: Float64Array): void;
  /** Sets the extra column and the square to 0, or the column to what is given. */
  beginSquare(extra: Float64Array | undefined): void;
  /** One block of rows, at most 64. */
  square(from: number, to: number): void;
  /** The lower triangle is valid; a copy. */
  endSquare(): Float64Array;
}

export class Passes {
  readonly rows: RowStore;
  readonly outputs: number;
  readonly #engine: PassEngine;
  readonly #breathe: () => Promise<void> | undefined;
  readonly #slice: number;

  constructor(rows: RowStore, outputs: number, engine: PassEngine, breathe: () => Promise<void> | undefined) {
    this.rows = rows;
    this.outputs = outputs;
    this.#engine = engine;
    this.#breathe = breathe;
    // A few milliseconds a slice, whether an entry costs one nanosecond or five.
    this.#slice = Math.max(block, Math.floor(2e6 / ((rows.features + 20) * outputs) / block) * block);
  }

  /** Σ weight · log-loss at a point, and its gradient, 0 for constant features. @param keep the probabilities are wanted afterwards */
  async logistic(point: Float64Array, gradient: Float64Array | undefined, keep = false): Promise<number> {
    this.#engine.begin(point);
    for (let from = 0; from < this.rows.padded; from += this.#slice) {
      this.#engine.logistic(from, Math.min(this.rows.padded, from + this.#slice), gradient !== undefined, keep);
      await this.#breathe();
    }
    const loss = this.#engine.end(gradient);
    if (gradient) for (const k of this.rows.constant) gradient.fill(0, k * this.outputs, (k + 1) * this.outputs);
    return loss;
  }

  probabilities(): Float64Array {
    return this.#engine.probabilities();
  }

  /** Σ weights of the rows that `square` takes one block in so many of. */
  weight(every: number): number {
    const { padded, features, weight } = this.rows;
    const step = blockOf(features);
    let sum = 0;
    for (let from = 0; from < padded; from += step * every) for (let i = from; i < Math.min(padded, from + step); i++) sum += weight[i]!;
    return sum;
  }

  /**
   * Σ factor · x̃ x̃ᵀ with x̃ the row about `rows.shift`, then 1, then the extra column (0 unless given): `squareSize` wide, the lower triangle.
   * The factors are the curvature between two logits at the kept probabilities, or given, one a padded row.
   * @param every takes one block of rows in so many, for a sample
   */
  async square(factors: readonly [number, number] | Float64Array, extra?: Float64Array, every = 1): Promise<Float64Array> {
    if (factors instanceof Float64Array) this.#engine.factors(factors);
    else this.#engine.curvature(factors[0], factors[1]);
    this.#engine.beginSquare(extra);
    const { padded, features } = this.rows;
    const step = blockOf(features);
    const slice = Math.max(1, Math.floor(4e6 / ((features + 2) * (features + 2) * step)));
    for (let from = 0, n = 1; from < padded; from += step * every, n++) {
      this.#engine.square(from, Math.min(padded, from + step));
      if (n % slice === 0) await this.#breathe();
    }
    return this.#engine.endSquare();
  }
}
