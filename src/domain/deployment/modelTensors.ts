/** @file The layers of a learnt model as named tensors. */

import type { LearntModel, Tensor } from '../modelling/learner';

/** `layers.0.weight` as [inputs, outputs], so that y = x·W + b, and `layers.0.bias` as [outputs], and so on. */
export const modelTensors = (model: LearntModel): Tensor[] =>
  model.layers.flatMap(({ inputs, outputs, weights, bias }, index) => [
    { name: `layers.${index}.weight`, shape: [inputs, outputs], data: weights },
    { name: `layers.${index}.bias`, shape: [outputs], data: bias },
  ]);
