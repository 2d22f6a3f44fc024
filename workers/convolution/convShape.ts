/** @file What a small convolutional net is, and how its parameters lie in one vector. Blocks of a 3 × 3 convolution, ReLU and a 2 × 2 max pool, then one dense layer. */

import type { Random } from '../../src/domain/random';

export interface ConvShape {
  /** Of an image, in pixels. */
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  /** Filters of each block. */
  readonly filters: readonly number[];
  readonly classes: number;
}

/** Images with their classes. */
export interface Images {
  readonly count: number;
  /** count × height × width × channels, row-major. */
  readonly pixels: Float32Array;
  /** Class indices. */
  readonly labels: Int32Array;
}

/** One block: what comes in, how many filters, and where its parameters stand. The pool leaves out an odd last row or column. */
export interface ConvBlock {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly filters: number;
  /** Of the weights (3 × 3 × channels × filters) in the vector; the biases follow. */
  readonly at: number;
}

/** Taps of a filter. */
export const taps = 9;

export interface ConvLayout {
  readonly blocks: readonly ConvBlock[];
  /** Numbers that come into the dense layer: height × width × filters, in that order. */
  readonly features: number;
  /** Of the dense weights (features × classes) in the vector; the biases follow. */
  readonly denseAt: number;
  readonly parameters: number;
}

/** @throws RangeError where the pools leave nothing of the image */
export function layoutOf({ height, width, channels, filters, classes }: ConvShape): ConvLayout {
  const blocks: ConvBlock[] = [];
  let [at, h, w, depth] = [0, height, width, channels];
  for (const count of filters) {
    blocks.push({ height: h, width: w, channels: depth, filters: count, at });
    at += (taps * depth + 1) * count;
    [h, w, depth] = [h >> 1, w >> 1, count];
  }
  const features = h * w * depth;
  if (!(features > 0)) throw new RangeError(`an image of ${height} × ${width} × ${channels} is too small for ${filters.length} pools`);
  return { blocks, features, denseAt: at, parameters: at + (features + 1) * classes };
}

/** Weights as He et al. 2015 draw them (normal, variance 2 / inputs), biases 0. */
export function firstConvParameters(shape: ConvShape, random: Random): Float32Array {
  const { blocks, features, denseAt, parameters } = layoutOf(shape);
  const values = new Float32Array(parameters);
  const draw = (from: number, count: number, inputs: number): void => {
    for (let i = from; i < from + count; i++) values[i] = random.normal() * Math.sqrt(2 / inputs);
  };
  for (const { at, channels, filters } of blocks) draw(at, taps * channels * filters, taps * channels);
  draw(denseAt, features * shape.classes, features);
  return values;
}
