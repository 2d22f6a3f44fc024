/** @file A small convolutional net on whatever tfjs backend is active: forward pass, hand-written gradients, and Adam over one flat vector. */

import * as tf from '@tensorflow/tfjs-core';
import { layoutOf, taps, type ConvLayout, type ConvShape } from '../convolution/convShape';
import { FlatAdam, type AdamState } from './flatAdam';
import { reluGradientOf } from './ownKernels';

export interface ConvBatch {
  /** rows × height × width × channels. */
  readonly x: tf.Tensor4D;
  /** rows × classes: one-hot. */
  readonly target: tf.Tensor2D;
}

interface Passed {
  /** What went into each block, and the last block's pool. */
  readonly inputs: tf.Tensor4D[];
  /** After ReLU, before the pool, a block each. */
  readonly active: tf.Tensor4D[];
  readonly flat: tf.Tensor2D;
  readonly logits: tf.Tensor2D;
}

const pool = { filterSize: [2, 2], strides: [2, 2], pad: 'valid' } as const;
const convolution = { strides: [1, 1], pad: 'same', dataFormat: 'NHWC', dilations: [1, 1] } as const;

const kernel = <T extends tf.Tensor>(name: string, inputs: tf.NamedTensorMap, attributes: object): T =>
  tf.engine().runKernel(name, inputs, attributes as tf.NamedAttrMap) as T;

export class ConvNet {
  readonly #adam: FlatAdam;
  readonly #layout: ConvLayout;

  constructor(
    readonly shape: ConvShape,
    learningRate: number,
    state: AdamState,
  ) {
    this.#layout = layoutOf(shape);
    const { parameters } = this.#layout;
    if (state.parameters.length !== parameters) throw new RangeError(`the net has ${parameters} parameters, not ${state.parameters.length}`);
    this.#adam = new FlatAdam(learningRate, state);
  }

  get steps(): number {
    return this.#adam.steps;
  }

  /** Logits of rows of images; the caller disposes of them. */
  logits(x: tf.Tensor4D): tf.Tensor2D {
    return tf.tidy(() => this.#forward(x).logits);
  }

  /** One step of Adam on a batch. Answers the logits from before the step; the caller disposes of them. */
  step({ x, target }: ConvBatch): tf.Tensor2D {
    const [logits, gradient] = tf.tidy(() => {
      const passed = this.#forward(x);
      return [passed.logits, tf.concat1d(this.#backward(passed, target))];
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

  #part<T extends tf.Tensor>(at: number, shape: readonly number[]): T {
    const size = shape.reduce((product, side) => product * side, 1);
    return tf.reshape(tf.slice1d(this.#adam.tensor, at, size), [...shape]) as T;
  }

  #filter(block: number): tf.Tensor4D {
    const { at, channels, filters } = this.#layout.blocks[block]!;
    return this.#part(at, [3, 3, channels, filters]);
  }

  #dense(): tf.Tensor2D {
    const { denseAt, features } = this.#layout;
    return this.#part(denseAt, [features, this.shape.classes]);
  }

  #forward(x: tf.Tensor4D): Passed {
    const inputs = [x];
    const active: tf.Tensor4D[] = [];
    this.#layout.blocks.forEach(({ at, channels, filters }, l) => {
      const bias = this.#part<tf.Tensor1D>(at + taps * channels * filters, [filters]);
      const after = tf.fused.conv2d({ x: inputs[l]!, filter: this.#filter(l), strides: 1, pad: 'same', bias, activation: 'relu' });
      active.push(after);
      inputs.push(tf.maxPool(after, 2, 2, 'valid'));
    });
    const { denseAt, features } = this.#layout;
    const { classes } = this.shape;
    const flat = tf.reshape(inputs.at(-1)!, [x.shape[0], features]) as tf.Tensor2D;
    const bias = this.#part<tf.Tensor1D>(denseAt + features * classes, [classes]);
    return { inputs, active, flat, logits: tf.fused.matMul({ a: flat, b: this.#dense(), bias, activation: 'linear' }) as tf.Tensor2D };
  }

  /** Gradients in the order of the parameters. */
  #backward({ inputs, active, flat, logits }: Passed, target: tf.Tensor2D): tf.Tensor1D[] {
    const delta = tf.mul(tf.sub(tf.softmax(logits), target), 1 / target.shape[0]) as tf.Tensor2D;
    const sums = (rows: tf.Tensor2D): tf.Tensor1D => tf.reshape(tf.matMul(tf.ones([1, rows.shape[0]]) as tf.Tensor2D, rows), [-1]);
    const parts = [tf.reshape(tf.matMul(flat, delta, true, false), [-1]) as tf.Tensor1D, sums(delta)];
    let back = tf.reshape(tf.matMul(delta, this.#dense(), false, true), inputs.at(-1)!.shape) as tf.Tensor4D;
    for (let l = active.length - 1; l >= 0; l--) {
      const output = active[l]!;
      const pooled = kernel<tf.Tensor4D>(tf.MaxPoolGrad, { dy: back, input: output, output: inputs[l + 1]! }, pool);
      const dy = reluGradientOf(pooled, output);
      const filter = this.#filter(l);
      const filterGradient = kernel(tf.Conv2DBackpropFilter, { x: inputs[l]!, dy }, { ...convolution, filterShape: filter.shape });
      parts.unshift(tf.reshape(filterGradient, [-1]), sums(tf.reshape(dy, [-1, output.shape[3]])));
      // Nobody asks for the gradient of the images.
      if (l > 0) back = kernel(tf.Conv2DBackpropInput, { dy, filter }, { ...convolution, inputShape: inputs[l]!.shape });
    }
    return parts;
  }
}
