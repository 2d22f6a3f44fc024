/** @file The baseline learner: the class shares, or the mean. They are the constants with the least log-loss and squared error. */

import { log64 } from '../../../src/domain/exactMath';
import { forward } from '../../../src/domain/modelling/forward';
import type { Examples, Learner, TrainingInput } from '../../../src/domain/modelling/learner';
import { baselineDescription } from '../../../src/domain/modelling/learners/baseline';
import { checkFeatures, checkInput } from '../examplesCheck';
import { classShares, scaleOf, totalWeight, type Scale } from '../loss';

/** The least probability that a loss is taken of: a class that only the validation rows have must not make the curve infinite. */
const least = 1e-15;

/**
 * Learns the constant answer. The model has one layer without inputs, whose bias is the answer: K probabilities, or the mean.
 */
export const baseline: Learner = {
  ...baselineDescription,
  async train(input, hooks) {
    checkInput(input);
    const scale: Scale = input.kind === 'regression' ? scaleOf(input.train) : { mean: 0, deviation: 1 };
    const bias = Float32Array.from(input.kind === 'regression' ? [scale.mean] : classShares(input.train, input.classes));
    const trainLoss = lossOfConstant(input.train, input, bias, scale);
    const validationLoss = input.validation.rows > 0 ? lossOfConstant(input.validation, input, bias, scale) : trainLoss;
    const report = { epoch: 1, epochs: 1, trainLoss, validationLoss };
    hooks.onEpoch(report);
    await hooks.breathe();
    const layer = { inputs: 0, outputs: bias.length, weights: new Float32Array(0), bias, activation: 'linear' as const };
    return { kind: 'trained', model: { form: 'layers', layers: [layer], output: 'constant', facts: {} }, curve: [report], backend: 'plain' };
  },
  async predict(model, classes, x, rows) {
    checkFeatures(x, rows, rows === 0 ? 0 : x.length / rows);
    return forward(model, classes, x, rows);
  },
};

function lossOfConstant(examples: Examples, input: TrainingInput, bias: Float32Array, scale: Scale): number {
  const { rows, y, weights } = examples;
  let sum = 0;
  for (let i = 0; i < rows; i++) {
    const loss = input.kind === 'regression' ? ((y[i]! - bias[0]!) / scale.deviation) ** 2 / 2 : -log64(Math.max(bias[y[i]!]!, least));
    sum += (weights?.[i] ?? 1) * loss;
  }
  return sum / totalWeight(examples);
}
