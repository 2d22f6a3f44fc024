/**
 * @file The contract of a learner. Each learner is one file in `workers/training/learners/` and one line in its registry,
 * and passes the battery in `tests/contracts/learner.test.ts`.
 */

import type { Json } from '../canonical';
import type { Setting } from '../setting';

/** Where arithmetic runs. `cpu` is the default and bit-reproducible. */
export const engines = ['cpu', 'wasm', 'webgl', 'webgpu'] as const;
export type Engine = (typeof engines)[number];

/** A learner with its hyper-parameters, seed and engine: everything that decides what is learnt. Part of the step key. */
export interface Plan {
  readonly learner: string;
  readonly hyperparameters: Readonly<Record<string, number | string | boolean>>;
  /** A whole number from 1 on. */
  readonly seed: number;
  readonly engine: Engine;
}

/** A feature matrix with what it should predict. */
export interface Examples {
  readonly rows: number;
  readonly features: number;
  /** rows × features, row-major. */
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
  /** Bytes that an earlier call handed to `hooks.checkpoint`, to go on from there. */
  readonly checkpoint?: Uint8Array;
}

/** One point of the learning curve. `loss` is log-loss or half the mean squared error of the scaled target. */
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

export interface Tensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/**
 * A learnt model as plain data. All of ours are a stack of dense layers (a baseline has none and only an output),
 * so one form serves prediction, ONNX, tfjs and safetensors.
 */
export interface LearntModel {
  /** In order: input features → … → K logits (1 logit of the class with index 1 when K = 2) or 1 value. */
  readonly layers: readonly LearntLayer[];
  /** Turns the last layer into the answer. `constant`: no layers; `bias` of the single layer is the answer itself. */
  readonly output: 'softmax' | 'sigmoid' | 'identity' | 'constant';
  /** Facts worth showing: epochs kept, iterations, convergence. No durations, devices or clocks. */
  readonly facts: Readonly<Record<string, Json>>;
}

export interface LearntLayer {
  readonly inputs: number;
  readonly outputs: number;
  /** inputs × outputs, row-major, so that y = x·W + b. */
  readonly weights: Float32Array;
  readonly bias: Float32Array;
  readonly activation: 'linear' | 'relu' | 'tanh';
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
  train(input: TrainingInput, hooks: TrainingHooks): Promise<TrainingOutcome>;
  /** n × K probabilities (K = 2: both columns) or n values, row-major, computed on `engine`. */
  predict(model: LearntModel, classes: number, x: Float32Array, rows: number, engine: Engine): Promise<Float64Array>;
}
