/** @file One metric of a set of rows with its interval. */

import { estimatesOf } from './estimates';
import type { Estimate, Metric, ScoredRows } from './metric';
import type { Resampling } from './resampling';

/** The same figures as `estimatesOf` gives for this metric among others: the resamples depend on the rows and the seed alone. */
export const estimateOf = (metric: Metric, rows: ScoredRows, resampling: Resampling): Estimate => estimatesOf([metric], rows, resampling)[0]!.estimate;
