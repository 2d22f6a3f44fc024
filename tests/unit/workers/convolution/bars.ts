/** @file Images of a bright bar in noise, whose place is the class: what a small convolutional net learns in a few epochs. */
import { seeded } from '../../../../src/domain/random';
import type { ConvShape, Images } from '../../../../workers/convolution/convShape';

const shape: ConvShape = { height: 12, width: 10, channels: 1, filters: [4, 8], classes: 3 };

export const bars = {
  shape,
  images(count: number, seed: number): Images {
    const random = seeded(seed);
    const labels = Int32Array.from({ length: count }, () => random.below(3));
    const pixels = Float32Array.from({ length: count * 120 }, () => 0.5 * random.normal());
    labels.forEach((label, i) => {
      for (let y = 4 * label; y < 4 * label + 3; y++) for (let x = 2; x < 8; x++) pixels[i * 120 + y * 10 + x]! += 1;
    });
    return { count, pixels, labels };
  },
};
