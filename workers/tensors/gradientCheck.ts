/** @file Does an engine train rightly? Three steps of a tiny net are compared with the same steps on the cpu. */

import * as tf from '@tensorflow/tfjs-core';
import type { TfjsEngine } from '../../src/domain/modelling/learner';
import { seeded } from '../../src/domain/random';
import { startEngine } from './backend';
import { DenseNet, parameterCount, type DenseShape } from './denseNet';

export type GradientCheck = { readonly ok: true; readonly difference: number } | { readonly ok: false; readonly reason: string };

/**
 * Largest difference allowed of any logit after three steps. Float32 engines agree to about 1e-6 here; Adam divides by the root of the
 * squared gradient, so a gradient that is a rounding error on one engine and zero on another still moves a weight by up to
 * 3 × the learning rate (0.03): logits are compared, which those weights do not move. Weight gradients of the wrong sign move them by 1.1.
 */
export const gradientTolerance = 1e-3;

/** Sizes that are no multiples of any tile, so that borders are tested too. */
const rows = 37;
const shape: DenseShape = { widths: [11, 13, 7, 3], output: 'softmax' };

/** Logits of the tiny net after three weighted steps with dropout masks, on the active engine. */
export async function tinyTraining(): Promise<Float32Array> {
  const random = seeded(7);
  const numbers = (count: number, scale: number): Float32Array => Float32Array.from({ length: count }, () => (2 * random.next() - 1) * scale);
  const x = tf.tensor2d(numbers(rows * shape.widths[0]!, 1), [rows, shape.widths[0]!]);
  const net = new DenseNet(shape, { learningRate: 0.01, weightDecay: 0.1 }, { parameters: numbers(parameterCount(shape), 0.7) });
  const classes = Float32Array.from({ length: rows * 3 }, () => 0);
  for (let i = 0; i < rows; i++) classes[i * 3 + random.below(3)] = 1;
  const target = tf.tensor2d(classes, [rows, 3]);
  const weights = tf.tensor2d(
    numbers(rows, 0.5).map((value) => value + 1),
    [rows, 1],
  );
  const masks = shape.widths.slice(1, -1).map((width) =>
    tf.tensor2d(
      numbers(rows * width, 1).map((value) => (value > -0.6 ? 1.25 : 0)),
      [rows, width],
    ),
  );
  try {
    for (let step = 0; step < 3; step++) net.step({ x, target, weights, masks }).dispose();
    const logits = net.logits(x);
    const values = (await logits.data<'float32'>()).slice();
    logits.dispose();
    return values;
  } finally {
    net.dispose();
    tf.dispose([x, target, weights, ...masks]);
  }
}

/** Leaves the engine active where it passes; where it cannot start, the reason says why. */
export async function gradientCheck(engine: TfjsEngine): Promise<GradientCheck> {
  await startEngine('cpu');
  const reference = await tinyTraining();
  await startEngine(engine);
  return compared(reference, await tinyTraining());
}

/** Compares on the CPU, since GPUs may assume that NaN does not occur. */
export function compared(reference: Float32Array, found: Float32Array): GradientCheck {
  let difference = 0;
  for (let i = 0; i < reference.length; i++) {
    if (!Number.isFinite(found[i])) return { ok: false, reason: `logit ${i} is ${found[i]}` };
    difference = Math.max(difference, Math.abs(found[i]! - reference[i]!));
  }
  return difference <= gradientTolerance ? { ok: true, difference } : { ok: false, reason: `logits differ by ${difference.toPrecision(2)}` };
}
