import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { seeded } from '../../../../src/domain/random';
import { startEngine } from '../../../../workers/tensors/backend';
import { DenseNet, parameterCount, type DenseOutput } from '../../../../workers/tensors/denseNet';
import { adamConstants } from '../../../../workers/tensors/flatAdam';

beforeAll(async () => void (await startEngine('cpu')));

const rows = 19;
const features = 6;

function problem(output: DenseOutput, outputs: number, hidden: number[]) {
  const random = seeded(3);
  const widths = [features, ...hidden, outputs];
  const numbers = (count: number): Float32Array => Float32Array.from({ length: count }, () => random.normal());
  const target = new Float32Array(rows * outputs);
  for (let i = 0; i < rows; i++) {
    if (output === 'softmax') target[i * outputs + random.below(outputs)] = 1;
    else target[i] = output === 'sigmoid' ? random.below(2) : random.normal();
  }
  const masks = hidden.map((width) => Float32Array.from({ length: rows * width }, () => (random.next() < 0.3 ? 0 : 1 / 0.7)));
  return {
    shape: { widths, output },
    parameters: numbers(parameterCount({ widths, output })).map((value) => value * 0.5),
    x: numbers(rows * features),
    target,
    weights: Float32Array.from({ length: rows }, () => 0.5 + random.next()),
    masks,
  };
}

/** The loss in plain float64, written apart from the net: mean over rows of weight × log-loss or half the squared error. */
function lossAt(p: ReturnType<typeof problem>, parameters: Float64Array): number {
  const { widths, output } = p.shape;
  let total = 0;
  for (let i = 0; i < rows; i++) {
    let h = Array.from(p.x.subarray(i * features, (i + 1) * features));
    let at = 0;
    for (let l = 1; l < widths.length; l++) {
      const [inputs, outputs] = [widths[l - 1]!, widths[l]!];
      const next: number[] = [];
      for (let j = 0; j < outputs; j++) {
        let sum = parameters[at + inputs * outputs + j]!;
        for (let k = 0; k < inputs; k++) sum += h[k]! * parameters[at + k * outputs + j]!;
        next.push(l < widths.length - 1 ? Math.max(0, sum) * p.masks[l - 1]![i * outputs + j]! : sum);
      }
      at += (inputs + 1) * outputs;
      h = next;
    }
    const t = Array.from(p.target.subarray(i * h.length, (i + 1) * h.length));
    if (output === 'identity') total += (p.weights[i]! * (h[0]! - t[0]!) ** 2) / 2;
    else if (output === 'sigmoid') total += p.weights[i]! * (Math.log(1 + Math.exp(h[0]!)) - t[0]! * h[0]!);
    else total += p.weights[i]! * (Math.log(h.reduce((sum, z) => sum + Math.exp(z), 0)) - h[t.indexOf(1)]!);
  }
  return total / rows;
}

describe('a dense net', () => {
  for (const [output, outputs, hidden] of [
    ['softmax', 3, [5, 4]],
    ['sigmoid', 1, [7]],
    ['identity', 1, [5, 4, 3]],
    ['softmax', 4, []],
  ] as const) {
    it(`has the gradient of finite differences (${output}, hidden ${hidden.join(',') || 'none'}, with weights and dropout)`, async () => {
      const p = problem(output, outputs, [...hidden]);
      const net = new DenseNet(p.shape, { learningRate: 0.001, weightDecay: 0 }, { parameters: p.parameters });
      const batch = {
        x: tf.tensor2d(p.x, [rows, features]),
        target: tf.tensor2d(p.target, [rows, outputs]),
        weights: tf.tensor2d(p.weights, [rows, 1]),
        masks: p.masks.map((mask, l) => tf.tensor2d(mask, [rows, hidden[l]!])),
      };
      net.step(batch).dispose();
      // After one step from nothing the first moment is (1 − β₁) × gradient.
      const gradient = (await net.moments())[0].map((value) => value / (1 - adamConstants.beta1));
      const point = Float64Array.from(p.parameters);
      let difference = 0;
      for (let k = 0; k < point.length; k++) {
        const step = 1e-5;
        const kept = point[k]!;
        point[k] = kept + step;
        const above = lossAt(p, point);
        point[k] = kept - step;
        const below = lossAt(p, point);
        point[k] = kept;
        difference = Math.max(difference, Math.abs((above - below) / (2 * step) - gradient[k]!));
      }
      // Float32 gradients of size about 1.
      expect(difference).toBeLessThan(2e-6);
      net.dispose();
      tf.dispose([batch.x, batch.target, batch.weights, ...batch.masks]);
    });
  }

  it('keeps as many tensors on the device after a hundred steps as after one, and none when disposed', () => {
    const before = tf.memory().numTensors;
    const p = problem('softmax', 3, [5, 4]);
    const net = new DenseNet(p.shape, { learningRate: 0.001, weightDecay: 0.1 }, { parameters: p.parameters });
    const batch = { x: tf.tensor2d(p.x, [rows, features]), target: tf.tensor2d(p.target, [rows, 3]) };
    net.step(batch).dispose();
    const after = tf.memory().numTensors;
    for (let i = 0; i < 100; i++) net.step(batch).dispose();
    expect(tf.memory().numTensors).toBe(after);
    net.dispose();
    tf.dispose([batch.x, batch.target]);
    expect(tf.memory().numTensors).toBe(before);
  });

  it('shrinks weights and not biases where there is weight decay', async () => {
    const shape = { widths: [2, 1], output: 'identity' as const };
    const net = new DenseNet(shape, { learningRate: 0.1, weightDecay: 1 }, { parameters: Float32Array.of(1, 2, 3) });
    // Targets equal to the answers: the gradient is zero, and only the decay moves anything.
    const batch = { x: tf.tensor2d([0, 0], [1, 2]), target: tf.tensor2d([3], [1, 1]) };
    net.step(batch).dispose();
    const after = await net.parameters();
    expect(after[0]).toBeCloseTo(0.9, 6);
    expect(after[1]).toBeCloseTo(1.8, 6);
    expect(after[2]).toBe(3);
    net.dispose();
    tf.dispose([batch.x, batch.target]);
  });

  it('refuses parameters of another shape', () => {
    expect(() => new DenseNet({ widths: [2, 1], output: 'identity' }, { learningRate: 1, weightDecay: 0 }, { parameters: new Float32Array(2) })).toThrow(
      /3 parameters/,
    );
  });
});
