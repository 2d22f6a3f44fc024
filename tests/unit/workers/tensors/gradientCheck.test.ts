import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { startEngine } from '../../../../workers/tensors/backend';
import { compared, gradientCheck, gradientTolerance, tinyTraining } from '../../../../workers/tensors/gradientCheck';

describe('the gradient check', () => {
  it('passes the cpu without any difference and leaves no tensors', async () => {
    await startEngine('cpu');
    const before = tf.memory().numTensors;
    expect(await gradientCheck('cpu')).toEqual({ ok: true, difference: 0 });
    expect(tf.memory().numTensors).toBe(before);
  });

  it('fails a kernel whose gradient is wrong', async () => {
    await startEngine('cpu');
    const right = await tinyTraining();
    const kernel = tf.getKernel('BatchMatMul', 'cpu');
    tf.unregisterKernel('BatchMatMul', 'cpu');
    // Every weight gradient has the wrong sign.
    tf.registerKernel({
      ...kernel,
      kernelFunc: (args) => {
        const out = kernel.kernelFunc(args) as tf.TensorInfo;
        const { transposeA } = args.attrs as unknown as { transposeA: boolean };
        const values = tf.backend().readSync(out.dataId) as Float32Array;
        if (transposeA) values.forEach((value, i) => (values[i] = -value));
        return out;
      },
    });
    const wrong = await tinyTraining();
    tf.unregisterKernel('BatchMatMul', 'cpu');
    tf.registerKernel(kernel);
    expect(compared(right, wrong)).toMatchObject({ ok: false });
    expect(compared(right, await tinyTraining())).toEqual({ ok: true, difference: 0 });
  });

  it('tells a logit that is not finite and one that differs too much', () => {
    expect(compared(Float32Array.of(1, 2), Float32Array.of(1, NaN))).toEqual({ ok: false, reason: 'logit 1 is NaN' });
    expect(compared(Float32Array.of(1), Float32Array.of(1 + 2 * gradientTolerance))).toMatchObject({ ok: false });
  });
});
