/** @file Adam over one flat vector on the active tfjs backend: one kernel where ours are, ten stock ones elsewhere, however many layers a net has. */

import * as tf from '@tensorflow/tfjs-core';
import { adamKernel, hasKernel } from './ownKernels';

/** β₁ and β₂ of Kingma and Ba; epsilon is stated here, since the default of tfjs depends on the backend. */
export const adamConstants = { beta1: 0.9, beta2: 0.999, epsilon: 1e-7 } as const;

export interface AdamState {
  readonly parameters: Float32Array;
  readonly moments?: readonly [first: Float32Array, second: Float32Array];
  readonly steps?: number;
}

/** Holds the parameters on the device, and from the first step on both moments: a net that only answers has none. `dispose` gives all of them back. */
export class FlatAdam {
  #parameters: tf.Tensor1D;
  #moments: readonly [first: tf.Tensor1D, second: tf.Tensor1D] | undefined;
  readonly #keep: tf.Tensor1D | undefined;
  #steps: number;
  readonly #backend = tf.getBackend();

  /** @param kept what each parameter is multiplied with in a step; absent means 1 each. */
  constructor(
    readonly learningRate: number,
    state: AdamState,
    kept?: Float32Array,
  ) {
    // The cpu backend keeps the array that it is given, so each tensor gets its own.
    this.#parameters = tf.tensor1d(state.parameters.slice());
    if (state.moments !== undefined) this.#moments = [tf.tensor1d(state.moments[0].slice()), tf.tensor1d(state.moments[1].slice())];
    this.#steps = state.steps ?? 0;
    this.#keep = kept && tf.tensor1d(kept);
  }

  get steps(): number {
    return this.#steps;
  }

  /** The parameters now: another tensor after each step. */
  get tensor(): tf.Tensor1D {
    return this.#parameters;
  }

  /** One step along the gradient, which the caller disposes of. */
  advance(gradient: tf.Tensor1D): void {
    const { size } = this.#parameters;
    const moments = (this.#moments ??= [tf.zeros([size]), tf.zeros([size])]);
    const next = tf.tidy(() => this.#next(gradient, moments));
    tf.dispose([this.#parameters, ...moments]);
    const [parameters, first, second] = next as [tf.Tensor1D, tf.Tensor1D, tf.Tensor1D];
    this.#parameters = parameters;
    this.#moments = [first, second];
    this.#steps++;
  }

  /** The flat parameters, read back. */
  async parameters(): Promise<Float32Array> {
    return (await this.#parameters.data<'float32'>()).slice();
  }

  /** Both moments, read back. */
  async moments(): Promise<readonly [Float32Array, Float32Array]> {
    const { size } = this.#parameters;
    if (this.#moments === undefined) return [new Float32Array(size), new Float32Array(size)];
    const [first, second] = this.#moments;
    return [(await first.data<'float32'>()).slice(), (await second.data<'float32'>()).slice()];
  }

  dispose(): void {
    tf.dispose([this.#parameters, ...(this.#moments ?? []), ...(this.#keep ? [this.#keep] : [])]);
  }

  /** New parameters, first and second moments. */
  #next(gradient: tf.Tensor1D, [m, v]: readonly [tf.Tensor1D, tf.Tensor1D]): tf.Tensor1D[] {
    const { beta1, beta2, epsilon } = adamConstants;
    const t = this.#steps + 1;
    const rate = (this.learningRate * Math.sqrt(1 - beta2 ** t)) / (1 - beta1 ** t);
    const [p, keep] = [this.#parameters, this.#keep];
    if (hasKernel(adamKernel, this.#backend)) {
      return tf
        .engine()
        .runKernel(adamKernel, { p, g: gradient, m, v, ...(keep ? { keep } : {}) }, { rate, beta1, beta2, epsilon }) as unknown as tf.Tensor1D[];
    }
    const first = tf.add(tf.mul(m, beta1), tf.mul(gradient, 1 - beta1)) as tf.Tensor1D;
    const second = tf.add(tf.mul(v, beta2), tf.mul(tf.square(gradient), 1 - beta2)) as tf.Tensor1D;
    const update = tf.div(tf.mul(first, rate), tf.add(tf.sqrt(second), epsilon));
    return [tf.sub(keep ? tf.mul(p, keep) : p, update) as tf.Tensor1D, first, second];
  }
}
