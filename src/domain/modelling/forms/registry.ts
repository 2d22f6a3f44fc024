/** @file The forms that a learnt model may have. A new one is one file, one line here, one in `learntModel.ts` and one in `deployment/onnx/forms/registry.ts`. */

import { additiveForm } from './additive';
import type { ModelForm } from './form';
import { layersForm } from './layers';
import type { LearntModel } from './learntModel';
import { treesForm } from './trees';
import { naiveBayesForm } from './naiveBayes';
import { neighboursForm } from './neighbours';

// Each form takes its own kind of model only; which one a model needs is told by its name.
export const modelForms = [layersForm, additiveForm, naiveBayesForm, neighboursForm, treesForm] as unknown as readonly ModelForm[];

/** @throws RangeError for a form that does not exist, such as one of a later version */
export function formNamed(name: string): ModelForm {
  const form = modelForms.find((one) => one.name === name);
  if (form === undefined) throw new RangeError(`there is no form of a model called ${name}`);
  return form;
}

export const formOf = (model: Pick<LearntModel, 'form'>): ModelForm => formNamed(model.form);
