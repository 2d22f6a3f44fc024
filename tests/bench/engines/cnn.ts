/** @file Our own trainer on the convolutional net of the bench: 28 × 28, blocks of 8 and 16 filters, ten classes. Runs in a worker, a page or Node alike. */

import { seeded } from '../../../src/domain/random';
import { firstConvParameters, type ConvShape, type Images } from '../../../workers/convolution/convShape';
import { trainerEpoch } from '../../../workers/convolution/convTrainer';
import { nativeConvNet } from '../../../workers/convolution/nativeConvNet';

export const cnnShape: ConvShape = { height: 28, width: 28, channels: 1, filters: [8, 16], classes: 10 };
export const cnnBatch = 64;

/** Noise with a bright patch whose place is the class, as in peers/cnn.py. */
export function cnnImages(count: number): Images {
  const random = seeded(7);
  const labels = Int32Array.from({ length: count }, (_, i) => i % 10);
  const pixels = Float32Array.from({ length: count * 784 }, () => 0.5 * random.normal());
  labels.forEach((label, i) => {
    for (let y = 2 + 2 * label; y < 6 + 2 * label; y++) for (let x = 4 + label; x < 12 + label; x++) pixels[i * 784 + y * 28 + x]! += 1;
  });
  return { count, pixels, labels };
}

export const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1]!;

/** Milliseconds of an epoch over 2,000 images: the median of five after one to warm up. */
export async function ours(): Promise<{ ms: number; losses: number[] }> {
  const images = cnnImages(2000);
  const trainer = await nativeConvNet(cnnShape, 0.001, { parameters: firstConvParameters(cnnShape, seeded(1)) });
  trainer.load(images);
  const random = seeded(2);
  const [times, losses]: [number[], number[]] = [[], []];
  for (let epoch = 0; epoch < 6; epoch++) {
    const started = performance.now();
    losses.push(await trainerEpoch(trainer, images.count, cnnBatch, random, () => undefined));
    times.push(performance.now() - started);
  }
  return { ms: median(times.slice(1)), losses };
}
