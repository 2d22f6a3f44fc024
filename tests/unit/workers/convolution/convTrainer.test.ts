import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import * as tf from '@tensorflow/tfjs-core';
import { seeded } from '../../../../src/domain/random';
import { adam, adamRate } from '../../../../workers/convolution/adamRate';
import { firstConvParameters, layoutOf, type ConvShape } from '../../../../workers/convolution/convShape';
import { trainerEpoch, type ConvTrainer } from '../../../../workers/convolution/convTrainer';
import { nativeConvNet } from '../../../../workers/convolution/nativeConvNet';
import { plainConvNet } from '../../../../workers/convolution/plainConvNet';
import { startEngine } from '../../../../workers/tensors/backend';
import { ConvNet } from '../../../../workers/tensors/convNet';
import { adamConstants } from '../../../../workers/tensors/flatAdam';
import { bars } from './bars';

const still = (): undefined => undefined;
const largest = (a: Float32Array, b: Float32Array): number => a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), a.length === b.length ? 0 : Infinity);
const rowsOf = (count: number): Uint32Array => Uint32Array.from({ length: count }, (_, i) => i);

/** Odd sizes, colours, and filters that are no multiples of four. */
const shapes: fc.Arbitrary<ConvShape> = fc
  .record({
    height: fc.integer({ min: 2, max: 13 }),
    width: fc.integer({ min: 2, max: 13 }),
    channels: fc.integer({ min: 1, max: 4 }),
    filters: fc.array(fc.integer({ min: 1, max: 17 }), { minLength: 1, maxLength: 3 }),
    classes: fc.integer({ min: 2, max: 6 }),
  })
  .filter(({ height, width, filters }) => height >> filters.length > 0 && width >> filters.length > 0);

function imagesOf({ height, width, channels, classes }: ConvShape, count: number, seed: number) {
  const random = seeded(seed);
  return {
    count,
    pixels: Float32Array.from({ length: count * height * width * channels }, () => random.normal()),
    labels: Int32Array.from({ length: count }, () => random.below(classes)),
  };
}

/** Parameters of which no bias is zero. */
function parametersOf(shape: ConvShape, seed: number): Float32Array {
  const random = seeded(seed);
  return firstConvParameters(shape, random).map((value) => value + 0.1 * random.normal());
}

