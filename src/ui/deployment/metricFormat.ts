/** @file How a metric's number is written, and how a criterion reads. */

import { domainOf } from '../controls/whiskerScale';
import type { FigureFormat } from '../controls/figure';
import { softwareMetricNamed } from '../../domain/deployment/softwareMetric';
import { words } from '../../words/words';
import { metricNamed } from '../../domain/modelling/metrics/registry';
import type { GateResult, Verdict } from '../../domain/modelling/gate';
import type { Condition } from '../../domain/scoping/criterion';
import { criterionMetricNamed } from '../../domain/scoping/criterionMetrics';
import type { MarkState } from '../controls/markState';

/** Proportions as .927; everything else as a plain number. */
export function metricFormat(name: string): FigureFormat {
  const software = softwareMetricNamed(name);
  if (software !== undefined) return { unit: words.deployment.units[software.unit], ...(software.unit === 'rows/s' ? { style: 'whole' } : {}) };
  const range = metricNamed(name)?.range;
  return range?.[0] === 0 && range[1] === 1 ? { style: 'proportion' } : {};
}

const signs: Readonly<Record<Condition['operator'], string>> = { '=': '=', '>=': '≥', '<=': '≤', '>': '>', '<': '<' };

/** `sex = Female, age ≥ 65`; empty for every row. */
export const sliceText = (slice: readonly Condition[]): string =>
  slice.map(({ column, operator, value }) => `${column} ${signs[operator]} ${value}`).join(', ');

const roundedTo = (x: number, span: number, up: boolean): number => {
  const step = 10 ** Math.floor(Math.log10(Math.max(span, 1e-9)));
  return Number(((up ? Math.ceil(x / step) : Math.floor(x / step)) * step).toPrecision(10));
};

/** The ends of a scale moved outwards to round numbers. */
export const roundedDomain = ([from, to]: readonly [number, number]): readonly [number, number] => [
  roundedTo(from, to - from, false),
  roundedTo(to, to - from, true),
];

/** A scale that holds the value, its interval and the target; within a proportion's ends. */
export function gateDomain({ value, low, high, criterion }: GateResult): readonly [number, number] {
  const [from, to] = domainOf([{ value, low, high, target: criterion.target }]);
  const margin = (to - from) * 0.3;
  const [least, most] = criterionMetricNamed(criterion.metric)?.range ?? [null, null];
  return [Math.max(least ?? -Infinity, roundedTo(from - margin, to - from, false)), Math.min(most ?? Infinity, roundedTo(to + margin, to - from, true))];
}

export const verdictMark = (verdict: Verdict): MarkState => (verdict === 'holds' ? 'evidence' : verdict === 'fails' ? 'failed' : 'open');
