import { describe, expect, it } from 'vitest';
import { classCounts, valueSummary } from '../../../../src/domain/modelling/predictionSummary';

describe('what predictions come to', () => {
  it('counts each class, those never decided too', () => {
    expect(classCounts(Int32Array.of(0, 2, 2, 0, 2), 4)).toEqual([2, 0, 3, 0]);
  });

  it('gives the mean and the range of values, and nothing for none', () => {
    expect(valueSummary(Float64Array.of(3, -1, 4))).toEqual({ mean: 2, low: -1, high: 4 });
    expect(valueSummary(new Float64Array(0))).toBeNull();
  });
});