describe('the trainer of convolutional nets', () => {
  it('answers with SIMD what it answers in plain TypeScript, and has the same gradient, for any shape', async () => {
    await fc.assert(
      fc.asyncProperty(shapes, fc.integer({ min: 1, max: 9999 }), async (shape, seed) => {
        const parameters = parametersOf(shape, seed);
        const images = imagesOf(shape, 5, seed + 1);
        const trainers = [await nativeConvNet(shape, 0, { parameters }), plainConvNet(shape, 0, { parameters })] as const;
        const [a, b] = trainers.map((one) => one.logits(images.pixels, 5)) as [Float32Array, Float32Array];
        expect(largest(a, b)).toBeLessThan(1e-4);
        const losses: number[] = [];
        for (const one of trainers) {
          one.load(images);
          losses.push(await one.step(rowsOf(5), still));
        }
        expect(Math.abs(losses[0]! - losses[1]!)).toBeLessThan(1e-4);
        // The first moment after one step is a tenth of the gradient.
        expect(largest(trainers[0].moments()[0], trainers[1].moments()[0])).toBeLessThan(1e-5);
      }),
      { numRuns: 60 },
    );
  });

  it('has the gradient of finite differences, in both', async () => {
    const shape = { height: 7, width: 6, channels: 3, filters: [5, 4], classes: 3 };
    const parameters = parametersOf(shape, 5);
    const images = imagesOf(shape, 4, 6);
    const lossAt = (values: Float32Array): number => {
      const logits = plainConvNet(shape, 0, { parameters: values }).logits(images.pixels, 4);
      let loss = 0;
      images.labels.forEach((label, row) => {
        const three = Array.from(logits.subarray(row * 3, row * 3 + 3));
        loss += Math.log(three.reduce((sum, z) => sum + Math.exp(z), 0)) - three[label]!;
      });
      return loss / 4;
    };
    for (const trainer of [await nativeConvNet(shape, 0.01, { parameters }), plainConvNet(shape, 0.01, { parameters })]) {
      trainer.load(images);
      await trainer.step(rowsOf(4), still);
      const gradient = trainer.moments()[0].map((value) => value / (1 - adam.beta1));
      let off = 0;
      for (let i = 0; i < parameters.length; i++) {
        const [up, down] = [parameters.slice(), parameters.slice()];
        up[i]! += 1e-3;
        down[i]! -= 1e-3;
        if (Math.abs((lossAt(up) - lossAt(down)) / 2e-3 - gradient[i]!) > 3e-3) off++;
      }
      // A step over the kink of a ReLU or to another winner of a pool.
      expect(off / parameters.length).toBeLessThan(0.02);
    }
  });

  it('takes the bytes of a batch however the kernel calls are cut, and of a training from where it was left', async () => {
    const images = bars.images(96, 3);
    const parameters = firstConvParameters(bars.shape, seeded(1));
    const train = async (trainer: ConvTrainer, epochs: readonly number[]): Promise<void> => {
      trainer.load(images);
      for (const epoch of epochs) await trainerEpoch(trainer, images.count, 32, seeded(epoch), still);
    };
    const whole = await nativeConvNet(bars.shape, 0.01, { parameters });
    await train(whole, [1, 2, 3]);
    const first = await nativeConvNet(bars.shape, 0.01, { parameters });
    await train(first, [1]);
    const second = await nativeConvNet(bars.shape, 0.01, { parameters: first.parameters(), moments: first.moments(), steps: first.steps });
    await train(second, [2, 3]);
    expect(second.parameters()).toEqual(whole.parameters());
    expect(second.moments()).toEqual(whole.moments());
  });

  it('learns bars apart, as it does in plain TypeScript', async () => {
    const parameters = firstConvParameters(bars.shape, seeded(1));
    const images = bars.images(120, 2);
    const [native, plain] = [await nativeConvNet(bars.shape, 0.01, { parameters }), plainConvNet(bars.shape, 0.01, { parameters })];
    const losses: number[][] = [];
    for (const trainer of [native, plain]) {
      trainer.load(images);
      const random = seeded(4);
      const curve: number[] = [];
      for (let epoch = 0; epoch < 4; epoch++) curve.push(await trainerEpoch(trainer, images.count, 16, random, still));
      losses.push(curve);
    }
    expect(losses[0]![3]!).toBeLessThan(0.2 * losses[0]![0]!);
    losses[0]!.forEach((loss, i) => expect(Math.abs(loss - losses[1]![i]!)).toBeLessThan(2e-3));
    const fresh = bars.images(60, 9);
    const logits = native.logits(fresh.pixels, 60);
    const right = fresh.labels.reduce((sum, label, i) => sum + (logits.subarray(i * 3, i * 3 + 3).indexOf(Math.max(...logits.subarray(i * 3, i * 3 + 3))) === label ? 1 : 0), 0);
    expect(right).toBeGreaterThan(55);
  });

  it('says by NaN that a net has no numbers any more', async () => {
    const parameters = firstConvParameters(bars.shape, seeded(1));
    parameters[3] = NaN;
    const images = bars.images(4, 2);
    for (const trainer of [await nativeConvNet(bars.shape, 0.01, { parameters }), plainConvNet(bars.shape, 0.01, { parameters })]) {
      trainer.load(images);
      expect(await trainer.step(rowsOf(4), still)).toBeNaN();
    }
  });

  it('refuses parameters of another shape', async () => {
    await expect(nativeConvNet(bars.shape, 0.01, { parameters: new Float32Array(3) })).rejects.toThrow(RangeError);
    expect(() => plainConvNet(bars.shape, 0.01, { parameters: new Float32Array(3) })).toThrow(RangeError);
  });
});

describe('the same net on tfjs', () => {
  beforeAll(async () => void (await startEngine('cpu')));

  it('takes the same steps as the kernel', async () => {
    const shape = { height: 8, width: 9, channels: 1, filters: [4, 8], classes: 3 };
    const images = imagesOf(shape, 12, 3);
    const parameters = parametersOf(shape, 2);
    const native = await nativeConvNet(shape, 0.01, { parameters });
    native.load(images);
    const net = new ConvNet(shape, 0.01, { parameters });
    const x = tf.tensor4d(images.pixels, [12, 8, 9, 1]);
    const target = tf.tensor2d(Float32Array.from({ length: 36 }, (_, i) => (images.labels[Math.floor(i / 3)] === i % 3 ? 1 : 0)), [12, 3]);
    for (let step = 0; step < 3; step++) {
      net.step({ x, target }).dispose();
      await native.step(rowsOf(12), still);
    }
    // Adam divides by the root of the squared gradient, so that a rounding error may move a parameter: the logits are compared.
    const logits = net.logits(x);
    expect(largest((await logits.data()) as Float32Array, native.logits(images.pixels, 12))).toBeLessThan(1e-3);
    tf.dispose([x, target, logits]);
    net.dispose();
    expect(layoutOf(shape).parameters).toBe(native.parameters().length);
    expect(adam).toEqual(adamConstants);
    expect(adamRate(0.01, 7)).toBeCloseTo((0.01 * Math.sqrt(1 - 0.999 ** 7)) / (1 - 0.9 ** 7), 12);
  });
});
