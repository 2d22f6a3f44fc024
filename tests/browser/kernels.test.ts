/** What our nets ask of each tfjs backend, and what our kernels do for the wasm one. The GPUs here are emulations, which are right and slow. */
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { Refusal } from '../../src/domain/refusal';
import { seeded } from '../../src/domain/random';
import { firstConvParameters, layoutOf, type ConvShape } from '../../workers/convolution/convShape';
import { nativeConvNet } from '../../workers/convolution/nativeConvNet';
import { startEngine } from '../../workers/tensors/backend';
import { ConvNet } from '../../workers/tensors/convNet';
import { convEpoch, ResidentImages } from '../../workers/tensors/convTraining';
import { DenseNet, parameterCount, type DenseShape } from '../../workers/tensors/denseNet';
import { gradientCases } from '../../workers/tensors/gradientCases';
import { caseCheck } from '../../workers/tensors/gradientCheck';
import { adamKernel, reluGradientKernel } from '../../workers/tensors/ownKernels';
import { warmConvNet, warmDenseNet } from '../../workers/tensors/warmUp';
import { wasmKernels } from '../../workers/tensors/wasmKernels/registry';
import { bars } from '../unit/workers/convolution/bars';

/** Names of the kernels that the engine is asked for. */
async function kernelsOf(work: () => unknown): Promise<Set<string>> {
  const engine = tf.engine();
  const names = new Set<string>();
  const run = engine.runKernel.bind(engine);
  engine.runKernel = (name, inputs, attributes) => {
    names.add(name);
    return run(name, inputs, attributes);
  };
  try {
    await work();
  } finally {
    engine.runKernel = run;
  }
  return names;
}

const denseShape: DenseShape = { widths: [5, 6, 4, 3], output: 'softmax' };

function denseStep(output: DenseShape['output']): void {
  tf.tidy(() => {
    const shape = { ...denseShape, output };
    const net = new DenseNet(shape, { learningRate: 0.01, weightDecay: 0.1 }, { parameters: new Float32Array(parameterCount(shape)).fill(0.1) });
    const masks = [tf.ones([7, 6]), tf.ones([7, 4])] as tf.Tensor2D[];
    net.step({ x: tf.ones([7, 5]), target: tf.zeros([7, 3]), weights: tf.ones([7, 1]), masks });
    net.logits(tf.ones([7, 5]));
    net.dispose();
  });
}

async function convolutions(): Promise<void> {
  const net = new ConvNet(bars.shape, 0.01, { parameters: firstConvParameters(bars.shape, seeded(1)) });
  const images = new ResidentImages(bars.images(12, 2), bars.shape);
  await convEpoch(net, images, 8, seeded(3), () => undefined);
  net.dispose();
  images.dispose();
}

/** They hold or name numbers and compute none; the two of ours are compared with the stock kernels in unit tests. */
const unchecked = new Set([tf.Identity, tf.Reshape, tf.Fill, tf.ZerosLike, tf.OnesLike, tf.Cast, tf.Step, adamKernel, reluGradientKernel]);

for (const engine of ['cpu', 'wasm', 'webgl', 'webgpu'] as const) {
  describe(`the engine ${engine}`, () => {
    beforeAll(async () => void (await startEngine(engine)));

    it('has every kernel that our nets train with, each in a case that is checked against finite differences', async () => {
      const used = await kernelsOf(async () => {
        for (const output of ['softmax', 'sigmoid', 'identity'] as const) denseStep(output);
        await convolutions();
      });
      expect(used.size).toBeGreaterThan(10);
      expect([...used].filter((name) => !tf.getKernel(name, engine))).toEqual([]);
      const checked = await kernelsOf(async () => {
        for (const one of gradientCases) await caseCheck(one);
      });
      expect([...used].filter((name) => !checked.has(name) && !unchecked.has(name))).toEqual([]);
    });

    it('learns bars by convolutions, loses nothing of its tensors, and agrees with our own trainer', async () => {
      await warmConvNet(bars.shape, [24]);
      const before = tf.memory().numTensors;
      const parameters = firstConvParameters(bars.shape, seeded(1));
      const data = bars.images(48, 2);
      const net = new ConvNet(bars.shape, 0.01, { parameters });
      const resident = new ResidentImages(data, bars.shape);
      const native = await nativeConvNet(bars.shape, 0.01, { parameters });
      native.load(data);
      const [random, again] = [seeded(3), seeded(3)];
      const tensors = new Set<number>();
      for (let epoch = 0; epoch < 2; epoch++) {
        const loss = await convEpoch(net, resident, 24, random, () => undefined);
        const order = again.shuffle(Uint32Array.from({ length: 48 }, (_, i) => i));
        const expected = ((await native.step(order.subarray(0, 24), () => undefined)) + (await native.step(order.subarray(24), () => undefined))) / 48;
        expect(Math.abs(loss - expected)).toBeLessThan(2e-3);
        tensors.add(tf.memory().numTensors);
      }
      expect(tensors.size).toBe(1);
      net.dispose();
      resident.dispose();
      expect(tf.memory().numTensors).toBe(before);
    });

    it('trains after a warm-up as without one, and the warm-up leaves nothing behind', async () => {
      const before = tf.memory().numTensors;
      await warmDenseNet({ shape: { widths: [9, 5, 2], output: 'softmax' }, sizes: [16, 3], weights: true, masks: true, decays: true });
      expect(tf.memory().numTensors).toBe(before);
      expect(await caseCheck(gradientCases[0]!)).toMatchObject({ ok: true });
    });
  });
}

