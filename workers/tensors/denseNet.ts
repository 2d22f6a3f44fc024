/**
 * @file A dense network on whatever tfjs backend is active: forward pass, hand-written gradients, and Adam over one flat vector.
 * Hand gradients and a flat optimiser need a quarter of the kernels of `LayersModel.fit`, and kernels are what small nets wait for.
 */

import * as tf from '@tensorflow/tfjs-core';
import { FlatAdam, type AdamState } from './flatAdam';
import { reluGradientOf } from './ownKernels';

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

/** Numbers in the flat vector: for each layer the weights, row-major, then the biases. */
export const parameterCount = ({ widths }: DenseShape): number => widths.slice(1).reduce((sum, width, l) => sum + (widths[l]! + 1) * width, 0);

/** Holds its parameters on the device; `dispose` gives them back. */
export class DenseNet {
  readonly #adam: FlatAdam;

  constructor(
    readonly shape: DenseShape,
    rates: AdamRates,
    state: AdamState,
  ) {
    const size = parameterCount(shape);
    if (state.parameters.length !== size) throw new RangeError(`the net has ${size} parameters, not ${state.parameters.length}`);
    this.#adam = new FlatAdam(rates.learningRate, state, rates.weightDecay > 0 ? keptShares(shape, rates) : undefined);
  }

  get steps(): number {
    return this.#adam.steps;
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
    const [logits, gradient] = tf.tidy(() => {
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
        delta = reluGradientOf(back as tf.Tensor2D, raw[l - 1]!);
      }
      return [z, tf.concat1d(parts)];
    }) as [tf.Tensor2D, tf.Tensor1D];
    this.#adam.advance(gradient);
    gradient.dispose();
    return logits;
  }

  /** The flat parameters, read back. */
  parameters(): Promise<Float32Array> {
    return this.#adam.parameters();
  }

  /** Both moments, read back. */
  moments(): Promise<readonly [Float32Array, Float32Array]> {
    return this.#adam.moments();
  }

  dispose(): void {
    this.#adam.dispose();
  }

  #layers(): { weights: tf.Tensor2D; bias: tf.Tensor1D }[] {
    const { widths } = this.shape;
    let at = 0;
    return widths.slice(1).map((width, l) => {
      const size = widths[l]! * width;
      const weights = tf.reshape(tf.slice1d(this.#adam.tensor, at, size), [widths[l]!, width]) as tf.Tensor2D;
      const bias = tf.slice1d(this.#adam.tensor, at + size, width);
      at += size + width;
      return { weights, bias };
    });
  }
}

/** 1 for biases, 1 − learningRate × weightDecay for weights. */
function keptShares(shape: DenseShape, { learningRate, weightDecay }: AdamRates): Float32Array {
  const { widths } = shape;
  const shares = new Float32Array(parameterCount(shape)).fill(1);
  let at = 0;
  for (let l = 0; l + 1 < widths.length; l++) {
    const size = widths[l]! * widths[l + 1]!;
    shares.fill(1 - learningRate * weightDecay, at, at + size);
    at += size + widths[l + 1]!;
  }
  return shares;
}

const dense = (x: tf.Tensor2D, { weights, bias }: { weights: tf.Tensor2D; bias: tf.Tensor1D }, relu: boolean): tf.Tensor2D =>
  tf.fused.matMul({ a: x, b: weights, bias, activation: relu ? 'relu' : 'linear' }) as tf.Tensor2D;
