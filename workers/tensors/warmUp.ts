/** @file Compiles what the steps of a plan need before the first one: all shaders at once and beside the work, not one after the other within it. */

import * as tf from '@tensorflow/tfjs-core';
import { layoutOf, type ConvShape } from '../convolution/convShape';
import { ConvNet } from './convNet';
import { DenseNet, parameterCount, type DenseShape } from './denseNet';

/** What the GPU backends have for it, each under a flag of its own. cpu and wasm compile nothing. */
interface Compiling {
  checkCompileCompletionAsync(): Promise<unknown>;
  /** Only webgl keeps these. */
  getUniformLocations?(): void;
}
const flags: Readonly<Record<string, string>> = { webgl: 'ENGINE_COMPILE_ONLY', webgpu: 'WEBGPU_ENGINE_COMPILE_ONLY' };

/**
 * Runs the work without computing anything, and waits until what it would have run is compiled. On cpu and wasm it does nothing.
 * @param work synchronous; its numbers are meaningless, so nothing that is kept may come from it
 */
export async function compileFor(work: () => void): Promise<void> {
  const flag = flags[tf.getBackend()];
  if (flag === undefined) return;
  const backend = tf.backend() as unknown as Compiling;
  tf.env().set(flag, true);
  try {
    tf.tidy(work);
    await backend.checkCompileCompletionAsync();
    backend.getUniformLocations?.();
  } finally {
    tf.env().set(flag, false);
  }
}

/** Numbers of rows that the batches of an epoch have: the full ones, and what is left for the last. */
export const batchSizes = (rows: number, batch: number): number[] => [...new Set([Math.min(batch, rows), rows % batch])].filter((size) => size > 0);

export interface DenseWork {
  readonly shape: DenseShape;
  /** As of `batchSizes`. */
  readonly sizes: readonly number[];
  readonly weights: boolean;
  readonly masks: boolean;
  readonly decays: boolean;
}

/** For the steps of a dense net. */
export const warmDenseNet = ({ shape, sizes, weights, masks, decays }: DenseWork): Promise<void> =>
  compileFor(() => {
    const net = new DenseNet(shape, { learningRate: 1, weightDecay: decays ? 1 : 0 }, { parameters: new Float32Array(parameterCount(shape)) });
    const zeros = (rows: number, columns: number): tf.Tensor2D => tf.tensor2d(new Float32Array(rows * columns), [rows, columns]);
    for (const rows of sizes) {
      net.step({
        x: zeros(rows, shape.widths[0]!),
        target: zeros(rows, shape.widths.at(-1)!),
        weights: weights ? zeros(rows, 1) : undefined,
        masks: masks ? shape.widths.slice(1, -1).map((width) => zeros(rows, width)) : undefined,
      });
    }
    net.dispose();
  });

/** For the steps of a convolutional net. */
export const warmConvNet = (shape: ConvShape, sizes: readonly number[]): Promise<void> =>
  compileFor(() => {
    const { height, width, channels, classes } = shape;
    const net = new ConvNet(shape, 1, { parameters: new Float32Array(layoutOf(shape).parameters) });
    for (const rows of sizes) {
      net.step({
        x: tf.tensor4d(new Float32Array(rows * height * width * channels), [rows, height, width, channels]),
        target: tf.tensor2d(new Float32Array(rows * classes), [rows, classes]),
      });
    }
    net.dispose();
  });
