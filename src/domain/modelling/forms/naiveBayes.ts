/** @file The form of naive Bayes: a normal density of each number and shares of each category, class by class, in logarithms. */

import type { Json } from '../../canonical';
import { log64 } from '../../exactMath';
import { writeAnswer } from '../writeAnswer';
import type { ModelBase, ModelForm, NumberArray } from './form';

export interface CategoryFeature {
  readonly feature: number;
  /** Codes from 0 to categories − 1. */
  readonly categories: number;
}

export interface NaiveBayesModel extends ModelBase {
  readonly form: 'naiveBayes';
  /** Features that it takes, each either a number or a category. */
  readonly features: number;
  /** Which of them are numbers; G of them. */
  readonly numbers: readonly number[];
  readonly categories: readonly CategoryFeature[];
  /** ln P(class), K; −infinity for a class without rows. */
  readonly logPriors: Float64Array;
  /** K × G, row-major. */
  readonly means: Float64Array;
  /** K × G, above 0. */
  readonly variances: Float64Array;
  /** ln P(category | class), one array a category feature: categories × K, row-major. */
  readonly logShares: readonly Float64Array[];
}

interface Structure {
  readonly features: number;
  readonly classes: number;
  readonly numbers: readonly number[];
  readonly categories: readonly CategoryFeature[];
}

const lnTwoPi = 1.8378770664093453;

export const naiveBayesForm: ModelForm<NaiveBayesModel> = {
  name: 'naiveBayes',
  taken({ features, numbers, categories, logPriors, means, variances, logShares }) {
    const structure: Structure = { features, classes: logPriors.length, numbers, categories };
    return { structure: structure as unknown as Json, arrays: [logPriors, means, variances, ...logShares] };
  },
  made(structure, arrays, facts) {
    const { features, classes, numbers, categories } = structure as unknown as Structure;
    const lengths = [classes, classes * numbers.length, classes * numbers.length, ...categories.map((one) => one.categories * classes)];
    if (arrays.length !== lengths.length) throw new RangeError(`a model of ${lengths.length} arrays came with ${arrays.length}`);
    const [logPriors, means, variances, ...logShares] = arrays.map((array: NumberArray, index) => {
      if (!(array instanceof Float64Array) || array.length !== lengths[index]) throw new RangeError(`a model wants ${lengths[index]} numbers and there are ${array.length}`);
      return array;
    }) as [Float64Array, Float64Array, Float64Array, ...Float64Array[]];
    return { form: 'naiveBayes', features, numbers, categories, logPriors, means, variances, logShares, facts };
  },
  forward(model, classes, x, rows) {
    const { features, logPriors } = model;
    if (x.length !== rows * features) throw new RangeError(`${rows} rows of ${features} features are ${rows * features} numbers, not ${x.length}`);
    const halfLogs = halfLogsOf(model);
    const answer = new Float64Array(rows * classes);
    const logits = new Float64Array(classes);
    for (let i = 0; i < rows; i++) {
      logits.set(logPriors);
      addDensities(model, halfLogs, x, i * features, logits);
      addShares(model, x, i * features, logits);
      writeAnswer('softmax', logits, answer, i * classes, classes);
    }
    return answer;
  },
  parameters(structure) {
    const { classes, numbers, categories } = structure as unknown as Structure;
    return classes * categories.reduce((sum, one) => sum + one.categories, 1 + 2 * numbers.length);
  },
  tensors: ({ numbers, categories, logPriors, means, variances, logShares }) => [
    { name: 'log_priors', shape: [logPriors.length], data: logPriors },
    { name: 'means', shape: [logPriors.length, numbers.length], data: means },
    { name: 'variances', shape: [logPriors.length, numbers.length], data: variances },
    ...categories.map((one, index) => ({ name: `log_shares.${one.feature}`, shape: [one.categories, logPriors.length], data: logShares[index]! })),
  ],
};

/** −½ ln(2πσ²) of each density, K × G. */
export const halfLogsOf = ({ variances }: Pick<NaiveBayesModel, 'variances'>): Float64Array => variances.map((variance) => -0.5 * (lnTwoPi + log64(variance)));

/** Adds ln N(x; mean, variance) of each number; what is missing says nothing. */
function addDensities({ numbers, means, variances }: NaiveBayesModel, halfLogs: Float64Array, x: Float32Array, start: number, logits: Float64Array): void {
  const width = numbers.length;
  for (let g = 0; g < width; g++) {
    const value = x[start + numbers[g]!]!;
    if (value !== value) continue;
    for (let c = 0, at = g; c < logits.length; c++, at += width) {
      const difference = value - means[at]!;
      logits[c]! += halfLogs[at]! - (difference * difference) / (2 * variances[at]!);
    }
  }
}

/** Adds ln P(category | class) of each category; what is missing or unknown says nothing. */
function addShares({ categories, logShares }: NaiveBayesModel, x: Float32Array, start: number, logits: Float64Array): void {
  for (let d = 0; d < categories.length; d++) {
    const code = x[start + categories[d]!.feature]!;
    if (!(code >= 0 && code < categories[d]!.categories)) continue;
    const from = code * logits.length;
    for (let c = 0; c < logits.length; c++) logits[c]! += logShares[d]![from + c]!;
  }
}
