import { beforeAll, describe, expect, it } from 'vitest';
import * as tf from '@tensorflow/tfjs';
import { canonicalJson } from '../../../../src/domain/canonical';
import { tfjsLayersModel } from '../../../../src/domain/deployment/tfjsLayers';
import type { LayersModel } from '../../../../src/domain/modelling/forms/layers';
import { seeded } from '../../../../src/domain/random';
import { Refusal } from '../../../../src/domain/refusal';
import { answersOf, constantModel, randomModel } from './learntModels';

const rows = 40;
const features = 7;
const random = seeded(4);
const x = Float32Array.from({ length: rows * features }, () => random.normal());

/** What tfjs predicts after reading the two files. */
async function tfjsAnswers(model: LayersModel): Promise<Float32Array> {
  const { modelJson, weights } = tfjsLayersModel(model, features);
  const parsed = JSON.parse(canonicalJson(modelJson)) as { modelTopology: object; weightsManifest: { weights: tf.io.WeightsManifestEntry[] }[] };
  const weightData = weights.buffer.slice(weights.byteOffset, weights.byteOffset + weights.byteLength) as ArrayBuffer;
  const loaded = await tf.loadLayersModel(
    tf.io.fromMemory({ modelTopology: parsed.modelTopology, weightSpecs: parsed.weightsManifest[0]!.weights, weightData }),
  );
  const answer = loaded.predict(tf.tensor2d(x, [rows, features])) as tf.Tensor;
  const data = (await answer.data()) as Float32Array;
  loaded.dispose();
  return data;
}

const differenceOf = (expected: ArrayLike<number>, found: ArrayLike<number>): number => {
  expect(found.length).toBe(expected.length);
  return Math.max(...Array.from(expected, (value, i) => Math.abs(value - found[i]!)));
};

beforeAll(async () => {
  await tf.setBackend('cpu');
});

describe('the tfjs layers format', () => {
  it.each([
    ['linear softmax', randomModel(1, [features, 3], 'softmax')],
    ['dense softmax', randomModel(2, [features, 16, 8, 4], 'softmax')],
    ['dense tanh regression', randomModel(3, [features, 16, 1], 'identity', 'tanh')],
    ['constant', constantModel([0.5, 0.25, 0.25])],
  ])('loads in tfjs and predicts the same: %s', async (name, model) => {
    const difference = differenceOf(answersOf(model, x, rows), await tfjsAnswers(model));
    console.log(`${name}: largest difference ${difference.toExponential(2)}`);
    // float32 against float64.
    expect(difference).toBeLessThanOrEqual(1e-5);
  });

  it('gives the probability of the second class where there is one sigmoid logit', async () => {
    const model = randomModel(5, [features, 8, 1], 'sigmoid');
    const expected = answersOf(model, x, rows).filter((_, i) => i % 2 === 1);
    expect(differenceOf(expected, await tfjsAnswers(model))).toBeLessThanOrEqual(1e-5);
  });

  it('refuses a model without features', () => {
    expect(() => tfjsLayersModel(constantModel([1]), 0)).toThrow(Refusal);
  });
});
