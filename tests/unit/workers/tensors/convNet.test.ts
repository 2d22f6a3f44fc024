import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { seeded } from '../../../../src/domain/random';
import { startEngine } from '../../../../workers/tensors/backend';
import { ConvNet } from '../../../../workers/tensors/convNet';
import { firstConvParameters, layoutOf } from '../../../../workers/convolution/convShape';
import { convEpoch, ResidentImages } from '../../../../workers/tensors/convTraining';
import { adamConstants } from '../../../../workers/tensors/flatAdam';
import { bars } from '../convolution/bars';

beforeAll(async () => void (await startEngine('cpu')));

const shape = { height: 9, width: 8, channels: 2, filters: [4, 3], classes: 3 };

describe('a convolutional net', () => {
  it('lays its parameters out block by block', () => {
    expect(layoutOf({ height: 28, width: 28, channels: 1, filters: [8, 16], classes: 10 })).toMatchObject({ features: 784, denseAt: 80 + 1168, parameters: 80 + 1168 + 7850 });
    expect(() => layoutOf({ height: 3, width: 9, channels: 1, filters: [4, 4], classes: 2 })).toThrow(RangeError);
  });

  it('has the gradient of finite differences', async () => {
    const random = seeded(3);
    const rows = 5;
    const parameters = firstConvParameters(shape, random).map((value) => value + 0.05 * random.normal());
    const x = tf.tensor4d(Float32Array.from({ length: rows * 144 }, () => random.normal()), [rows, 9, 8, 2]);
    const target = tf.tensor2d([1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 1, 0, 1, 0, 0], [rows, 3]);
    const lossAt = async (values: Float32Array): Promise<number> => {
      const net = new ConvNet(shape, 0.01, { parameters: values });
      const logits = (await net.logits(x).data()) as Float32Array;
      net.dispose();
      let loss = 0;
      [0, 1, 2, 1, 0].forEach((label, row) => {
        const three = Array.from(logits.subarray(row * 3, row * 3 + 3));
        loss += Math.log(three.reduce((sum, z) => sum + Math.exp(z), 0)) - three[label]!;
      });
      return loss / rows;
    };
    const net = new ConvNet(shape, 0.01, { parameters });
    net.step({ x, target }).dispose();
    const gradient = (await net.moments())[0].map((value) => value / (1 - adamConstants.beta1));
    net.dispose();
    const step = 2e-3;
    let off = 0;
    for (let i = 0; i < parameters.length; i += 3) {
      const [up, down] = [parameters.slice(), parameters.slice()];
      up[i]! += step;
      down[i]! -= step;
      // A step over the kink of a ReLU or to another winner of a pool shows as one parameter that is off.
      if (Math.abs(((await lossAt(up)) - (await lossAt(down))) / (2 * step) - gradient[i]!) > 2e-3) off++;
    }
    expect(off).toBeLessThanOrEqual(2);
    tf.dispose([x, target]);
  });

  it('learns bars apart, the same from the same seed, and holds as many tensors after each epoch', async () => {
    const learn = async (): Promise<{ losses: number[]; tensors: number[]; parameters: Float32Array }> => {
      const net = new ConvNet(bars.shape, 0.01, { parameters: firstConvParameters(bars.shape, seeded(1)) });
      const images = new ResidentImages(bars.images(120, 2), bars.shape);
      const random = seeded(4);
      const [losses, tensors]: [number[], number[]] = [[], []];
      for (let epoch = 0; epoch < 4; epoch++) {
        losses.push(await convEpoch(net, images, 16, random, () => undefined));
        tensors.push(tf.memory().numTensors);
      }
      const parameters = await net.parameters();
      net.dispose();
      images.dispose();
      return { losses, tensors, parameters };
    };
    const before = tf.memory().numTensors;
    const once = await learn();
    expect(once.losses.at(-1)!).toBeLessThan(0.2 * once.losses[0]!);
    expect(new Set(once.tensors).size).toBe(1);
    expect(tf.memory().numTensors).toBe(before);
    expect((await learn()).parameters).toEqual(once.parameters);
  });
});
