/** @file Drives `kernel:convNet`: lays its memory out, hands it batches, and never goes through tfjs. */

import { bytes } from 'kernel:convNet';
import { startKernel, type Kernel } from '../kernels/kernel';
import { adam, adamRate } from './adamRate';
import { layoutOf, taps, type ConvShape, type Images } from './convShape';
import type { ConvState, ConvTrainer } from './convTrainer';

/** The exports of workers/kernels/assembly/convNet.ts. */
interface Functions {
  spread(table: number, parameters: number): void;
  gather(table: number, gradient: number): void;
  answers(table: number, pixels: number, size: number, from: number, to: number, out: number): void;
  accumulate(table: number, pixels: number, size: number, labels: number, order: number, from: number, to: number, share: number): number;
  adam(p: number, g: number, m: number, v: number, count: number, rate: number, beta1: number, beta2: number, epsilon: number): void;
}

/** The order of the head of the kernel's table, and of each block after it. */
const headWords = [
  'blocks', 'classes', 'outputs', 'features', 'flat', 'flatGradient', 'dense', 'denseGradient', 'logits', 'delta', 'denseAt', 'lastFilters', 'lastDepth',
] as const;
const blockWords = [
  'height', 'width', 'channels', 'depth', 'filters', 'columns', 'span', 'at', 'input', 'inputGradient', 'winners', 'weights', 'turned', 'turnedGradient',
] as const;

const fours = (count: number): number => Math.ceil(count / 4) * 4;
/** Multiplications in one call of the kernel, so that it returns within 30 ms on a slow machine. */
const perCall = 3e7;
/** Images that are answered in one call. */
const answerBlock = 64;

/** Takes the memory of a net and writes the table. @returns its address */
function laidOut(kernel: Kernel<Functions>, shape: ConvShape): number {
  const { blocks, denseAt } = layoutOf(shape);
  const floats = (count: number): number => kernel.take(4 * count);
  const table = floats(headWords.length + blockWords.length * blocks.length);
  const written: number[] = [];
  let depth = shape.channels;
  for (const { height, width, channels, filters, at } of blocks) {
    const columns = fours(filters);
    const span = fours(3 * depth);
    // A row of a patch is read in fours, up to three numbers beyond the last pixel.
    const area = (height + 2) * (width + 2) * depth + 4;
    const block: Record<(typeof blockWords)[number], number> = {
      height,
      width,
      channels,
      depth,
      filters,
      columns,
      span,
      at,
      input: floats(area),
      inputGradient: at === 0 ? 0 : floats(area),
      winners: kernel.take((height >> 1) * (width >> 1) * columns),
      weights: floats(taps * depth * columns + columns),
      turned: floats(filters * 3 * span),
      turnedGradient: floats(filters * 3 * span + filters),
    };
    written.push(...blockWords.map((name) => block[name]));
    depth = columns;
  }
  const last = blocks.at(-1)!;
  const features = (last.height >> 1) * (last.width >> 1) * depth;
  const outputs = fours(shape.classes);
  const head: Record<(typeof headWords)[number], number> = {
    blocks: blocks.length,
    classes: shape.classes,
    outputs,
    features,
    flat: floats(features),
    flatGradient: floats(features),
    dense: floats((features + 1) * outputs),
    denseGradient: floats((features + 1) * outputs),
    logits: floats(outputs),
    delta: floats(outputs),
    denseAt,
    lastFilters: last.filters,
    lastDepth: depth,
  };
  kernel.words(table, headWords.length + written.length).set([...headWords.map((name) => head[name]), ...written]);
  return table;
}

/** Multiplications of an image, there and back. */
const workOf = (shape: ConvShape): number => {
  const { blocks, features } = layoutOf(shape);
  return 3 * (blocks.reduce((sum, { height, width, channels, filters }) => sum + height * width * taps * channels * filters, 0) + features * shape.classes);
};

/**
 * @throws Refusal engineUnavailable { engine: 'native', reason: 'noSimd' }
 * @throws Refusal outOfMemory { megabytes }
 * @throws RangeError where the parameters are not those of the shape
 */
export async function nativeConvNet(shape: ConvShape, learningRate: number, state: ConvState): Promise<ConvTrainer> {
  const size = layoutOf(shape).parameters;
  if (state.parameters.length !== size) throw new RangeError(`the net has ${size} parameters, not ${state.parameters.length}`);
  const kernel = await startKernel<Functions>('convNet', bytes);
  const table = laidOut(kernel, shape);
  const room = fours(size) * 4;
  const [p, g, m, v] = [kernel.take(room), kernel.take(room), kernel.take(room), kernel.take(room)];
  kernel.floats(p, size).set(state.parameters);
  if (state.moments) [m, v].forEach((at, i) => kernel.floats(at, size).set(state.moments![i]!));
  let steps = state.steps ?? 0;
  const imageSize = shape.height * shape.width * shape.channels;
  const together = Math.max(1, Math.floor(perCall / workOf(shape)));
  const top = kernel.used;
  let resident = { count: 0, pixels: 0, labels: 0, order: 0 };
  kernel.run.spread(table, p);
  return {
    get steps() {
      return steps;
    },
    load({ count, pixels, labels }: Images) {
      kernel.release(top);
      resident = { count, pixels: kernel.copied(pixels), labels: kernel.copied(labels), order: kernel.take(4 * count) };
    },
    async step(rows, breathe) {
      const { pixels, labels, order } = resident;
      kernel.words(order, rows.length).set(rows);
      let loss = 0;
      for (let from = 0; from < rows.length; from += together) {
        if (from > 0) await breathe();
        loss += kernel.run.accumulate(table, pixels, imageSize, labels, order, from, Math.min(rows.length, from + together), 1 / rows.length);
      }
      kernel.run.gather(table, g);
      kernel.run.adam(p, g, m, v, size, adamRate(learningRate, ++steps), adam.beta1, adam.beta2, adam.epsilon);
      kernel.run.spread(table, p);
      return loss;
    },
    logits(pixels, count) {
      const found = new Float32Array(count * shape.classes);
      const used = kernel.used;
      const [image, out] = [kernel.take(4 * imageSize * answerBlock), kernel.take(4 * shape.classes * answerBlock)];
      for (let from = 0; from < count; from += answerBlock) {
        const some = Math.min(answerBlock, count - from);
        kernel.floats(image, some * imageSize).set(pixels.subarray(from * imageSize, (from + some) * imageSize));
        kernel.run.answers(table, image, imageSize, 0, some, out);
        found.set(kernel.floats(out, some * shape.classes), from * shape.classes);
      }
      kernel.release(used);
      return found;
    },
    parameters: () => kernel.floats(p, size).slice(),
    moments: () => [kernel.floats(m, size).slice(), kernel.floats(v, size).slice()],
  };
}
