/** @file Rows and trainings that the tests of trees share: numbers with gaps and ties, categories with rare ones, and quiet hooks. */

import type { Engine, Examples, FeatureMeaning, TrainingHooks, TrainingInput, TrainingOutcome } from '../../../../../src/domain/modelling/learner';
import { describedLearner } from '../../../../../src/domain/modelling/learners/registry';
import { completePlan } from '../../../../../src/domain/modelling/plan';
import { seeded } from '../../../../../src/domain/random';
import { learnerNamed } from '../../../../../workers/training/learners/registry';

export type Kind = TrainingInput['kind'];

export const quiet: TrainingHooks = {
  onEpoch: () => undefined,
  stopped: () => false,
  breathe: async () => undefined,
  checkpointDue: () => false,
  checkpoint: async () => undefined,
};

export interface Rows {
  readonly kind: Kind;
  readonly classes: number;
  readonly examples: Examples;
  readonly meanings: readonly FeatureMeaning[];
}

const features = 6;

/**
 * Feature 0 and 1 are numbers, 2 whole numbers with ties, 3 half missing (and missing says something), 4 constant, 5 a category of `categories`
 * with a skewed distribution, or a number where that is 0.
 */
export function oddRows(kind: Kind, classes: number, rows: number, seed: number, categories = 0): Rows {
  const random = seeded(seed);
  const x = new Float32Array(rows * features);
  const y = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    const row = x.subarray(i * features, (i + 1) * features);
    row[0] = random.normal();
    row[1] = 1000 * random.normal();
    row[2] = random.below(7);
    row[3] = random.next() < 0.5 ? NaN : random.normal();
    row[4] = 1;
    row[5] = categories === 0 ? random.normal() : random.next() < 0.05 ? NaN : Math.floor(categories * random.next() ** 2);
    const own = categories === 0 ? row[5]! : row[5]! === row[5]! ? Math.sin(7 * row[5]!) : 0.5;
    const signal = row[0]! + (row[1]! > 300 ? 1 : 0) - 0.4 * row[2]! + (row[3]! === row[3]! ? row[3]! : 1.5) + 2 * own + 0.3 * random.normal();
    y[i] = kind === 'regression' ? Math.max(0, 4 + signal) : Math.min(classes - 1, Math.max(0, Math.floor(signal / 2 + classes / 2)));
  }
  const meanings = Array.from({ length: features }, (_, f): FeatureMeaning => ({ name: `f${f}`, column: `column ${f}`, categories: f === 5 ? categories : 0 }));
  return { kind, classes, examples: { rows, features, x, y }, meanings };
}

export const noRows = (width = features): Examples => ({ rows: 0, features: width, x: new Float32Array(0), y: new Float64Array(0) });

/** Settings that a learner does not have are left out. */
export function planFor(learner: string, given: Record<string, number | string | boolean>, engine: Engine = 'native', seed = 3): TrainingInput['plan'] {
  const { hyperparameters, check } = describedLearner(learner)!;
  const own = Object.fromEntries(Object.entries(given).filter(([name]) => hyperparameters.some((one) => one.name === name)));
  return completePlan(learner, own, seed, engine, hyperparameters, check);
}

export type Learnt = Extract<TrainingOutcome, { kind: 'trained' | 'stopped' }>;

export async function learnt(learner: string, { kind, classes, examples, meanings }: Rows, given: Record<string, number | string | boolean> = {}, engine: Engine = 'native', validation: Examples = noRows(examples.features), hooks: TrainingHooks = quiet): Promise<Learnt> {
  const outcome = await learnerNamed(learner).train({ kind, classes, train: examples, validation, plan: planFor(learner, given, engine), meanings }, hooks);
  if (outcome.kind === 'diverged') throw new Error(`diverged in epoch ${outcome.epoch}`);
  return outcome;
}
