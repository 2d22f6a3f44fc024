/** @file What a learner learns: one of the forms of a model, told apart by `form`. */

import type { LayersModel } from './layers';

export type LearntModel = LayersModel;
