/**
 * @file What a training will cost, before it begins: time on each engine, and memory. A model of costs, not a measurement: its rates start from
 * figures of one machine and are put right by what trainings on this device took.
 */

import type { Engine } from './learner';

/** How large the work is. Validation rows are predicted, not learnt from. */
export interface TrainingSize {
  readonly rows: number;
  readonly validationRows: number;
  readonly features: number;
  /** Classes, or 0 for values. */
  readonly classes: number;
}

export interface Cost {
  /** What the time grows with: multiplications with an addition, updates of a histogram. */
  readonly operations: number;
  /** Steps of an optimiser, each of which costs something by itself; 0 where there are none. */
  readonly steps: number;
  /** The most memory that is in use at a time, beside the data themselves. */
  readonly bytes: number;
}

export interface EngineRate {
  readonly operationsPerSecond: number;
  readonly secondsPerStep: number;
}

/**
 * Rates to begin with, for dense nets. Those of `native` to `wasm` are rounded from the bench (README) on one core of a server. Those of the graphics
 * engines are hopes for a real adapter, so that one is tried where it might win; what counts is what the probe then measures.
 */
export const firstRates: Readonly<Record<Engine, EngineRate>> = {
  native: { operationsPerSecond: 12e9, secondsPerStep: 4e-6 },
  plain: { operationsPerSecond: 0.9e9, secondsPerStep: 10e-6 },
  cpu: { operationsPerSecond: 0.35e9, secondsPerStep: 1.2e-3 },
  wasm: { operationsPerSecond: 6e9, secondsPerStep: 0.6e-3 },
  webgl: { operationsPerSecond: 100e9, secondsPerStep: 2e-3 },
  webgpu: { operationsPerSecond: 500e9, secondsPerStep: 1.5e-3 },
};

export const predictedSeconds = ({ operations, steps }: Pick<Cost, 'operations' | 'steps'>, rate: EngineRate): number =>
  operations / rate.operationsPerSecond + steps * rate.secondsPerStep;

/** An engine is worth starting when it is predicted to take at most this many times as long as the best: the rates may be that wrong. */
const doubt = 2;

/** The engines that may turn out to be the fastest, most promising first. @param engines at least one */
export function engineChances(cost: Cost, engines: readonly Engine[], rates: Readonly<Record<Engine, EngineRate>> = firstRates): Engine[] {
  const predicted = engines.map((engine) => ({ engine, seconds: predictedSeconds(cost, rates[engine]) })).sort((a, b) => a.seconds - b.seconds);
  return predicted.filter(({ seconds }) => seconds <= doubt * predicted[0]!.seconds).map(({ engine }) => engine);
}

/** Longest time that a probe may take, in seconds: 1, or 5 % of the training. */
export const probeBudget = (predicted: number): number => Math.max(1, 0.05 * predicted);

const megabyte = 2 ** 20;
/** A kernel's memory ends at 4 GiB; a tab of an ordinary browser earlier. */
const kernelLimit = 4096 * megabyte;

/**
 * Whether the work fits: `tight` above a quarter of the device's memory.
 * @param bytes of the training, with its data
 * @param deviceGigabytes what the browser tells of the device, 8 where it tells nothing; browsers tell 8 at most
 */
export function memoryVerdict(bytes: number, deviceGigabytes: number): 'fits' | 'tight' | 'tooLarge' {
  if (bytes > Math.min(kernelLimit, deviceGigabytes * 1024 * megabyte)) return 'tooLarge';
  return bytes > deviceGigabytes * 256 * megabyte ? 'tight' : 'fits';
}

/** Bytes of the feature matrices in float32, with the targets. */
export const dataBytes = ({ rows, validationRows, features }: TrainingSize): number => (rows + validationRows) * (4 * features + 8);

/** Learnt numbers of a stack of dense layers. */
export function parametersOf(widths: readonly number[]): number {
  let count = 0;
  for (let l = 0; l + 1 < widths.length; l++) count += (widths[l]! + 1) * widths[l + 1]!;
  return count;
}
