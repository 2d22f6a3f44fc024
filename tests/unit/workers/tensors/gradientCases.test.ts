import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { startEngine } from '../../../../workers/tensors/backend';
import { gradientCases } from '../../../../workers/tensors/gradientCases';
import { caseCheck } from '../../../../workers/tensors/gradientCheck';

beforeAll(async () => void (await startEngine('cpu')));

describe('the gradient of each operation on the cpu backend', () => {
  for (const one of gradientCases) {
    it(`agrees with finite differences: ${one.name}`, async () => {
      const before = tf.memory().numTensors;
      expect(await caseCheck(one)).toMatchObject({ ok: true });
      expect(tf.memory().numTensors).toBe(before);
    });
  }
});

describe('the check itself', () => {
  it('finds what tfjs has wrong: the gradient of an average pool with padding, which none of ours uses', async () => {
    const one = { name: 'padded', group: 'convolution' as const, shapes: [[2, 7, 6, 3]], apply: (x: tf.Tensor) => tf.avgPool(x as tf.Tensor4D, 3, 2, 'same') };
    expect(await caseCheck(one)).toMatchObject({ ok: false, reason: expect.stringMatching(/differ/) });
  });

  const wrong = (factor: number) => tf.customGrad((...args: unknown[]) => {
    const x = args[0] as tf.Tensor;
    return { value: tf.square(x), gradFunc: (dy: tf.Tensor) => tf.mul(dy, tf.mul(x, factor)) };
  });

  it('finds a gradient that is off by one part in fifty, and passes the right one', async () => {
    const one = (factor: number) => ({ name: 'square', group: 'dense' as const, shapes: [[12]], apply: (x: tf.Tensor) => wrong(factor)(x) });
    expect(await caseCheck(one(2))).toMatchObject({ ok: true });
    expect(await caseCheck(one(2.04))).toMatchObject({ ok: false });
  });

  it('says which operation throws, as a missing kernel does', async () => {
    const one = { name: 'missing', group: 'dense' as const, shapes: [[3]], apply: (): tf.Tensor => { throw new Error('Kernel not registered'); } };
    expect(await caseCheck(one)).toEqual({ ok: false, reason: 'missing: Kernel not registered' });
  });

  it('finds a gradient that is no number', async () => {
    const one = { name: 'root', group: 'dense' as const, shapes: [[3]], numbers: () => -4, apply: (x: tf.Tensor) => tf.sqrt(x) };
    expect(await caseCheck(one)).toMatchObject({ ok: false, reason: expect.stringMatching(/no number/) });
  });
});
