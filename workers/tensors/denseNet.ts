/**
 * @file A dense network on whatever tfjs backend is active: forward pass, hand-written gradients, and Adam over one flat vector.
 * Hand gradients and a flat optimiser need a quarter of the kernels of `LayersModel.fit`, and kernels are what small nets wait for.
 */

import * as tf from '@tensorflow/tfjs-core';
import { adamKernel, hasKernel, reluGradientKernel } from './ownKernels';

/** What turns the last layer into the answer. */
export type DenseOutput = 'softmax' | 'sigmoid' | 'identity';

export interface DenseShape {
  /** Features, hidden widths, outputs. */
  readonly widths: readonly number[];
  readonly output: DenseOutput;
}

export interface AdamRates {
  readonly learningRate: number;
  /** Decoupled, as in AdamW: each step takes away learningRate × weightDecay of every weight, and nothing of the biases. */
  readonly weightDecay: number;
}

/** A batch on the device. */
export interface DenseBatch {
  /** rows × features. */
  readonly x: tf.Tensor2D;
  /** rows × outputs: one-hot classes, 0 and 1, or scaled values. */
  readonly target: tf.Tensor2D;
  /** rows × 1, mean 1 over all training rows. */
  readonly weights?: tf.Tensor2D | undefined;
  /** Per hidden layer rows × width of 0 and 1 / (1 − rate), where there is dropout. */
  readonly masks?: readonly tf.Tensor2D[] | undefined;
}

/** β₁ and β₂ of Kingma and Ba; epsilon is stated here, since the default of tfjs depends on the backend. */
export const adamConstants = { beta1: 0.9, beta2: 0.999, epsilon: 1e-7 } as const;

/** Numbers in the flat vector: for each layer the weights, row-major, then the biases. */
export const parameterCount = ({ widths }: DenseShape): number => widths.slice(1).reduce((sum, width, l) => sum + (widths[l]! + 1) * width, 0);

/** Holds its parameters on the device, and from the first step on both Adam moments: a net that only answers has none. `dispose` gives all of them back. */
export class DenseNet {
  #parameters: tf.Tensor1D;
  #moments: readonly [first: tf.Tensor1D, second: tf.Tensor1D] | undefined;
  readonly #keep: tf.Tensor1D | undefined;
  #steps: number;
  readonly #backend = tf.getBackend();

  constructor(
    readonly shape: DenseShape,
    readonly rates: AdamRates,
    state: { readonly parameters: Float32Array; readonly moments?: readonly [first: Float32Array, second: Float32Array]; readonly steps?: number },
  ) {
    const size = parameterCount(shape);
    if (state.parameters.length !== size) throw new RangeError(`the net has ${size} parameters, not ${state.parameters.length}`);
    // The cpu backend keeps the array that it is given, so each tensor gets its own.
    this.#parameters = tf.tensor1d(state.parameters.slice());
    if (state.moments !== undefined) this.#moments = [tf.tensor1d(state.moments[0].slice()), tf.tensor1d(state.moments[1].slice())];
    this.#steps = state.steps ?? 0;
    this.#keep = rates.weightDecay > 0 ? tf.tensor1d(this.#keptShares()) : undefined;
  }

  get steps(): number {
    return this.#steps;
  }

  /** Logits (or values) of rows × features; the caller disposes of them. */
  logits(x: tf.Tensor2D): tf.Tensor2D {
    return tf.tidy(() => {
      const layers = this.#layers();
      return layers.reduce((h, layer, l) => dense(h, layer, l < layers.length - 1), x);
    });
  }

