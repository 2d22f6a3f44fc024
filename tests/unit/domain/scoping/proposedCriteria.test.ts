import { describe, expect, it } from 'vitest';
import { metricNamed } from '../../../../src/domain/modelling/metrics/registry';
import { proposedCriteria } from '../../../../src/domain/scoping/proposedCriteria';

const report = (values: Readonly<Record<string, number>>): Parameters<typeof proposedCriteria>[1] => ({
  metrics: Object.entries(values).map(([name, value]) => ({ name, estimate: { value, low: null, high: null, n: 100, method: '' } })),
});

describe('proposed criteria', () => {
  it.each(['binary', 'multiclass', 'regression'] as const)('fit the task: %s', (shape) => {
    for (const baseline of [undefined, report({ brier: 0.2, balanced_accuracy: 0.25, rmse: 40 })]) {
      for (const { criterion } of proposedCriteria(shape, baseline)) {
        const metric = metricNamed(criterion.metric)!;
        expect(metric.shapes).toContain(shape);
        expect(criterion.direction).toBe(metric.direction === 'higher' ? '>=' : '<=');
        expect(criterion.target).toBeGreaterThanOrEqual(metric.range[0] ?? -Infinity);
        expect(criterion.target).toBeLessThanOrEqual(metric.range[1] ?? Infinity);
      }
    }
  });

  it('ask for more than the baseline reaches', () => {
    expect(proposedCriteria('binary', report({ brier: 0.2 })).find(({ criterion }) => criterion.metric === 'brier')!.criterion.target).toBe(0.16);
    expect(proposedCriteria('regression', report({ rmse: 40 })).find(({ criterion }) => criterion.metric === 'rmse')!.criterion.target).toBe(28);
    expect(proposedCriteria('multiclass', report({ balanced_accuracy: 0.25 }))[0]!.criterion.target).toBe(0.63);
  });

  it('guess no unit', () => {
    expect(proposedCriteria('regression', undefined).map(({ criterion }) => criterion.metric)).toEqual(['r2']);
  });
});
