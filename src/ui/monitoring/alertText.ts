/** @file An alert's facts as the words of a banner. */

import { figure, intervalText } from '../controls/figure';
import { metricFormat } from '../controls/metricFormat';
import { words } from '../../words/words';
import type { Alert, Severity } from '../../domain/monitoring/alert';

const w = words.monitoring;
const numberIn = (value: string | number | null | undefined): number | null => (typeof value === 'number' ? value : null);

export interface AlertText {
  readonly title: string;
  /** What was promised, to be set in gold after the title. */
  readonly promise: { readonly direction: '>=' | '<='; readonly target: number; readonly metric: string } | null;
  readonly meaning: string;
}

export const countOf = (alerts: readonly Alert[], severity: Severity): number => alerts.filter((alert) => alert.severity === severity).length;

/** The facts of a schema finding as a sentence. */
export const schemaText = (alert: Alert): string => {
  const facts = Object.fromEntries(Object.entries(alert.facts).map(([name, value]) => [name, value ?? '']));
  return w.schemaFinding(String(alert.facts.finding), { ...facts, column: alert.subject });
};

/** The gravest of the alerts; undefined where there is none. @param alerts gravest first */
export function gravestAlert(alerts: readonly Alert[]): AlertText | undefined {
  const [alert] = alerts;
  if (alert === undefined) return undefined;
  const { facts, subject } = alert;
  if (alert.kind === 'criterion') {
    const metric = words.metricName(subject);
    const slice = String(facts.slice ?? '');
    if (facts.verdict !== 'missed') return { title: w.alertUndecided(metric, slice), promise: null, meaning: '' };
    const value = numberIn(facts.value);
    const format = metricFormat(subject, value);
    return {
      title: w.alertCriterion(metric, value === null ? '' : `${figure(value, format)} ${intervalText(numberIn(facts.low), numberIn(facts.high), format)}`.trim(), slice),
      promise: { direction: facts.direction === '<=' ? '<=' : '>=', target: numberIn(facts.target) ?? 0, metric: subject },
      meaning: value === null ? w.unjudgedMeaning : w.brokenMeaning,
    };
  }
  if (alert.kind === 'drift')
    return { title: w.alertDrift(subject, alerts.filter((one) => one.kind === 'drift').length), promise: null, meaning: w.movedMeaning };
  return { title: w.alertSchema(schemaText(alert)), promise: null, meaning: w.movedMeaning };
}
