/** @file The forward pass of any learnt model in plain float64: single live predictions, and the reference of the engines. */

import { formOf } from './forms/registry';
import type { LearntModel } from './forms/learntModel';

/**
 * n × K probabilities (K = 2: both columns) or n values, row-major.
 * @param classes K, or 0 for regression.
 * @param x rows × features, row-major.
 * @throws RangeError when the features are not as many as the model takes
 */
export const forward = (model: LearntModel, classes: number, x: Float32Array, rows: number): Float64Array => formOf(model).forward(model, classes, x, rows);
