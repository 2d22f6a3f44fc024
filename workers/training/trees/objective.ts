/** @file What boosted trees minimise: each loss with its start, its gradients and its leaves. */

import { log64 } from '../../../src/domain/exactMath';
import type { TreesAnswer } from '../../../src/domain/modelling/forms/trees';
import type { Examples, TrainingInput } from '../../../src/domain/modelling/learner';
import { Refusal } from '../../../src/domain/refusal';
import { classShares, scaleOf } from '../loss';
import type { TreeArena } from './arithmetic';
import type { TreeRows } from './treeTable';

export interface Objective {
  readonly output: TreesAnswer;
  /** Sums a row has, and trees a round. */
  readonly outputs: number;
  /** Where they begin, float32 numbers. */
  readonly base: Float64Array;
  /** Gradients are in this unit of the target; leaves are multiplied with it. */
  readonly unit: number;
  /** Longest step of a leaf, in units. */
  readonly largestStep: number;
  readonly needsProbabilities: boolean;
  /** The leaf says this quantile of its residuals, instead of a Newton step. */
  readonly quantile?: number;
  /** Σ w · loss of some rows; what `gradient` needs is in memory then. */
  loss(arena: TreeArena, rows: TreeRows, from: number, to: number): number;
  /** g and h of some rows for sum k. */
  gradient(arena: TreeArena, rows: TreeRows, from: number, to: number, k: number): void;
}

/** Logits stay within this where a class has no rows. */
const leastShare = 1e-4;
/** As in xgboost: counts grow by no more than e^0.7 a tree before the learning rate. */
const poissonStep = 0.7;

const at = (address: number, index: number, size = 8): number => (address === 0 ? 0 : address + size * index);

/** @throws Refusal lossNotForClasses { loss }, poissonNegative { value } */
export function objectiveOf({ kind, classes, train, plan }: TrainingInput): Objective {
  const loss = String(plan.hyperparameters['loss'] ?? 'auto');
  if (kind === 'classification') {
    if (loss !== 'auto') throw new Refusal('lossNotForClasses', { loss });
    return classes === 2 ? logistic(train) : softmax(train, classes);
  }
  if (loss === 'poisson') return poisson(train);
  const deviation = Math.fround(scaleOf(train).deviation);
  const unit = deviation > 0 && deviation < Infinity ? deviation : 1;
  if (loss === 'quantile' || loss === 'absolute') return quantile(train, unit, loss === 'absolute' ? 0.5 : Number(plan.hyperparameters['quantile_alpha']));
  return loss === 'huber' ? values(2, train, unit, Number(plan.hyperparameters['huber_slope'])) : values(0, train, unit, 0);
}

function logistic(train: Examples): Objective {
  const shares = Array.from(classShares(train, 2), (share) => Math.max(share, leastShare));
  return {
    output: 'sigmoid',
    outputs: 1,
    base: Float64Array.of(Math.fround(log64(shares[1]! / shares[0]!))),
    unit: 1,
    largestStep: Infinity,
    needsProbabilities: false,
    loss: ({ run }, { y, weights, margins, gh }, from, to) => run.logistic(to - from, at(y, from), at(weights, from), at(margins, from), at(gh, from, 16)),
    gradient: () => undefined,
  };
}

function softmax(train: Examples, classes: number): Objective {
  return {
    output: 'softmax',
    outputs: classes,
    base: Float64Array.from(classShares(train, classes), (share) => Math.fround(log64(Math.max(share, leastShare)))),
    unit: 1,
    largestStep: Infinity,
    needsProbabilities: true,
    loss: ({ run }, { y, weights, margins, probabilities }, from, to) =>
      run.softmax(to - from, classes, at(y, from), at(weights, from), at(margins, from * classes), at(probabilities, from * classes)),
    gradient: ({ run }, { y, weights, probabilities, gh }, from, to, k) =>
      run.softmaxClass(to - from, classes, k, at(y, from), at(weights, from), at(probabilities, from * classes), at(gh, from, 16)),
  };
}

function values(kind: 0 | 1 | 2, train: Examples, unit: number, shape: number): Objective {
  return {
    output: 'identity',
    outputs: 1,
    base: Float64Array.of(Math.fround(scaleOf(train).mean)),
    unit,
    largestStep: Infinity,
    needsProbabilities: false,
    loss: ({ run }, { y, weights, margins, gh }, from, to) => run.regression(kind, to - from, at(y, from), at(weights, from), at(margins, from), at(gh, from, 16), unit, shape),
    gradient: () => undefined,
  };
}

function quantile(train: Examples, unit: number, alpha: number): Objective {
  const base = weightedQuantile(Float64Array.from(train.y), train.weights, alpha);
  return { ...values(1, train, unit, alpha), base: Float64Array.of(Math.fround(base)), quantile: alpha };
}

function poisson(train: Examples): Objective {
  const negative = train.y.find((value) => value < 0);
  if (negative !== undefined) throw new Refusal('poissonNegative', { value: negative });
  return {
    output: 'exponential',
    outputs: 1,
    base: Float64Array.of(Math.fround(log64(Math.max(scaleOf(train).mean, 1e-6)))),
    unit: 1,
    largestStep: poissonStep,
    needsProbabilities: false,
    loss: ({ run }, { y, weights, margins, gh }, from, to) => run.poisson(to - from, at(y, from), at(weights, from), at(margins, from), at(gh, from, 16)),
    gradient: () => undefined,
  };
}

/** The least value at or below which at least the share `alpha` of the weight lies. */
export function weightedQuantile(numbers: Float64Array, weights: ArrayLike<number> | undefined, alpha: number): number {
  // Sorting numbers alone is many times faster than sorting them with their weights.
  if (weights === undefined) return numbers.slice().sort()[Math.max(0, Math.ceil(alpha * numbers.length) - 1)] ?? 0;
  const order = Uint32Array.from(numbers, (_, i) => i).sort((a, b) => numbers[a]! - numbers[b]! || a - b);
  let total = 0;
  for (const i of order) total += weights[i]!;
  let sum = 0;
  for (const i of order) {
    sum += weights[i]!;
    if (sum >= alpha * total && weights[i]! > 0) return numbers[i]!;
  }
  return numbers[order.at(-1)!] ?? 0;
}
