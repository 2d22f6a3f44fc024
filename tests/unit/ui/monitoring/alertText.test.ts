import { describe, expect, it } from 'vitest';
import { countOf, gravestAlert } from '../../../../src/ui/monitoring/alertText';
import type { Alert } from '../../../../src/domain/monitoring/alert';

const missed: Alert = {
  kind: 'criterion',
  severity: 'critical',
  subject: 'roc_auc',
  facts: { verdict: 'missed', direction: '>=', target: 0.9, value: 0.879, low: 0.862, high: 0.896, rows: 500, slice: '' },
};
const drift: Alert = { kind: 'drift', severity: 'warning', subject: 'hours per week', facts: {} };

describe('gravestAlert', () => {
  it('leads with a broken promise and its target', () => {
    const text = gravestAlert([missed, drift])!;
    expect(text.title).toContain('.879');
    expect(text.title).toContain('[.862, .896]');
    expect(text.promise).toEqual({ direction: '>=', target: 0.9, metric: 'roc_auc' });
  });
  it('does not show a value that there is none of', () => {
    const text = gravestAlert([{ ...missed, facts: { ...missed.facts, value: null, low: null, high: null } }])!;
    expect(text.title).toMatch(/^Alert: Ranking \(ROC AUC\) could not be judged, promised$/);
    expect(text.meaning).not.toContain('interval');
  });
  it('names the column that moved most and how many more', () => {
    expect(gravestAlert([drift, { ...drift, subject: 'age' }])!.title).toContain('hours per week');
    expect(gravestAlert([drift, { ...drift, subject: 'age' }])!.title).toContain('1 other column');
  });
  it('is undefined without alerts', () => {
    expect(gravestAlert([])).toBeUndefined();
  });
});

describe('countOf', () => {
  it('counts one severity', () => {
    expect(countOf([missed, drift, drift], 'warning')).toBe(2);
  });
});
