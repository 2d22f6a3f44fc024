import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { confusion } from '../../../../src/domain/modelling/confusion';
import { metricNamed } from '../../../../src/domain/modelling/metrics/registry';
import { bestThreshold, decide, thresholdGrid, thresholdOutcomes } from '../../../../src/domain/modelling/threshold';
import { metricValue } from '../../../../src/domain/modelling/scoredRows';
import { binaryRows, plantedBinary } from './scored';

describe('thresholdOutcomes', () => {
  it('equals deciding anew at every threshold', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 0, max: 20 }), (seed, step) => {
        const threshold = step / 20;
        const rows = plantedBinary(40, seed);
        if (rows.shape === 'regression') return;
        const decided = { ...rows, predicted: decide(rows.probabilities, 2, 1, threshold) };
        const costs = { truePositive: -5, falsePositive: 2, falseNegative: 7, trueNegative: 0.5 };
        const [outcome] = thresholdOutcomes(rows, costs, [threshold]);
        const [trueNegatives, falsePositives, falseNegatives, truePositives] = confusion(decided).cells;
        expect(outcome).toMatchObject({ trueNegatives, falsePositives, falseNegatives, truePositives });
        for (const name of ['precision', 'recall', 'f1'] as const) expect(outcome![name]).toBe(metricValue(metricNamed(name)!, decided));
        expect(outcome!.cost).toBeCloseTo(-5 * truePositives! + 2 * falsePositives! + 7 * falseNegatives! + 0.5 * trueNegatives!, 9);
      }),
    );
  });

  it('a higher threshold never calls more rows positive', () => {
    const called = thresholdOutcomes(plantedBinary(300, 2)).map((o) => o.truePositives + o.falsePositives);
    expect(called).toHaveLength(thresholdGrid.length);
    expect(called).toEqual([...called].sort((a, b) => b - a));
  });
});

describe('bestThreshold', () => {
  const rows = binaryRows([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]);
  it('is the cheapest, or the one of highest F1', () => {
    const missesDear = thresholdOutcomes(rows, { truePositive: 0, falsePositive: 1, falseNegative: 10, trueNegative: 0 });
    // From 0.11 to 0.35 both positives are found and one negative is called; 0.35 is nearest to one half.
    expect(bestThreshold(missesDear, 'cost')).toMatchObject({ threshold: 0.35, falsePositives: 1, falseNegatives: 0 });
    const alarmsDear = thresholdOutcomes(rows, { truePositive: 0, falsePositive: 10, falseNegative: 1, trueNegative: 0 });
    expect(bestThreshold(alarmsDear, 'cost')).toMatchObject({ threshold: 0.5, falsePositives: 0, falseNegatives: 1 });
    expect(bestThreshold(alarmsDear, 'f1')).toMatchObject({ threshold: 0.35, f1: 0.8 });
  });

  it('prefers the lower of two equally far from one half', () => {
    const same = thresholdOutcomes(binaryRows([0, 1], [0.1, 0.9]), undefined, [0.7, 0.3]);
    expect(bestThreshold(same, 'cost')!.threshold).toBe(0.3);
  });

  it('does not exist where F1 never does', () => {
    expect(bestThreshold(thresholdOutcomes(binaryRows([0, 0], [0.001, 0.002])), 'f1')).toBeNull();
    expect(bestThreshold([], 'cost')).toBeNull();
  });
});

describe('decide', () => {
  it('is positive from the threshold on', () => {
    expect([...decide(Float64Array.of(0.7, 0.3, 0.2, 0.8, 0.5, 0.5), 2, 1, 0.3)]).toEqual([1, 1, 1]);
    expect([...decide(Float64Array.of(0.7, 0.3, 0.2, 0.8, 0.5, 0.5), 2, 0, 0.5)]).toEqual([0, 1, 0]);
  });

  it('takes the most probable class otherwise, ties to the lower index', () => {
    expect([...decide(Float64Array.of(0.5, 0.5, 0.4, 0.6), 2, 1, null)]).toEqual([0, 1]);
    expect([...decide(Float64Array.of(0.2, 0.4, 0.4, 0.3, 0.3, 0.4), 3, null, 0.9)]).toEqual([1, 2]);
  });
});