describe('our kernels for the wasm backend', () => {
  beforeAll(async () => void (await startEngine('wasm')));

  it('are all registered, and what is silently wrong in the stock backend is not', () => {
    for (const { kernelName } of wasmKernels) expect([kernelName, Boolean(tf.getKernel(kernelName, 'wasm'))]).toEqual([kernelName, true]);
    for (const name of [tf.Conv3DBackpropInputV2, tf.Dilation2DBackpropInput, tf.Dilation2DBackpropFilter]) expect([name, Boolean(tf.getKernel(name, 'wasm'))]).toEqual([name, false]);
  });

  it('slice any block of any rank', async () => {
    const shape = [3, 4, 5, 2, 3];
    const values = Float32Array.from({ length: 360 }, (_, i) => i);
    for (let rank = 1; rank <= 5; rank++) {
      const sides = shape.slice(0, rank);
      const size = sides.reduce((a, b) => a * b, 1);
      const x = tf.tensor(values.subarray(0, size), sides);
      const begin = sides.map((_, d) => (d % 2 === 0 ? 1 : 0));
      for (const extent of [sides.map((side, d) => side - begin[d]!), sides.map(() => 1), sides.map((side, d) => (d === 0 ? 1 : side - begin[d]!))]) {
        const found = Array.from(await tf.slice(x, begin, extent).data());
        const expected: number[] = [];
        for (let flat = 0; flat < size; flat++) {
          let rest = flat;
          const at = sides.map((_, d) => {
            const stride = sides.slice(d + 1).reduce((a, b) => a * b, 1);
            const index = Math.floor(rest / stride);
            rest %= stride;
            return index;
          });
          if (at.every((index, d) => index >= begin[d]! && index < begin[d]! + extent[d]!)) expected.push(flat);
        }
        expect(found).toEqual(expected);
      }
      x.dispose();
    }
    const whole = tf.tensor1d([1, 2, 3, 4], 'int32');
    expect(Array.from(await tf.slice1d(whole, 1, 2).data())).toEqual([2, 3]);
    expect(Array.from(await tf.slice1d(whole, 1, 0).data())).toEqual([]);
  });

  it('refuse what the heap cannot hold, and go on', async () => {
    // 4 GiB and a little: as shipped, the size is taken modulo 4 GiB, and the little is written over.
    expect(() => tf.engine().runKernel(tf.Fill, {}, { shape: [2 ** 30 + 1000], value: 1, dtype: 'float32' })).toThrow(Refusal);
    expect(Array.from(await tf.add(tf.tensor1d([1, 2]), 1).data())).toEqual([2, 3]);
  });

  it('take a net of colours and odd sizes as our own trainer does', async () => {
    const shape: ConvShape = { height: 9, width: 11, channels: 3, filters: [5, 6], classes: 3 };
    const random = seeded(8);
    const pixels = Float32Array.from({ length: 4 * 297 }, () => random.normal());
    const parameters = firstConvParameters(shape, random);
    const net = new ConvNet(shape, 0.01, { parameters });
    const native = await nativeConvNet(shape, 0.01, { parameters });
    native.load({ count: 4, pixels, labels: Int32Array.of(0, 1, 2, 1) });
    const x = tf.tensor4d(pixels, [4, 9, 11, 3]);
    net.step({ x, target: tf.tensor2d([1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 1, 0], [4, 3]) }).dispose();
    await native.step(Uint32Array.of(0, 1, 2, 3), () => undefined);
    const [tfjs, own] = [(await net.moments())[0], native.moments()[0]];
    expect(tfjs.length).toBe(layoutOf(shape).parameters);
    expect(tfjs.reduce((most, value, i) => Math.max(most, Math.abs(value - own[i]!)), 0)).toBeLessThan(1e-5);
    net.dispose();
  });
});
