/** @file The operations that our learners train with, each small enough to be checked at a probe. How they are checked is in gradientCheck.ts. */

import * as tf from '@tensorflow/tfjs-core';
import type { Random } from '../../src/domain/random';

/** Operations that belong together: what a plan trains with is one or more of these. */
export type CaseGroup = 'dense' | 'normalisation' | 'embedding' | 'convolution' | 'depthwise';

export interface GradientCase {
  readonly name: string;
  readonly group: CaseGroup;
  /** Shapes of what is differentiated. */
  readonly shapes: readonly (readonly number[])[];
  /** Numbers for them, where normal ones would lie on a kink or outside the domain. */
  readonly numbers?: (random: Random, input: number, index: number) => number;
  /** The operation. It is summed with fixed random weights, so it may have any shape. */
  apply(...inputs: tf.Tensor[]): tf.Tensor;
}

/** A case before its group is known. It gets as many inputs as it has shapes, of their ranks, which `never` stands for. */
type Case = Omit<GradientCase, 'group' | 'apply'> & { apply(...inputs: readonly never[]): tf.Tensor };

/** Away from 0 by more than a step, so that ReLU has no kink on the way. */
const offZero = (random: Random): number => (random.next() < 0.5 ? -1 : 1) * (0.3 + random.next());

/** All different by more than a step, so that no other number becomes the largest of a window; all negative in the first half. */
const apart = (random: Random, _: number, index: number): number => ((index * 37) % 101) * 0.2 - 21 + 0.02 * random.next();

const dense: readonly Case[] = [
  { name: 'product', shapes: [[5, 7], [7, 3]], apply: (a, b) => tf.matMul(a, b) },
  { name: 'product, left turned', shapes: [[7, 5], [7, 9]], apply: (a, b) => tf.matMul(a, b, true, false) },
  { name: 'product, right turned', shapes: [[5, 7], [9, 7]], apply: (a, b) => tf.matMul(a, b, false, true) },
  { name: 'product, both turned', shapes: [[7, 5], [3, 7]], apply: (a, b) => tf.matMul(a, b, true, true) },
  { name: 'products of stacks', shapes: [[2, 5, 4], [2, 5, 3]], apply: (a, b) => tf.matMul(a, b, true, false) },
  { name: 'a layer with bias and tanh', shapes: [[5, 6], [6, 9], [9]], apply: (a, b, bias) => tf.tanh(tf.add(tf.matMul(a, b), bias)) },
  { name: 'a fused layer', shapes: [[5, 6], [6, 9], [9]], apply: (a, b, bias) => tf.fused.matMul({ a, b, bias, activation: 'linear' }) },
  { name: 'ReLU', shapes: [[31]], numbers: offZero, apply: (x) => tf.relu(x) },
  { name: 'tanh', shapes: [[31]], apply: (x) => tf.tanh(x) },
  { name: 'sigmoid', shapes: [[31]], apply: (x) => tf.sigmoid(x) },
  { name: 'softmax', shapes: [[5, 7]], apply: (x) => tf.softmax(x) },
  { name: 'log-softmax', shapes: [[5, 7]], apply: (x) => tf.logSoftmax(x) },
  { name: 'a product with a mask', shapes: [[5, 7]], apply: (x) => tf.mul(x, tf.tensor2d(Array.from({ length: 35 }, (_, i) => (i % 3 === 0 ? 0 : 1.5)), [5, 7])) },
  { name: 'broadcast addition', shapes: [[5, 7], [7]], apply: (x, bias) => tf.add(x, bias) },
  { name: 'a sum of several', shapes: [[5, 3], [5, 3], [5, 3]], apply: (a, b, c) => tf.addN([a, b, c]) },
  { name: 'concatenation', shapes: [[3, 4], [2, 4]], apply: (a, b) => tf.concat2d([a, b], 0) },
  { name: 'slice of rows', shapes: [[6, 5]], apply: (x) => tf.slice(x, [2, 0], [3, 5]) },
  { name: 'slice of a block', shapes: [[4, 5, 6]], apply: (x) => tf.slice(x, [1, 1, 2], [2, 3, 3]) },
  { name: 'transposition', shapes: [[4, 5, 3]], apply: (x) => tf.transpose(x, [2, 0, 1]) },
  { name: 'sums over an axis', shapes: [[4, 5, 3]], apply: (x) => tf.sum(x, [0, 2]) },
  // The pieces of a hand-written step of Adam, and of the gradient of ReLU.
  { name: 'root, square, division', shapes: [[31]], numbers: (random) => 1 + random.next(), apply: (x) => tf.div(x, tf.add(tf.sqrt(tf.square(x)), tf.mul(x, x))) },
  { name: 'absolute values', shapes: [[31]], numbers: offZero, apply: (x) => tf.abs(x) },
];

