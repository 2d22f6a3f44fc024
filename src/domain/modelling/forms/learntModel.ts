/** @file What a learner learns: one of the forms of a model, told apart by `form`. */

import type { AdditiveModel } from './additive';
import type { LayersModel } from './layers';
import type { TreesModel } from './trees';
import type { NaiveBayesModel } from './naiveBayes';
import type { NeighboursModel } from './neighbours';

export type LearntModel = LayersModel | AdditiveModel | NaiveBayesModel | NeighboursModel | TreesModel;

/** The model as the form that a learner learns. @throws TypeError for another form, which is a bug of the caller */
export function ofForm<F extends LearntModel['form']>(model: LearntModel, form: F): Extract<LearntModel, { readonly form: F }> {
  if (model.form !== form) throw new TypeError(`a model of the form ${form} was expected, not ${model.form}`);
  return model as Extract<LearntModel, { readonly form: F }>;
}