  /** One step of Adam on a batch. Answers the logits from before the step; the caller disposes of them. */
  step(batch: DenseBatch): tf.Tensor2D {
    const size = parameterCount(this.shape);
    const moments = (this.#moments ??= [tf.zeros([size]), tf.zeros([size])]);
    const [logits, ...next] = tf.tidy(() => {
      const layers = this.#layers();
      const depth = layers.length;
      // Inputs of each layer: after dropout, where there is any. `raw` is before it, for the gradient of ReLU.
      const inputs: tf.Tensor2D[] = [batch.x];
      const raw: tf.Tensor2D[] = [];
      for (let l = 0; l < depth - 1; l++) {
        const h = dense(inputs[l]!, layers[l]!, true);
        raw.push(h);
        inputs.push(batch.masks ? tf.mul(h, batch.masks[l]!) : h);
      }
      const z = dense(inputs[depth - 1]!, layers[depth - 1]!, false);
      const rows = batch.x.shape[0];
      const guess = this.shape.output === 'softmax' ? tf.softmax(z) : this.shape.output === 'sigmoid' ? tf.sigmoid(z) : z;
      let delta = tf.mul(tf.sub(guess, batch.target), 1 / rows) as tf.Tensor2D;
      if (batch.weights) delta = tf.mul(delta, batch.weights);
      // The sum over rows as a product: one fast kernel on every backend.
      const ones = tf.ones([1, rows]) as tf.Tensor2D;
      const parts: tf.Tensor1D[] = [];
      for (let l = depth - 1; l >= 0; l--) {
        parts.unshift(tf.reshape(tf.matMul(inputs[l]!, delta, true, false), [-1]), tf.reshape(tf.matMul(ones, delta), [-1]));
        if (l === 0) break;
        let back: tf.Tensor = tf.matMul(delta, layers[l]!.weights, false, true);
        if (batch.masks) back = tf.mul(back, batch.masks[l - 1]!);
        delta = this.#reluGradient(back as tf.Tensor2D, raw[l - 1]!);
      }
      return [z, ...this.#adam(tf.concat1d(parts), moments)];
    });
    tf.dispose([this.#parameters, ...moments]);
    const [parameters, first, second] = next as [tf.Tensor1D, tf.Tensor1D, tf.Tensor1D];
    this.#parameters = parameters;
    this.#moments = [first, second];
    this.#steps++;
    return logits as tf.Tensor2D;
  }

  /** The flat parameters, read back. */
  async parameters(): Promise<Float32Array> {
    return (await this.#parameters.data<'float32'>()).slice();
  }

  /** Both moments, read back. */
  async moments(): Promise<readonly [Float32Array, Float32Array]> {
    const size = parameterCount(this.shape);
    if (this.#moments === undefined) return [new Float32Array(size), new Float32Array(size)];
    const [first, second] = this.#moments;
    return [(await first.data<'float32'>()).slice(), (await second.data<'float32'>()).slice()];
  }

  dispose(): void {
    tf.dispose([this.#parameters, ...(this.#moments ?? []), ...(this.#keep ? [this.#keep] : [])]);
  }

  #layers(): { weights: tf.Tensor2D; bias: tf.Tensor1D }[] {
    const { widths } = this.shape;
    let at = 0;
    return widths.slice(1).map((width, l) => {
      const size = widths[l]! * width;
      const weights = tf.reshape(tf.slice1d(this.#parameters, at, size), [widths[l]!, width]) as tf.Tensor2D;
      const bias = tf.slice1d(this.#parameters, at + size, width);
      at += size + width;
      return { weights, bias };
    });
  }

  #reluGradient(dy: tf.Tensor2D, y: tf.Tensor2D): tf.Tensor2D {
    if (hasKernel(reluGradientKernel, this.#backend)) return tf.engine().runKernel(reluGradientKernel, { dy, y }) as tf.Tensor2D;
    return tf.mul(dy, tf.step(y));
  }

  /** New parameters, first and second moments. */
  #adam(gradient: tf.Tensor1D, [m, v]: readonly [tf.Tensor1D, tf.Tensor1D]): tf.Tensor1D[] {
    const { beta1, beta2, epsilon } = adamConstants;
    const t = this.#steps + 1;
    const rate = (this.rates.learningRate * Math.sqrt(1 - beta2 ** t)) / (1 - beta1 ** t);
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

  /** 1 for biases, 1 − learningRate × weightDecay for weights. */
  #keptShares(): Float32Array {
    const { widths } = this.shape;
    const shares = new Float32Array(parameterCount(this.shape)).fill(1);
    let at = 0;
    for (let l = 0; l + 1 < widths.length; l++) {
      const size = widths[l]! * widths[l + 1]!;
      shares.fill(1 - this.rates.learningRate * this.rates.weightDecay, at, at + size);
      at += size + widths[l + 1]!;
    }
    return shares;
  }
}

const dense = (x: tf.Tensor2D, { weights, bias }: { weights: tf.Tensor2D; bias: tf.Tensor1D }, relu: boolean): tf.Tensor2D =>
  tf.fused.matMul({ a: x, b: weights, bias, activation: relu ? 'relu' : 'linear' }) as tf.Tensor2D;
