import { describe, expect, it } from 'vitest';
import { gateDomain, metricFormat, roundedDomain, sliceText, verdictMark } from '../../../../src/ui/deployment/metricFormat';
import { gateResult } from '../../../../src/domain/modelling/gate';

const criterion = (metric: string, target: number) => ({ metric, slice: [], direction: '>=' as const, target, why: '' });

describe('metricFormat', () => {
  it('writes a metric between 0 and 1 as a proportion, others plainly', () => {
    expect(metricFormat('roc_auc')).toEqual({ style: 'proportion' });
    expect(metricFormat('rmse')).toEqual({});
    expect(metricFormat('unheard_of')).toEqual({});
  });
});

describe('gateDomain', () => {
  it('holds value, interval and target, and keeps to what is possible', () => {
    const [from, to] = gateDomain(gateResult(criterion('roc_auc', 0.9), 'value', { value: 0.99, low: 0.98, high: 1, n: 10, method: '' }));
    expect(from).toBeLessThan(0.9);
    expect(to).toBe(1);
  });
  it('has a length even where all is one number', () => {
    const [from, to] = gateDomain(gateResult(criterion('rmse', 5), 'value', { value: 5, low: null, high: null, n: 10, method: '' }));
    expect(to).toBeGreaterThan(from);
  });
});

describe('roundedDomain', () => {
  it('moves ends outwards to round numbers', () => {
    expect(roundedDomain([3251.7, 3550.2])).toEqual([3200, 3600]);
    expect(roundedDomain([-0.947, 0.05])).toEqual([-1, 0.1]);
  });
});

describe('sliceText', () => {
  it('names every condition', () => {
    expect(
      sliceText([
        { column: 'sex', operator: '=', value: 'Female' },
        { column: 'age', operator: '>=', value: 65 },
      ]),
    ).toBe('sex = Female, age ≥ 65');
    expect(sliceText([])).toBe('');
  });
});

describe('verdictMark', () => {
  it('has a shape of its own for each verdict', () => {
    expect((['holds', 'fails', 'undecided'] as const).map(verdictMark)).toEqual(['evidence', 'failed', 'open']);
  });
});
