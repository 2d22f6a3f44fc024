import { describe, expect, it } from 'vitest';
import { metricNamed } from '../../../../src/domain/modelling/metrics/registry';
import { precisionRecallCurve, thinnedPrecisionRecall } from '../../../../src/domain/modelling/precisionRecall';
import { metricValue } from '../../../../src/domain/modelling/scoredRows';
import { binaryRows, plantedBinary } from './scored';

describe('precisionRecallCurve', () => {
  it('has recall 1 at the lowest threshold and ends at (recall 0, precision 1)', () => {
    const curve = precisionRecallCurve(binaryRows([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]))!;
    expect([...curve.thresholds]).toEqual([0.1, 0.35, 0.4, 0.8, Infinity]);
    expect([...curve.recall]).toEqual([1, 1, 0.5, 0.5, 0]);
    expect([...curve.precision]).toEqual([0.5, 2 / 3, 0.5, 1, 1]);
  });

  it('its steps sum to the average precision', () => {
    for (const seed of [1, 2, 3]) {
      const rows = plantedBinary(200, seed, 1, 0.2);
      const { precision, recall } = precisionRecallCurve(rows)!;
      let sum = 0;
      for (let i = 0; i + 1 < recall.length; i++) sum += (recall[i]! - recall[i + 1]!) * precision[i]!;
      expect(sum).toBeCloseTo(metricValue(metricNamed('average_precision')!, rows)!, 12);
    }
  });

  it('thinned keeps the ends, the highest precision at full recall, and at most 400 points', () => {
    const curve = precisionRecallCurve(plantedBinary(20_000, 4))!;
    const thin = thinnedPrecisionRecall(curve);
    expect(thin.thresholds.length).toBeLessThanOrEqual(400);
    expect(thin.thresholds.length).toBeGreaterThan(300);
    const atFullRecall = ({ recall, precision }: typeof curve): number => Math.max(...precision.filter((_, i) => recall[i] === 1));
    expect(atFullRecall(thin)).toBe(atFullRecall(curve));
    expect([thin.thresholds[0], thin.thresholds.at(-1)]).toEqual([curve.thresholds[0], Infinity]);
  });

  it('does not exist without positives', () => {
    expect(precisionRecallCurve(binaryRows([0, 0], [0.2, 0.4]))).toBeNull();
  });
});
