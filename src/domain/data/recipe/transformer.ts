/**
 * @file The contract of a transformer: one step of a recipe. Each transformer is one file here and one line in
 * `registry.ts`, and passes the laws in `tests/unit/domain/data/recipe/transformer.test.ts`.
 */

import type { Json } from '../../canonical';
import type { GraphBuilder, GraphValue } from '../../deployment/onnx/graph';
import { Refusal } from '../../refusal';
import type { StepValues, ValueKind } from './stepValues';

/** Settings of one step, as the recipe states them. */
export type StepParams = Readonly<Record<string, Json>>;

/**
 * One kind of preprocessing. `fit` sees training rows only, so that nothing can leak. `apply` is the same code while
 * training and while serving, and is row by row: a row's result never depends on other rows.
 */
export interface Transformer<State extends Json = Json> {
  /** A word of the recipe and of the card. */
  readonly name: string;
  /** Raised when `apply` or the state changes its meaning. */
  readonly version: number;
  readonly accepts: readonly ValueKind[];
  /** `inside`: `emit` puts the step into the exported graph. `outside`: callers do it before. `none`: no export. */
  readonly onnx: 'inside' | 'outside' | 'none';
  /** Learns from training values. The state is JSON without NaN. @throws Refusal `recipeBadSetting`. */
  fit(values: StepValues, params: StepParams): State;
  apply(state: State, values: StepValues): StepValues;
  /** The same step as graph nodes, equal to `apply` up to float32 rounding. Present when `onnx` is `inside`. */
  emit?(graph: GraphBuilder, state: State, input: GraphValue): GraphValue;
}

/** A setting that is one of the given words. @throws Refusal `recipeBadSetting` {setting, value}. */
export function choiceOf<T extends string>(params: StepParams, setting: string, choices: readonly T[], fallback: T): T {
  const value = params[setting] ?? fallback;
  const choice = choices.find((candidate) => candidate === value);
  if (choice === undefined) throw badSetting(setting, value);
  return choice;
}

/** A setting that is a number in a closed range. @throws Refusal `recipeBadSetting` {setting, value}. */
export function numberOf(params: StepParams, setting: string, range: readonly [number, number], fallback: number): number {
  const value = params[setting] ?? fallback;
  if (typeof value !== 'number' || !(value >= range[0] && value <= range[1])) throw badSetting(setting, value);
  return value;
}

/** What every reader of settings throws. */
export const badSetting = (setting: string, value: Json): Refusal =>
  new Refusal('recipeBadSetting', { setting, value: typeof value === 'number' ? value : JSON.stringify(value) });

/** The values as the kind a step accepts. Another kind is a bug, since `accepts` was checked before. */
export function ofKind<K extends ValueKind>(values: StepValues, kind: K): Extract<StepValues, { kind: K }> {
  if (values.kind !== kind) throw new TypeError(`a step for ${kind} got ${values.kind}`);
  return values as Extract<StepValues, { kind: K }>;
}

/** The graph value as the kind a step accepts. */
export function graphOfKind<K extends GraphValue['kind']>(value: GraphValue, kind: K): Extract<GraphValue, { kind: K }> {
  if (value.kind !== kind) throw new TypeError(`a graph step for ${kind} got ${value.kind}`);
  return value as Extract<GraphValue, { kind: K }>;
}
