import { describe, expect, it } from 'vitest';
import { predictionDrift, type Predictions } from '../../../../src/domain/monitoring/predictionDrift';
import { seeded } from '../../../../src/domain/random';

function classified(seed: number, n: number, mean: number): Predictions {
  const random = seeded(seed);
  const probabilities = new Float64Array(2 * n);
  const predicted = new Int32Array(n);
  for (let i = 0; i < n; i++) {
    const p = Math.min(1, Math.max(0, mean + 0.2 * random.normal()));
    probabilities[2 * i] = 1 - p;
    probabilities[2 * i + 1] = p;
    predicted[i] = p >= 0.5 ? 1 : 0;
  }
  return { kind: 'classification', classes: ['no', 'yes'], positive: 1, predicted, probabilities };
}
const valued = (...values: number[]): Predictions => ({ kind: 'regression', predicted: Float64Array.from(values) });

describe('predictionDrift', () => {
  it('sees predicted classes and the mean probability of the positive class move', () => {
    const drift = predictionDrift(classified(1, 2000, 0.3), classified(2, 500, 0.45), { seed: 1 });
    expect(drift.output).toMatchObject({ name: 'prediction', test: 'chi2', n: 2000, m: 500 });
    expect(drift.drifted).toBe(true);
    const { reference, current, difference, of } = drift.mean!;
    expect(of).toBe('probability');
    expect(reference.high!).toBeLessThan(current.low!);
    expect(difference.value).toBeCloseTo(current.value! - reference.value!, 14);
    expect(difference.low!).toBeGreaterThan(0.1);
    expect(predictionDrift(classified(1, 2000, 0.3), classified(3, 500, 0.3), { seed: 1 }).drifted).toBe(false);
  });

  it('gives Student and Welch intervals: scipy ttest_1samp and ttest_ind(equal_var=False), 1.17.1', () => {
    // 1 2 3 4 5: 3 ± 2.776445·√(2.5/5). 2 4 9: 5 ± 4.302653·√(13/3). Welch: df 2.471712, difference 2 ± 7.923548.
    const { mean } = predictionDrift(valued(1, 2, 3, 4, 5), valued(2, 4, 9), { seed: 1 });
    expect(mean!.of).toBe('value');
    expect(mean!.reference.low).toBeCloseTo(1.036757, 6);
    expect(mean!.reference.high).toBeCloseTo(4.963243, 6);
    expect(mean!.current.low).toBeCloseTo(-3.956686, 6);
    expect(mean!.difference.low).toBeCloseTo(-5.923548, 5);
    expect(mean!.difference.high).toBeCloseTo(9.923548, 5);
  });

  it('covers the true difference about 95 times in 100', () => {
    const random = seeded(6);
    let covered = 0;
    for (let i = 0; i < 200; i++) {
      const sample = (n: number, mean: number, sd: number): Predictions => valued(...Array.from({ length: n }, () => mean + sd * random.normal()));
      const { difference } = predictionDrift(sample(12, 0, 1), sample(20, 1, 3), { seed: 1 }).mean!;
      if (difference.low! <= 1 && 1 <= difference.high!) covered++;
    }
    console.log(`Welch interval covers ${covered} of 200`);
    // Three standard errors of .95 over 200: .046.
    expect(covered / 200).toBeGreaterThan(0.9);
  });

  it('has no mean for three classes and no interval for one row', () => {
    const three: Predictions = {
      kind: 'classification',
      classes: ['a', 'b', 'c'],
      positive: null,
      predicted: Int32Array.of(0, 1, 2),
      probabilities: new Float64Array(9).fill(1 / 3),
    };
    expect(predictionDrift(three, three, { seed: 1 })).toMatchObject({ mean: null, drifted: false });
    expect(predictionDrift(valued(1, 2), valued(3), { seed: 1 }).mean!.current).toMatchObject({ value: 3, low: null, high: null, n: 1 });
    expect(predictionDrift(valued(1, 2), valued(3), { seed: 1 }).mean!.difference).toMatchObject({ value: 1.5, low: null, high: null });
  });

  it('keeps intervals of probabilities within 0 and 1', () => {
    const sure: Predictions = {
      kind: 'classification',
      classes: ['no', 'yes'],
      positive: 1,
      predicted: Int32Array.of(1, 1, 0),
      probabilities: Float64Array.of(0, 1, 0.01, 0.99, 0.6, 0.4),
    };
    const { reference } = predictionDrift(sure, sure, { seed: 1 }).mean!;
    expect(reference.high).toBe(1);
    expect(reference.low).toBe(0);
  });

  it('is a bug to compare different tasks or classes', () => {
    expect(() => predictionDrift(valued(1), classified(1, 2, 0.5), { seed: 1 })).toThrow(TypeError);
    const other: Predictions = {
      kind: 'classification',
      classes: ['yes', 'no'],
      positive: 0,
      predicted: Int32Array.of(0),
      probabilities: Float64Array.of(1, 0),
    };
    expect(() => predictionDrift(other, classified(1, 2, 0.5), { seed: 1 })).toThrow(TypeError);
  });
});
