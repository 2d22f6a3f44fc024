import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { metricNamed } from '../../../../src/domain/modelling/metrics/registry';
import { rocCurve, thinnedRoc, type RocCurve } from '../../../../src/domain/modelling/roc';
import { metricValue } from '../../../../src/domain/modelling/scoredRows';
import { binaryRows, plantedBinary } from './scored';

function area({ falsePositiveRate: x, truePositiveRate: y }: RocCurve): number {
  let sum = 0;
  for (let i = 1; i < x.length; i++) sum += ((x[i]! - x[i - 1]!) * (y[i]! + y[i - 1]!)) / 2;
  return sum;
}

describe('rocCurve', () => {
  it('runs from (0, 0) to (1, 1), never falls, and its trapezoids are the AUC', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 1 }), fc.integer({ min: 0, max: 10 })), { minLength: 2, maxLength: 50 }), (drawn) => {
        const rows = binaryRows(
          drawn.map(([truth]) => truth),
          drawn.map(([, score]) => score / 10),
        );
        const curve = rocCurve(rows);
        const auc = metricValue(metricNamed('roc_auc')!, rows);
        if (curve === null) {
          expect(auc).toBeNull();
          return;
        }
        expect([curve.falsePositiveRate[0], curve.truePositiveRate[0], curve.thresholds[0]]).toEqual([0, 0, Infinity]);
        expect([curve.falsePositiveRate.at(-1), curve.truePositiveRate.at(-1)]).toEqual([1, 1]);
        for (let i = 1; i < curve.thresholds.length; i++) {
          expect(curve.thresholds[i]!).toBeLessThan(curve.thresholds[i - 1]!);
          expect(curve.truePositiveRate[i]!).toBeGreaterThanOrEqual(curve.truePositiveRate[i - 1]!);
        }
        expect(area(curve)).toBeCloseTo(auc!, 12);
      }),
    );
  });

  it('thinned to at most 400 points keeps the ends and, within 0.001, the area', () => {
    const curve = rocCurve(plantedBinary(20_000, 3))!;
    const thin = thinnedRoc(curve);
    expect(thin.thresholds.length).toBeLessThanOrEqual(400);
    expect(thin.thresholds.length).toBeGreaterThan(300);
    expect([thin.thresholds[0], thin.falsePositiveRate.at(-1), thin.truePositiveRate.at(-1)]).toEqual([Infinity, 1, 1]);
    expect(Math.abs(area(thin) - area(curve))).toBeLessThan(0.001);
  });

  it('does not exist for one class', () => {
    expect(rocCurve(binaryRows([1, 1], [0.2, 0.4]))).toBeNull();
    expect(rocCurve(binaryRows([], []))).toBeNull();
  });
});
