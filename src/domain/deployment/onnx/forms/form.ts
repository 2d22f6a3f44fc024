/** @file The contract of a form's ONNX graph: each form of a model is one file here and one line in `registry.ts`. */

import type { LearntModel } from '../../../modelling/forms/learntModel';
import type { GraphBuilder } from '../graph';

export interface OnnxForm<M extends LearntModel = LearntModel> {
  readonly name: M['form'];
  /** Whether it reads the features at all; a constant reads the number of rows only. */
  needsFeatures(model: M): boolean;
  /**
   * Puts the model into the graph.
   * @param features the name of [N, F] float32, or of any graph input [N, 1] where no features are needed.
   * @param classes K, or 0 for values.
   * @returns the name of [N, K] probabilities, [N, 1] the probability of the class with index 1, or [N, 1] values.
   */
  emit(graph: GraphBuilder, model: M, features: string, classes: number): { readonly name: string; readonly width: number };
}
