import { describe, expect, it } from 'vitest';
import type { Criterion } from '../../../src/domain/scoping/criterion';
import { promiseRow, type Judged } from '../../../src/state/promises';

const criterion: Criterion = { metric: 'recall', slice: [{ column: 'sex', operator: '=', value: 'Female' }], direction: '>=', target: 0.55, why: '' };
const judged = (value: number, low: number, high: number, stale = false): Judged => ({
  report: { n: 500, criteria: [{ criterion, estimate: { value, low, high, n: 265, method: 'Wilson' } }] },
  stale,
});

describe('a promise through the stages', () => {
  it('has nothing yet where there is no evidence', () => {
    const row = promiseRow(criterion, 'value', { validation: null, test: null, batch: null, service: [] });
    expect([row.data.mark, row.modelling.mark, row.deployment.mark, row.monitoring.mark]).toEqual(['none', 'none', 'none', 'none']);
  });

  it('is marked by the interval and not by the value', () => {
    const row = promiseRow(criterion, 'value', { validation: judged(0.6, 0.54, 0.657), test: judged(0.7, 0.6, 0.8), batch: judged(0.4, 0.3, 0.5), service: [] });
    expect([row.modelling.mark, row.deployment.mark, row.monitoring.mark]).toEqual(['open', 'evidence', 'failed']);
    expect(row.data).toMatchObject({ mark: 'evidence', n: 265 });
  });

  it('is out of date before it holds or fails', () => {
    expect(promiseRow(criterion, 'bound', { validation: judged(0.7, 0.6, 0.8, true), test: null, batch: null, service: [] }).modelling.mark).toBe('stale');
  });

  it('finds nothing in a report that was made before the criterion was changed', () => {
    const changed = { ...criterion, target: 0.5 };
    expect(promiseRow(changed, 'value', { validation: judged(0.7, 0.6, 0.8), test: null, batch: null, service: [] }).modelling).toEqual({ mark: 'none', value: null, low: null, high: null, n: null });
  });

  it('about service is read off the timing of the deployed model alone', () => {
    const fast: Criterion = { metric: 'latency_p95', slice: [], direction: '<=', target: 50, why: '' };
    const service = [{ name: 'latency_p95', estimate: { value: 4, low: 3, high: 6, n: 500, method: 'order statistics' } }];
    const row = promiseRow(fast, 'bound', { validation: judged(0.7, 0.6, 0.8), test: null, batch: null, service });
    expect(row.deployment).toEqual({ mark: 'evidence', value: 4, low: 3, high: 6, n: 500 });
    expect([row.data.mark, row.modelling.mark, row.monitoring.mark]).toEqual(['none', 'none', 'none']);
    expect(promiseRow(fast, 'bound', { validation: null, test: null, batch: null, service: [] }).deployment.mark).toBe('none');
  });

  it('finds it again when only its reason was changed', () => {
    expect(promiseRow({ ...criterion, why: 'agreed' }, 'value', { validation: judged(0.7, 0.6, 0.8), test: null, batch: null, service: [] }).modelling.value).toBe(0.7);
  });
});