const normalisation: readonly Case[] = [
  { name: 'mean and variance', shapes: [[6, 5]], apply: (x) => tf.add(tf.moments(x, 0).mean, tf.moments(x, 0).variance) },
  { name: 'layer normalisation', shapes: [[6, 5]], apply: (x) => tf.mul(tf.sub(x, tf.mean(x, 1, true)), tf.rsqrt(tf.add(tf.moments(x, 1, true).variance, 0.1))) },
  {
    name: 'batch normalisation',
    shapes: [[6, 5], [5], [5], [5], [5]],
    numbers: (random: Random, input: number) => (input === 2 || input === 4 ? 0.5 + random.next() : random.normal()),
    apply: (x, mean, variance, offset, scale) =>
      tf.batchNorm(x, mean, variance, offset, scale, 0.01),
  },
];

const embedding: readonly Case[] = [
  { name: 'rows by index', shapes: [[7, 5]], apply: (x) => tf.gather(x, tf.tensor1d([3, 0, 3, 6, 1, 3], 'int32')) },
  { name: 'rows by a table of indices', shapes: [[7, 3]], apply: (x) => tf.gather(x, tf.tensor2d([3, 0, 3, 6], [2, 2], 'int32')) },
];

const convolution: readonly Case[] = [
  { name: 'convolution, same', shapes: [[2, 6, 7, 3], [3, 3, 3, 5]], apply: (x, w) => tf.conv2d(x, w, 1, 'same') },
  { name: 'convolution, valid, even filter', shapes: [[2, 6, 5, 4], [2, 4, 4, 8]], apply: (x, w) => tf.conv2d(x, w, 1, 'valid') },
  { name: 'convolution, stride 2', shapes: [[2, 7, 8, 2], [3, 3, 2, 4]], apply: (x, w) => tf.conv2d(x, w, 2, 'same') },
  { name: 'convolution, 1 × 1', shapes: [[2, 4, 4, 5], [1, 1, 5, 3]], apply: (x, w) => tf.conv2d(x, w, 1, 'valid') },
  { name: 'convolution, unequal strides', shapes: [[1, 6, 9, 3], [3, 2, 3, 4]], apply: (x, w) => tf.conv2d(x, w, [1, 2], 'same') },
  {
    name: 'fused convolution with bias',
    shapes: [[2, 5, 5, 3], [3, 3, 3, 4], [4]],
    apply: (x, filter, bias) => tf.fused.conv2d({ x: x, filter: filter, strides: 1, pad: 'same', bias, activation: 'linear' }),
  },
  { name: 'largest of windows', shapes: [[2, 6, 6, 5]], numbers: apart, apply: (x) => tf.maxPool(x, 2, 2, 'valid') },
  { name: 'largest of overlapping windows', shapes: [[1, 7, 6, 3]], numbers: apart, apply: (x) => tf.maxPool(x, 3, 2, 'same') },
  { name: 'largest of negative numbers', shapes: [[2, 4, 4, 4]], numbers: (random: Random, input: number, index: number) => apart(random, input, index) - 30, apply: (x) => tf.maxPool(x, 2, 2, 'valid') },
  { name: 'mean of windows', shapes: [[2, 6, 6, 3]], apply: (x) => tf.avgPool(x, 2, 2, 'valid') },
  // Never with padding: tfjs 4.22 divides by the pixels that are there on the way in, and by the whole window on the way back, on every backend.
  { name: 'mean of overlapping windows', shapes: [[2, 7, 7, 3]], apply: (x) => tf.avgPool(x, 3, 2, 'valid') },
  { name: 'padding', shapes: [[2, 3, 4, 2]], apply: (x) => tf.pad(x, [[0, 0], [1, 2], [2, 0], [0, 0]]) },
];

const depthwise: readonly Case[] = [
  { name: 'depthwise convolution', shapes: [[2, 6, 7, 5], [3, 3, 5, 1]], apply: (x, w) => tf.depthwiseConv2d(x, w, 1, 'same') },
  { name: 'depthwise convolution, stride 2, multiplier 2', shapes: [[2, 7, 6, 3], [3, 2, 3, 2]], apply: (x, w) => tf.depthwiseConv2d(x, w, 2, 'same') },
];

const groups: Record<CaseGroup, readonly Case[]> = { dense, normalisation, embedding, convolution, depthwise };

export const gradientCases: readonly GradientCase[] = (Object.keys(groups) as CaseGroup[]).flatMap((group) => groups[group].map((one) => ({ ...one, group })));
