/** @file The graph of each form of a model. */

import type { LearntModel } from '../../../modelling/forms/learntModel';
import type { OnnxForm } from './form';
import { additiveOnnx } from './additive';
import { layersOnnx } from './layers';
import { treesOnnx } from './trees';
import { naiveBayesOnnx } from './naiveBayes';
import { neighboursOnnx } from './neighbours';

const forms = [layersOnnx, additiveOnnx, naiveBayesOnnx, neighboursOnnx, treesOnnx] as unknown as readonly OnnxForm[];

export function onnxFormOf(model: LearntModel): OnnxForm {
  const form = forms.find((one) => one.name === model.form);
  if (form === undefined) throw new RangeError(`the form ${model.form} has no graph`);
  return form;
}
