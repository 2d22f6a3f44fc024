/** @file The Bayes learner: naive Bayes of numbers and categories, learnt in two passes over the rows. */

import { log64 } from '../../../src/domain/exactMath';
import { ofForm } from '../../../src/domain/modelling/forms/learntModel';
import { naiveBayesForm, type CategoryFeature, type NaiveBayesModel } from '../../../src/domain/modelling/forms/naiveBayes';
import type { Examples, Learner, TrainingInput } from '../../../src/domain/modelling/learner';
import { bayesDescription } from '../../../src/domain/modelling/learners/bayes';
import { breathing } from '../breath';
import { checkFeatures, checkInput } from '../examplesCheck';
import { classShares } from '../loss';
import { pointLoss } from '../pointLoss';

type Breathe = () => Promise<void> | undefined;

/** Rows between two questions whether to breathe. */
const block = 2048;

/** Its learning rows count by their weights: a row twice is a row of weight two. What is missing is left out, feature by feature. */
export const bayes: Learner = {
  ...bayesDescription,
  async train(input, hooks) {
    checkInput(input, bayesDescription);
    const { train, validation, plan } = input;
    const breathe = breathing(hooks);
    const categories = (input.meanings ?? []).flatMap((meaning, feature): CategoryFeature[] => (meaning.categories > 0 ? [{ feature, categories: meaning.categories }] : []));
    const numbers = Array.from({ length: train.features }, (_, feature) => feature).filter((feature) => !categories.some((one) => one.feature === feature));
    const model: NaiveBayesModel = {
      form: 'naiveBayes',
      features: train.features,
      numbers,
      categories,
      logPriors: classShares(train, input.classes).map(log64),
      ...(await densities(train, input.classes, numbers, plan.hyperparameters['var_smoothing'] as number, breathe)),
      logShares: await shares(train, input.classes, categories, plan.hyperparameters['alpha'] as number, breathe),
      facts: {},
    };
    const trainLoss = await lossOf(model, train, input, breathe);
    const validationLoss = validation.rows > 0 ? await lossOf(model, validation, input, breathe) : trainLoss;
    const report = { epoch: 1, epochs: 1, trainLoss, validationLoss };
    hooks.onEpoch(report);
    await hooks.breathe();
    return { kind: 'trained', model, curve: [report], backend: 'plain' };
  },
  async predict(model, classes, x, rows) {
    const own = ofForm(model, 'naiveBayes');
    checkFeatures(x, rows, own.features, true);
    return naiveBayesForm.forward(own, classes, x, rows);
  },
};

/**
 * Weighted mean and variance of each number in each class, and `smoothing` of the largest variance of all rows added to each variance
 * (scikit-learn's GaussianNB). A class without a value of a feature has those of all rows; where all numbers are constant, 1 is smoothed.
 */
async function densities({ rows, features, x, y, weights }: Examples, classes: number, numbers: readonly number[], smoothing: number, breathe: Breathe): Promise<Pick<NaiveBayesModel, 'means' | 'variances'>> {
  const width = numbers.length;
  /** The last row is for all classes together. */
  const size = (classes + 1) * width;
  const [counts, means, variances] = [new Float64Array(size), new Float64Array(size), new Float64Array(size)];
  const pooled = classes * width;
  const over = async (visit: (at: number, g: number, value: number, weight: number) => void): Promise<void> => {
    for (let from = 0; from < rows; from += block) {
      for (let i = from; i < Math.min(rows, from + block); i++) {
        const weight = weights?.[i] ?? 1;
        if (weight === 0) continue;
        for (let g = 0; g < width; g++) {
          const value = x[i * features + numbers[g]!]!;
          if (value === value) visit(y[i]! * width + g, g, value, weight);
        }
      }
      await breathe();
    }
  };
  await over((at, g, value, weight) => {
    counts[at]! += weight;
    means[at]! += weight * value;
    counts[pooled + g]! += weight;
    means[pooled + g]! += weight * value;
  });
  for (let at = 0; at < size; at++) if (counts[at]! > 0) means[at]! /= counts[at]!;
  await over((at, g, value, weight) => {
    variances[at]! += weight * (value - means[at]!) ** 2;
    variances[pooled + g]! += weight * (value - means[pooled + g]!) ** 2;
  });
  for (let at = 0; at < size; at++) if (counts[at]! > 0) variances[at]! /= counts[at]!;
  const largest = variances.subarray(pooled).reduce((most, variance) => Math.max(most, variance), 0);
  const added = smoothing * (largest > 0 ? largest : 1);
  for (let at = 0; at < pooled; at++) {
    if (counts[at] === 0) {
      means[at] = means[pooled + (at % width)]!;
      variances[at] = variances[pooled + (at % width)]!;
    }
    variances[at]! += added;
  }
  return { means: means.slice(0, pooled), variances: variances.slice(0, pooled) };
}

/** ln((rows of category and class + alpha) / (rows of class + alpha · categories)), among rows whose category is known. */
async function shares({ rows, features, x, y, weights }: Examples, classes: number, categories: readonly CategoryFeature[], alpha: number, breathe: Breathe): Promise<Float64Array[]> {
  const made: Float64Array[] = [];
  for (const { feature, categories: many } of categories) {
    const table = new Float64Array(many * classes);
    const totals = new Float64Array(classes).fill(alpha * many);
    for (let i = 0; i < rows; i++) {
      const code = x[i * features + feature]!;
      if (!(code >= 0 && code < many)) continue;
      table[code * classes + y[i]!]! += weights?.[i] ?? 1;
      totals[y[i]!]! += weights?.[i] ?? 1;
      if (i % block === 0) await breathe();
    }
    for (let at = 0; at < table.length; at++) {
      table[at] = log64((table[at]! + alpha) / totals[at % classes]!);
      if (at % (block * 16) === 0) await breathe();
    }
    made.push(table);
  }
  return made;
}

async function lossOf(model: NaiveBayesModel, examples: Examples, { classes }: TrainingInput, breathe: Breathe): Promise<number> {
  const answers = new Float64Array(examples.rows * classes);
  const { features } = model;
  for (let from = 0; from < examples.rows; from += block) {
    const to = Math.min(examples.rows, from + block);
    answers.set(naiveBayesForm.forward(model, classes, examples.x.subarray(from * features, to * features), to - from), from * classes);
    await breathe();
  }
  return pointLoss(examples, classes, answers, { mean: 0, deviation: 1 });
}
