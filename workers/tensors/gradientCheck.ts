/** @file Does an engine train rightly? Three steps of a tiny net are compared with the same steps on the cpu, and each operation with finite differences. */

import * as tf from '@tensorflow/tfjs-core';
import type { TfjsEngine } from '../../src/domain/modelling/learner';
import { seeded } from '../../src/domain/random';
import { startEngine } from './backend';
import { DenseNet, parameterCount, type DenseShape } from './denseNet';
import { gradientCases, type CaseGroup, type GradientCase } from './gradientCases';

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

/**
 * Leaves the engine active where it passes; where it cannot start, the reason says why.
 * @param groups the operations of the plan in hand
 */
export async function gradientCheck(engine: TfjsEngine, groups: readonly CaseGroup[] = ['dense']): Promise<GradientCheck> {
  await startEngine('cpu');
  const reference = await tinyTraining();
  await startEngine(engine);
  const whole = compared(reference, await tinyTraining());
  if (!whole.ok) return whole;
  for (const one of gradientCases) {
    if (!groups.includes(one.group)) continue;
    const check = await caseCheck(one);
    if (!check.ok) return check;
  }
  return whole;
}

/** A step of the finite differences, and how far a directional derivative may be from the one of the gradient, relative to the larger of both and 1. */
const difference = 0.02;
/** Float32 sums of a few hundred numbers around 1 are off by 1e-5, which the step divides; the curvature of the smooth operations adds as much. */
export const caseTolerance = 5e-3;

/**
 * The gradients of one operation on the active engine against central differences of its forward pass, along random directions of ±1: a wrong
 * number in a gradient shows in almost every direction, and a GPU is asked a dozen times, not once a number.
 */
export async function caseCheck({ name, shapes, numbers, apply }: GradientCase): Promise<GradientCheck> {
  const random = seeded(5);
  const sizes = shapes.map((one) => one.reduce((product, side) => product * side, 1));
  const values = sizes.map((size, input) => Float32Array.from({ length: size }, (_, i) => (numbers ? numbers(random, input, i) : random.normal())));
  const shaped = (from: readonly Float32Array[]): tf.Tensor[] => from.map((one, input) => tf.tensor(one.slice(), [...shapes[input]!]));
  let weights: Float32Array | undefined;
  const loss = (...inputs: tf.Tensor[]): tf.Scalar => {
    const out = apply(...inputs);
    weights ??= Float32Array.from({ length: out.size }, () => random.normal());
    return tf.sum(tf.mul(out, tf.tensor(weights, out.shape)));
  };
  try {
    // Learners write their gradients by hand; only the check asks tfjs for its own, so that they are loaded with it.
    await import('@tensorflow/tfjs-core/dist/register_all_gradients');
    const gradients = tf.tidy(() => tf.grads(loss)(shaped(values)));
    const found = await Promise.all(gradients.map(async (gradient) => (await gradient.data<'float32'>()).slice()));
    tf.dispose(gradients);
    let worst = 0;
    for (let input = 0; input < shapes.length; input++) {
      if (found[input]!.length !== sizes[input]) return { ok: false, reason: `${name}: a gradient of ${found[input]!.length} numbers for ${sizes[input]}` };
      for (let turn = 0; turn < 3; turn++) {
        const direction = Float32Array.from({ length: sizes[input]! }, () => (random.next() < 0.5 ? -1 : 1));
        const sides: number[] = [];
        for (const sign of [1, -1]) {
          const moved = values.map((one, i) => (i === input ? one.map((value, k) => value + sign * difference * direction[k]!) : one));
          const side = tf.tidy(() => loss(...shaped(moved)));
          sides.push((await side.data())[0]!);
          side.dispose();
        }
        const numeric = (sides[0]! - sides[1]!) / (2 * difference);
        const analytic = found[input]!.reduce((sum, value, k) => sum + value * direction[k]!, 0);
        if (!Number.isFinite(analytic)) return { ok: false, reason: `${name}: a gradient that is no number` };
        worst = Math.max(worst, Math.abs(numeric - analytic) / Math.max(1, Math.abs(numeric), Math.abs(analytic)));
      }
    }
    return worst <= caseTolerance ? { ok: true, difference: worst } : { ok: false, reason: `${name}: gradients differ by ${worst.toPrecision(2)}` };
  } catch (error) {
    return { ok: false, reason: `${name}: ${error instanceof Error ? error.message : String(error)}` };
  }
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
