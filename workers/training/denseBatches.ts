/** @file Cuts examples into batches on the device: gathered from resident tensors on a GPU, copied from plain arrays on cpu and wasm. */

import * as tf from '@tensorflow/tfjs-core';
import type { Examples } from '../../src/domain/modelling/learner';
import type { Random } from '../../src/domain/random';
import type { DenseBatch } from '../tensors/denseNet';

/** Where batches come from. `take` makes tensors that the caller disposes of; `dispose` gives back the resident ones. */
export interface DenseBatches {
  take(order: Uint32Array, from: number, to: number): DenseBatch;
  dispose(): void;
}

/**
 * @param targets rows × outputs: what the logits should become.
 * @param weights mean 1, one a row.
 */
export function denseBatches(examples: Examples, targets: Float32Array, outputs: number, weights: Float32Array | undefined): DenseBatches {
  const gpu = tf.getBackend() === 'webgl' || tf.getBackend() === 'webgpu';
  return gpu ? resident(examples, targets, outputs, weights) : copied(examples, targets, outputs, weights);
}

function copied({ x, features }: Examples, targets: Float32Array, outputs: number, weights: Float32Array | undefined): DenseBatches {
  return {
    take(order, from, to) {
      const rows = to - from;
      return {
        x: tf.tensor2d(rowsFrom(x, features, order, from, to), [rows, features]),
        target: tf.tensor2d(rowsFrom(targets, outputs, order, from, to), [rows, outputs]),
        weights: weights && tf.tensor2d(rowsFrom(weights, 1, order, from, to), [rows, 1]),
      };
    },
    dispose: () => undefined,
  };
}

function resident({ x, rows, features }: Examples, targets: Float32Array, outputs: number, weights: Float32Array | undefined): DenseBatches {
  const xs = tf.tensor2d(x, [rows, features]);
  const ts = tf.tensor2d(targets, [rows, outputs]);
  const ws = weights && tf.tensor2d(weights, [rows, 1]);
  return {
    take: (order, from, to) => {
      const index = tf.tensor1d(Int32Array.from(order.subarray(from, to)), 'int32');
      const batch = { x: tf.gather(xs, index), target: tf.gather(ts, index), weights: ws && tf.gather(ws, index) };
      index.dispose();
      return batch;
    },
    dispose: () => tf.dispose([xs, ts, ...(ws ? [ws] : [])]),
  };
}

function rowsFrom(source: Float32Array, width: number, order: Uint32Array, from: number, to: number): Float32Array {
  const rows = new Float32Array((to - from) * width);
  for (let i = from, at = 0; i < to; i++) {
    const start = order[i]! * width;
    for (let k = 0; k < width; k++) rows[at++] = source[start + k]!;
  }
  return rows;
}

/** One mask a hidden layer: 0 with the chance `rate`, else 1 / (1 − rate), so that the expectation stays. */
export function dropoutMasks(hidden: readonly number[], rows: number, rate: number, random: Random): tf.Tensor2D[] {
  return hidden.map((width) => {
    const mask = new Float32Array(rows * width);
    const kept = 1 / (1 - rate);
    for (let i = 0; i < mask.length; i++) mask[i] = random.next() < rate ? 0 : kept;
    return tf.tensor2d(mask, [rows, width]);
  });
}
