/** @file What monitoring has to say: alerts as facts, from the drift of a batch, its criteria and its columns. No sentences, no sending. */

import type { Criterion } from '../scoping/criterion';
import type { SchemaFinding } from './batchSchema';
import type { DriftReport } from './driftReport';

/** `critical`: what was promised is broken, or the model cannot be asked. `warning`: look at it. `notice`: good to know. */
export type Severity = 'critical' | 'warning' | 'notice';

export interface Alert {
  readonly kind: 'drift' | 'criterion' | 'schema';
  readonly severity: Severity;
  /** A column's name, or a metric's. */
  readonly subject: string;
  /** Numbers and names that the sentence needs; the keys are ours, names of columns and classes are values only. */
  readonly facts: Readonly<Record<string, string | number | null>>;
}

/** How one criterion fared on a labelled batch. `undecided`: the interval holds the target, so the batch is too small to tell. */
export interface CriterionOnBatch {
  readonly criterion: Criterion;
  readonly verdict: 'met' | 'missed' | 'undecided';
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly n: number;
}

/**
 * The alerts of one batch, gravest first; within a severity schema, criteria, drift, each in the order given.
 * Drift is never critical by itself: inputs may move and the model still be right. A criterion that was missed is: it is what was promised.
 * @param criteria empty when the batch has no labels.
 */
export function alertsOf(report: DriftReport, criteria: readonly CriterionOnBatch[] = [], schema: readonly SchemaFinding[] = []): Alert[] {
  const alerts: Alert[] = [...schema.map(schemaAlert), ...criteria.flatMap(criterionAlert), ...driftAlerts(report)];
  const rank: Readonly<Record<Severity, number>> = { critical: 0, warning: 1, notice: 2 };
  return alerts.sort((a, b) => rank[a.severity] - rank[b.severity]);
}

function driftAlerts(report: DriftReport): Alert[] {
  return report.columns
    .filter((column) => column.drifted)
    .map((column) => ({
      kind: 'drift',
      severity: 'warning',
      subject: column.name,
      facts: {
        adjustedP: column.adjustedP,
        distance: column.distance,
        distanceName: column.distanceName,
        threshold: column.threshold,
        excess: column.excess,
        missingReference: column.missing.reference,
        missingCurrent: column.missing.current,
        rows: column.m,
      },
    }));
}

function criterionAlert({ criterion, verdict, value, low, high, n }: CriterionOnBatch): Alert[] {
  if (verdict === 'met') return [];
  const { metric, direction, target } = criterion;
  const slice = criterion.slice.map(({ column, operator, value: bound }) => `${column} ${operator} ${bound}`).join(', ');
  return [
    {
      kind: 'criterion',
      severity: verdict === 'missed' ? 'critical' : 'notice',
      subject: metric,
      facts: { verdict, direction, target, value, low, high, rows: n, slice },
    },
  ];
}

function schemaAlert(finding: SchemaFinding): Alert {
  const alert = (severity: Severity, facts: Alert['facts']): Alert => ({
    kind: 'schema',
    severity,
    subject: finding.column,
    facts: { finding: finding.kind, ...facts },
  });
  switch (finding.kind) {
    case 'missingColumn':
      return alert('critical', { type: finding.type });
    case 'extraColumn':
      return alert('notice', { type: finding.type });
    case 'typeChanged':
      return alert(finding.comparable ? 'notice' : 'critical', { from: finding.from, to: finding.to });
    case 'newCategories':
      return alert('warning', { first: finding.categories[0] ?? null, count: finding.count, rows: finding.rows });
  }
}
