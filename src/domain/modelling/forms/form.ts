/**
 * @file The contract of a model's form: what kind of thing a learner learnt, as plain data. Each form is one file here and one line in
 * `registry.ts`, with its ONNX graph in `src/domain/deployment/onnx/forms/`. Several learners may share a form.
 */

import type { Json } from '../../canonical';
import type { LearntModel } from './learntModel';

/** Arrays that a model may hold. They are stored one after another, little-endian, each at a multiple of 8 bytes. */
export type NumberArray = Float32Array | Float64Array | Int32Array | Uint32Array | Uint16Array | Uint8Array;

/** A named array with its shape, for files that hold tensors. */
export interface Tensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: NumberArray;
}

/** What every model has, whatever its form. */
export interface ModelBase {
  /** Facts worth showing: epochs kept, iterations, convergence. No durations, devices or clocks. */
  readonly facts: Readonly<Record<string, Json>>;
}

export interface ModelForm<M extends LearntModel = LearntModel> {
  readonly name: M['form'];
  /** The model holds rows it was trained on, so that whoever has the file has those rows: exporting asks first. */
  readonly containsRows?: true;
  /** The two halves of a model as it is stored: JSON for what is named, arrays for what is many. `made` puts them together again. */
  taken(model: M): { readonly structure: Json; readonly arrays: readonly NumberArray[] };
  /** @throws RangeError when the arrays do not fit the structure */
  made(structure: Json, arrays: readonly NumberArray[], facts: ModelBase['facts']): M;
  /**
   * n × K probabilities (K = 2: both columns) or n values, row-major, in float64 on this thread: single live predictions, and the reference
   * of the engines. @param classes K, or 0 for values. @param x rows × features, row-major; NaN where the learner takes what is missing.
   */
  forward(model: M, classes: number, x: Float32Array, rows: number): Float64Array;
  /** Number of learnt numbers. */
  parameters(structure: Json): number;
  /** Its arrays by name, for safetensors. */
  tensors(model: M): readonly Tensor[];
}
