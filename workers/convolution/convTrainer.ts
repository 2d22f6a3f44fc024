/** @file What trains a small convolutional net without tfjs: with SIMD (nativeConvNet.ts) or, the readable reference, without (plainConvNet.ts). */

import type { Random } from '../../src/domain/random';
import type { Images } from './convShape';

export interface ConvTrainer {
  readonly steps: number;
  /** Takes the images that `step` trains on, in place of earlier ones. */
  load(images: Images): void;
  /** One step of Adam along the gradient of the mean loss of these rows. @returns the sum of their log-losses before it */
  step(rows: Uint32Array, breathe: () => Promise<void> | undefined): Promise<number>;
  /** Logits, count × classes. */
  logits(pixels: Float32Array, count: number): Float32Array;
  parameters(): Float32Array;
  moments(): readonly [first: Float32Array, second: Float32Array];
}

export interface ConvState {
  readonly parameters: Float32Array;
  readonly moments?: readonly [first: Float32Array, second: Float32Array];
  readonly steps?: number;
}

/** One epoch over shuffled batches. @returns the mean log-loss, from before each step */
export async function trainerEpoch(trainer: ConvTrainer, count: number, batch: number, random: Random, breathe: () => Promise<void> | undefined): Promise<number> {
  const order = random.shuffle(Uint32Array.from({ length: count }, (_, i) => i));
  let sum = 0;
  for (let from = 0; from < count; from += batch) {
    sum += await trainer.step(order.subarray(from, Math.min(count, from + batch)), breathe);
    await breathe();
  }
  return sum / count;
}
