/** @file The table of coefficients with standard errors that a linear model may have among its facts, and the reasons why it may have none. */

import type { LearntModel } from './forms/learntModel';

/**
 * Why there are none. `penalised`: the coefficients are drawn towards 0 on purpose; `weighted`: weights are no counts of rows; `separated`: the
 * classes can be told apart without an error, and there is no minimum; `singular`: columns are combinations of others (all dummies of a column, say)
 * or hardly bear on the answer; `notConverged`: the iterations ended before the minimum; `tooFewRows`: no more rows than coefficients; `tooMany`:
 * more coefficients than the table takes.
 */
export const reasonsWithoutErrors = ['penalised', 'weighted', 'separated', 'singular', 'notConverged', 'tooFewRows', 'tooMany'] as const;
export type WithoutErrors = (typeof reasonsWithoutErrors)[number];

/** Each list holds the features in their order, then the intercept; six digits are kept. `value` is estimate / error, `p` its two-sided tail. */
export interface Coefficients {
  readonly estimate: readonly number[];
  readonly error: readonly number[];
  readonly value: readonly number[];
  readonly p: readonly number[];
}

export type CoefficientTable =
  /** Least squares: Student's t. */
  | ({ readonly statistic: 't'; readonly freedom: number } & Coefficients)
  /** Maximum likelihood: the normal. One entry for each class from the second on, against the first. */
  | { readonly statistic: 'z'; readonly classes: readonly Coefficients[] };

/** What a model's facts say of standard errors; undefined for models that are not linear. */
export function coefficientsOf({ facts }: Pick<LearntModel, 'facts'>): CoefficientTable | WithoutErrors | undefined {
  return (facts['coefficients'] as unknown as CoefficientTable | undefined) ?? (facts['withoutErrors'] as WithoutErrors | undefined);
}
