import { describe, expect, it } from 'vitest';
import { metricMove } from '../../../../src/ui/monitoring/metricMove';

const estimate = (value: number | null, low: number | null = null, high: number | null = null) => ({ value, low, high, n: 100, method: '' });

describe('metricMove', () => {
  it('is within the interval where the value before lies in it, ends included', () => {
    expect(metricMove(estimate(0.75), estimate(0.5, 0.25, 0.75))).toEqual({ by: -0.25, within: true });
    expect(metricMove(estimate(0.875), estimate(0.5, 0.25, 0.75))).toEqual({ by: -0.375, within: false });
  });
  it('cannot say so without an interval', () => {
    expect(metricMove(estimate(0.75), estimate(0.5))).toEqual({ by: -0.25, within: null });
  });
  it('is nothing where a value is not known', () => {
    expect(metricMove(undefined, estimate(0.5, 0.4, 0.6))).toBeNull();
    expect(metricMove(estimate(null), estimate(0.5))).toBeNull();
    expect(metricMove(estimate(0.5), estimate(null))).toBeNull();
  });
});
