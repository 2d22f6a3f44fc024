import { describe, expect, it } from 'vitest';
import { meaningFor, metricFormat, metricLimits } from '../../../../src/ui/controls/metricFormat';

describe('metricFormat', () => {
  it('writes everything but errors in units of the target as a proportion', () => {
    expect(metricFormat('roc_auc')).toEqual({ style: 'proportion' });
    expect(metricFormat('log_loss', 0.3)).toEqual({ style: 'proportion' });
    expect(metricFormat('rmse')).toEqual({});
  });
  it('gives an error about four figures, by its size', () => {
    expect(metricFormat('rmse', 1234)).toEqual({ digits: 0 });
    expect(metricFormat('mae', 12.34)).toEqual({ digits: 1 });
    expect(metricFormat('mae', -0.05)).toEqual({ digits: 4 });
    expect(metricFormat('mae', 0)).toEqual({});
  });
});

describe('metricLimits', () => {
  it('are those of the registry, and none for a metric that is not known', () => {
    expect(metricLimits('roc_auc')).toEqual([0, 1]);
    expect(metricLimits('unheard_of')).toEqual([null, null]);
  });
});

describe('meaningFor', () => {
  it('names the user’s own class or column', () => {
    expect(meaningFor('recall', { kind: 'classification', target: 'churn', classes: ['no', 'yes'], positive: 1 })).toContain('“yes”');
    expect(meaningFor('rmse', { kind: 'regression', target: 'price' })).toContain('price');
    expect(meaningFor('recall', null)).not.toContain('“');
  });
});
