/** @file A long curve is thinned, gaps are left out, and the kept point survives. */
import { describe, expect, it } from 'vitest';
import { curveSeries, mostCurvePoints } from '../../../../src/ui/charts/curve';

describe('curveSeries', () => {
  it('keeps the marked point however much is thinned away', () => {
    const n = 100_000;
    const x = Float64Array.from({ length: n }, (_, index) => index);
    const series = curveSeries({ name: 'run', x, y: x.map((v) => Math.sin(v)), kept: 54_321 }, 0);
    expect(series.points.length).toBeLessThanOrEqual(mostCurvePoints + 1);
    expect(series.points[series.keptIndex!]!.x).toBe(54_321);
  });

  it('leaves gaps out and keeps intervals beside their points', () => {
    const series = curveSeries({ name: 'run', x: [0, 1, 2], y: [1, Number.NaN, 3], low: [0, 0, 2], high: [2, 2, Number.NaN] }, 1);
    expect(series.points).toEqual([
      { x: 0, y: 1 },
      { x: 2, y: 3 },
    ]);
    expect(series.low).toEqual([0, 2]);
    expect(series.high).toEqual([2, null]);
    expect(series.look.category).toBe(1);
  });
});
