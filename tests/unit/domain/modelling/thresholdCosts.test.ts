import { describe, expect, it } from 'vitest';
import type { ScoredRows } from '../../../../src/domain/modelling/metric';
import { errorCosts, thresholdOutcomes } from '../../../../src/domain/modelling/threshold';
import { outcomeAt, priced } from '../../../../src/domain/modelling/thresholdCosts';

const rows: ScoredRows = {
  shape: 'binary',
  classes: 2,
  positive: 1,
  truth: Int32Array.of(1, 1, 0, 0),
  predicted: Int32Array.of(1, 0, 1, 0),
  probabilities: Float64Array.of(0.1, 0.9, 0.7, 0.3, 0.4, 0.6, 0.8, 0.2),
};

describe('outcomes priced anew', () => {
  it('cost what they would have cost had the report been made with these costs', () => {
    const costs = { truePositive: -2, falsePositive: 3, falseNegative: 5, trueNegative: 0 };
    expect(priced(thresholdOutcomes(rows), costs)).toEqual(thresholdOutcomes(rows, costs));
  });

  it('change nothing at the costs they were made with', () => {
    expect(priced(thresholdOutcomes(rows), errorCosts)).toEqual(thresholdOutcomes(rows));
  });
});

describe('the outcome at a threshold', () => {
  it('is the nearest of the grid', () => {
    expect(outcomeAt(thresholdOutcomes(rows), 0.503)?.threshold).toBe(0.5);
  });

  it('is none where there are no outcomes', () => {
    expect(outcomeAt([], 0.5)).toBeUndefined();
  });
});
