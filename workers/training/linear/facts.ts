/** @file How a model says its standard errors, or why it has none; read again by `coefficientsOf`. */

import type { Json } from '../../../src/domain/canonical';
import type { CoefficientTable, WithoutErrors } from '../../../src/domain/modelling/coefficients';
import type { LearntModel } from '../../../src/domain/modelling/forms/learntModel';

export const inferenceFacts = (inference: CoefficientTable | WithoutErrors): LearntModel['facts'] =>
  typeof inference === 'string' ? { withoutErrors: inference } : { coefficients: inference as unknown as Json };
