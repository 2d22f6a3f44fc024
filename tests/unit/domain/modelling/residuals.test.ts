import { describe, expect, it } from 'vitest';
import { residualPoints, residualsOf, residualSummary } from '../../../../src/domain/modelling/residuals';
import { plantedRegression } from './scored';

describe('residuals', () => {
  it('are truth minus prediction', () => {
    expect([...residualsOf({ shape: 'regression', truth: Float64Array.of(3, 1), predicted: Float64Array.of(1, 2) })]).toEqual([2, -1]);
  });

  it('every residual is in one bin of the histogram, and the summary is of the planted noise', () => {
    const summary = residualSummary(plantedRegression(10_000, 4, 0.5));
    expect(summary.histogram.counts.reduce((sum, one) => sum + one, 0)).toBe(10_000);
    expect(summary.histogram.edges.length).toBe(31);
    expect([summary.histogram.edges[0], summary.histogram.edges.at(-1)]).toEqual([summary.quantiles[0]!.value, summary.quantiles.at(-1)!.value]);
    expect(Math.abs(summary.mean!)).toBeLessThan(4 * (0.5 / 100));
    expect(Math.abs(summary.deviation! - 0.5)).toBeLessThan(4 * (0.5 / Math.sqrt(20_000)));
  });

  it('all alike give one bin, none give nothing', () => {
    const same = residualSummary({ shape: 'regression', truth: Float64Array.of(1, 2), predicted: Float64Array.of(1, 2) });
    expect(same).toMatchObject({ n: 2, mean: 0, deviation: 0, histogram: { edges: Float64Array.of(0, 0), counts: Uint32Array.of(2) } });
    expect(residualSummary(plantedRegression(0, 1))).toMatchObject({ n: 0, mean: null, deviation: null, quantiles: [] });
    expect(residualSummary(plantedRegression(1, 1)).deviation).toBeNull();
  });

  it('points are all rows, or a seeded sample without repeats', () => {
    const rows = plantedRegression(100, 2);
    expect(residualPoints(rows, 100, 1).rows.length).toBe(100);
    const sample = residualPoints(rows, 30, 1);
    expect(new Set(sample.rows).size).toBe(30);
    expect(sample).toEqual(residualPoints(rows, 30, 1));
    expect(sample.rows).not.toEqual(residualPoints(rows, 30, 2).rows);
    const residuals = residualsOf(rows);
    sample.rows.forEach((row, i) => expect(sample.residuals[i]).toBe(residuals[row]));
  });
});
