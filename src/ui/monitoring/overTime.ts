/** @file A metric over the batches that had true answers, for a line with its promise. */

import { words } from '../../words/words';
import { targetText } from '../controls/criterionText';
import type { WatchReading } from '../../state/watchReading';
import { decidingMetric } from '../../domain/modelling/champion';
import { metricIn } from '../../domain/modelling/report';
import type { Criterion } from '../../domain/scoping/criterion';

export interface OverTime {
  readonly metric: string;
  /** Numbers of the watches. */
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly low: readonly number[];
  readonly high: readonly number[];
  readonly n: readonly number[];
  readonly promise: { readonly value: number; readonly text: string } | undefined;
}

/** Most small charts. */
const most = 4;

/** One line a promise on all rows; without such a promise, the deciding metric alone. */
export function linesOverTime(readings: readonly WatchReading[], criteria: readonly Criterion[]): readonly OverTime[] {
  const judged = readings.flatMap(({ watch, performance }) => (performance === null ? [] : [{ watch, performance }]));
  const [first] = judged;
  if (first === undefined) return [];
  const promised = criteria.filter((criterion) => criterion.slice.length === 0);
  const metrics = promised.length > 0 ? promised.map((criterion) => criterion.metric) : [decidingMetric(first.performance)];
  return [...new Set(metrics)].slice(0, most).flatMap((metric) => {
    const points = judged.flatMap(({ watch, performance }) => {
      const estimate = metricIn(performance, metric);
      return estimate === undefined || estimate.value === null
        ? []
        : [{ x: watch.number, y: estimate.value, low: estimate.low ?? NaN, high: estimate.high ?? NaN, n: estimate.n }];
    });
    const criterion = promised.find((one) => one.metric === metric);
    return points.length === 0
      ? []
      : [
          {
            metric,
            x: points.map((point) => point.x),
            y: points.map((point) => point.y),
            low: points.map((point) => point.low),
            high: points.map((point) => point.high),
            n: points.map((point) => point.n),
            promise: criterion ? { value: criterion.target, text: words.monitoring.promised(targetText(criterion)) } : undefined,
          },
        ];
  });
}
