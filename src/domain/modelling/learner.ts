/**
 * @file The contract of a learner. Each learner is one file in `workers/training/learners/` and one line in its registry,
 * and passes the battery in `tests/contracts/learner.test.ts`.
 */

import type { LearntModel } from './forms/learntModel';
import type { Setting } from '../setting';

/**
 * Where arithmetic runs. `native`: our own kernels, in WebAssembly with SIMD; the default, and the same bits on every machine. `plain`: their
 * twins in TypeScript, for browsers without SIMD. The others are backends of tfjs.
 */
export const engines = ['native', 'plain', 'cpu', 'wasm', 'webgl', 'webgpu'] as const;
export type Engine = (typeof engines)[number];
/** Those that are backends of tfjs. */
export type TfjsEngine = Exclude<Engine, 'native' | 'plain'>;

/** A learner with its hyper-parameters, seed and engine: everything that decides what is learnt. Part of the step key. */
export interface Plan {
  readonly learner: string;
  readonly hyperparameters: Readonly<Record<string, number | string | boolean>>;
  /** A whole number from 1 on. */
  readonly seed: number;
  readonly engine: Engine;
}

/** What a column of the feature matrix is. */
export interface FeatureMeaning {
  readonly name: string;
  /** The column of the data that it comes from. */
  readonly column: string;
  /** Number of categories whose codes, 0 to n − 1, it holds; 0 for a number. */
  readonly categories: number;
}

/** A feature matrix with what it should predict. */
export interface Examples {
  readonly rows: number;
  readonly features: number;
  /** rows × features, row-major. NaN is missing (or an unknown category) and only there for learners that take it. */
  readonly x: Float32Array;
  /** Class index (classification) or value (regression), one a row. */
  readonly y: Float64Array;
  /** One a row; absent means 1 each. Class weights are already multiplied in. */
  readonly weights?: Float64Array;
}

export interface TrainingInput {
  readonly kind: 'classification' | 'regression';
  /** Number of classes; 0 for regression. */
  readonly classes: number;
  readonly train: Examples;
  /** For early stopping and the validation curve; the test rows never come here. */
  readonly validation: Examples;
  readonly plan: Plan;
  /** One a feature; absent means numbers without a name. */
  readonly meanings?: readonly FeatureMeaning[];
  /** Bytes that an earlier call handed to `hooks.checkpoint`, to go on from there. */
  readonly checkpoint?: Uint8Array;
}

/** One point of the learning curve. `loss` is log-loss, half the mean squared error of the scaled target, or the loss of the scaled target that the plan names. */
export interface EpochReport {
  readonly epoch: number;
  readonly epochs: number;
  readonly trainLoss: number;
  readonly validationLoss: number;
}

export interface TrainingHooks {
  onEpoch(report: EpochReport): void;
  /** True once the user pressed stop: end soon, exactly as under a plan whose limit is the last full epoch; refuse (`stoppedTooEarly`) before the first. */
  stopped(): boolean;
  /** Lets waiting messages be handled. Await it at least every 50 ms. */
  breathe(): Promise<void>;
  /** True when a checkpoint is due (at most one a second, at least every 30 s, and when the page hides). */
  checkpointDue(): boolean;
  checkpoint(state: Uint8Array): Promise<void>;
}

/** Expected endings are values; only bugs are thrown. */
export type TrainingOutcome =
  | { readonly kind: 'trained' | 'stopped'; readonly model: LearntModel; readonly curve: readonly EpochReport[]; readonly backend: string }
  | { readonly kind: 'diverged'; readonly epoch: number };

export interface Learner {
  /** `baseline`, `linear`, `dense`: a word of the plan, of the command and of the card. */
  readonly name: string;
  readonly kinds: readonly ('classification' | 'regression')[];
  readonly engines: readonly Engine[];
  readonly hyperparameters: readonly Setting[];
  /** It takes NaN for what is missing. */
  readonly takesMissing: boolean;
  /** It takes categories as codes (`FeatureMeaning.categories`). */
  readonly takesCategories: boolean;
  train(input: TrainingInput, hooks: TrainingHooks): Promise<TrainingOutcome>;
  /** n × K probabilities (K = 2: both columns) or n values, row-major, computed on `engine`. */
  predict(model: LearntModel, classes: number, x: Float32Array, rows: number, engine: Engine): Promise<Float64Array>;
}
