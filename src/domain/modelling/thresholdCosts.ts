/** @file The outcomes of a report priced anew: what each threshold costs when a false alarm and a miss cost what the user says. */

import type { CellCosts, ThresholdOutcome } from './threshold';

/** The same outcomes with Σ cells × costs. */
export const priced = (outcomes: readonly ThresholdOutcome[], costs: CellCosts): ThresholdOutcome[] =>
  outcomes.map((outcome) => ({
    ...outcome,
    cost:
      outcome.truePositives * costs.truePositive +
      outcome.falsePositives * costs.falsePositive +
      outcome.falseNegatives * costs.falseNegative +
      outcome.trueNegatives * costs.trueNegative,
  }));

/** The outcome whose threshold is nearest; of two as near the lower. Undefined without outcomes. */
export function outcomeAt(outcomes: readonly ThresholdOutcome[], threshold: number): ThresholdOutcome | undefined {
  let nearest: ThresholdOutcome | undefined;
  for (const outcome of outcomes)
    if (nearest === undefined || Math.abs(outcome.threshold - threshold) < Math.abs(nearest.threshold - threshold)) nearest = outcome;
  return nearest;
}
