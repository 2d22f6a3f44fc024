/** @file The training loop of a convolutional net on tfjs: images resident on the device, shuffled by our generator, the loss read back every so many steps. */

import * as tf from '@tensorflow/tfjs-core';
import type { Random } from '../../src/domain/random';
import type { Images } from '../convolution/convShape';
import type { ConvNet } from './convNet';

/** Batches whose losses are read back together: on a GPU each read-back costs as much as a batch. */
export const readTogether = 16;

/** Images on the device. `dispose` gives them back. */
export class ResidentImages {
  readonly #x: tf.Tensor4D;
  readonly #target: tf.Tensor2D;

  constructor(
    readonly images: Images,
    { height, width, channels, classes }: ConvNet['shape'],
  ) {
    this.#x = tf.tensor4d(images.pixels, [images.count, height, width, channels]);
    const target = new Float32Array(images.count * classes);
    images.labels.forEach((label, i) => (target[i * classes + label] = 1));
    this.#target = tf.tensor2d(target, [images.count, classes]);
  }

  get count(): number {
    return this.images.count;
  }

  /** The rows of a batch; the caller disposes of both. */
  take(rows: Uint32Array): { x: tf.Tensor4D; target: tf.Tensor2D } {
    const index = tf.tensor1d(Int32Array.from(rows), 'int32');
    const batch = { x: tf.gather(this.#x, index), target: tf.gather(this.#target, index) };
    index.dispose();
    return batch;
  }

  dispose(): void {
    tf.dispose([this.#x, this.#target]);
  }
}

/**
 * One epoch over shuffled batches.
 * @param breathe awaited after each batch
 * @returns the mean log-loss, from before each step
 */
export async function convEpoch(net: ConvNet, images: ResidentImages, batch: number, random: Random, breathe: () => Promise<void> | undefined): Promise<number> {
  const order = random.shuffle(Uint32Array.from({ length: images.count }, (_, i) => i));
  let unread: tf.Scalar[] = [];
  let sum = 0;
  const read = async (): Promise<void> => {
    if (unread.length === 0) return;
    const together = tf.addN(unread);
    tf.dispose(unread);
    unread = [];
    sum += (await together.data<'float32'>())[0]!;
    together.dispose();
  };
  try {
    for (let from = 0; from < images.count; from += batch) {
      const { x, target } = images.take(order.subarray(from, Math.min(images.count, from + batch)));
      const logits = net.step({ x, target });
      unread.push(tf.tidy(() => tf.neg(tf.sum(tf.mul(tf.logSoftmax(logits), target))) as tf.Scalar));
      tf.dispose([logits, x, target]);
      if (unread.length >= readTogether) await read();
      await breathe();
    }
    await read();
    return sum / images.count;
  } finally {
    tf.dispose(unread);
  }
}
