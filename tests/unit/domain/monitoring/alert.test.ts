import { describe, expect, it } from 'vitest';
import type { Column } from '../../../../src/domain/data/table';
import { alertsOf, type CriterionOnBatch } from '../../../../src/domain/monitoring/alert';
import { driftReport } from './wholeDrift';
import { seeded } from '../../../../src/domain/random';

const random = seeded(1);
const column = (name: string, n: number, shift: number): Column => ({
  name,
  type: 'number',
  values: { kind: 'numeric', values: Float64Array.from({ length: n }, () => random.normal() + shift) },
});
const report = driftReport(
  { rows: 500, columns: [column('still', 500, 0), column('moved', 500, 0)] },
  { rows: 200, columns: [column('still', 200, 0), column('moved', 200, 2)] },
  { seed: 1 },
);
const fared = (verdict: CriterionOnBatch['verdict']): CriterionOnBatch => ({
  criterion: { metric: 'recall', slice: [{ column: 'age', operator: '>=', value: 65 }], direction: '>=', target: 0.8, why: '' },
  verdict,
  value: 0.7,
  low: 0.6,
  high: 0.79,
  n: 90,
});

describe('alertsOf', () => {
  it('warns of each column that drifted, and of no other', () => {
    const alerts = alertsOf(report);
    expect(alerts.map(({ kind, severity, subject }) => [kind, severity, subject])).toEqual([['drift', 'warning', 'moved']]);
    expect(alerts[0]!.facts).toMatchObject({ distance: report.columns[0]!.distance, threshold: report.columns[0]!.threshold, rows: 200 });
  });

  it('calls a missed criterion critical, an undecided one a notice, and is silent about one that was met', () => {
    const alerts = alertsOf(report, [fared('undecided'), fared('met'), fared('missed')]);
    expect(alerts.map(({ kind, severity }) => `${kind} ${severity}`)).toEqual(['criterion critical', 'drift warning', 'criterion notice']);
    expect(alerts[0]).toMatchObject({ subject: 'recall', facts: { target: 0.8, value: 0.7, slice: 'age >= 65' } });
  });

  it('puts the gravest first: a lacking column before a new category before an extra column', () => {
    const alerts = alertsOf(
      { ...report, columns: [] },
      [],
      [
        { kind: 'extraColumn', column: 'e', type: 'text' },
        { kind: 'newCategories', column: 'c', categories: ['blue'], count: 1, rows: 4 },
        { kind: 'typeChanged', column: 't', from: 'number', to: 'integer', comparable: true },
        { kind: 'typeChanged', column: 'u', from: 'number', to: 'date', comparable: false },
        { kind: 'missingColumn', column: 'm', type: 'number' },
      ],
    );
    expect(alerts.map(({ subject, severity }) => `${subject} ${severity}`)).toEqual(['u critical', 'm critical', 'c warning', 'e notice', 't notice']);
    expect(alerts[2]!.facts).toEqual({ finding: 'newCategories', first: 'blue', count: 1, rows: 4 });
  });

  it('has nothing to say about a batch where all is well', () => {
    expect(alertsOf({ ...report, columns: [] }, [fared('met')], [])).toEqual([]);
  });
});
