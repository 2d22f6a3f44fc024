/** @file How a model says its standard errors, or why it has none. */

import type { Json } from '../../../src/domain/canonical';
import type { LearntModel } from '../../../src/domain/modelling/forms/learntModel';
import type { WithoutErrors } from './inference';

/** `coefficients` holds the table; without one `withoutErrors` says why. */
export const inferenceFacts = (inference: Json | WithoutErrors): LearntModel['facts'] =>
  typeof inference === 'string' ? { withoutErrors: inference } : { coefficients: inference };
