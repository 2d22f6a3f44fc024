/** @file Every metric of a set of rows with its interval, all from the same resamples. */

import { bcaInterval, jackknifeHalfWidth } from './bootstrap';
import { clopperPearson } from './clopperPearson';
import type { Estimate, Metric, ScoredRows, WeightedMetric } from './metric';
import { metricsFor } from './metrics/registry';
import { bootstrapReplicates, isDear, jackknifeBlocks, leftOutValues, type Resampling } from './resampling';
import { contentOrder, everyRow, rowCount, takenRows } from './scoredRows';
import { wilson } from './wilson';

export interface NamedEstimate {
  readonly name: string;
  readonly estimate: Estimate;
}

/** Blocks left out to find the acceleration of BCa. */
const accelerationBlocks = 200;

const grouped = (n: number): string => n.toLocaleString('en-GB');

/** Every metric of the rows' shape, in the registry's order. */
export const estimatesFor = (rows: ScoredRows, resampling: Resampling): NamedEstimate[] => estimatesOf(metricsFor(rows.shape), rows, resampling);

/**
 * The given metrics with 95 % intervals: Wilson for a proportion; otherwise the BCa bootstrap over rows; above 50,000 rows
 * (or 100,000 row passes of a metric that takes several) a jackknife of random blocks, Student's interval.
 * Rows are put into an order of their own first, so the same rows in another order give the same bits.
 * A metric that is undefined has no interval. One that is perfect in every resample rests on its `trials`, or has no interval.
 */
export function estimatesOf(metrics: readonly Metric[], given: ScoredRows, resampling: Resampling): NamedEstimate[] {
  const n = rowCount(given);
  const rows = takenRows(given, contentOrder(given));
  const found = new Map<Metric, Estimate>();
  const dear: { metric: Metric; value: number; weighted: WeightedMetric }[] = [];
  const cheap: typeof dear = [];
  for (const metric of metrics) {
    const proportion = metric.proportion?.(rows);
    if (proportion) {
      found.set(metric, proportionEstimate(proportion.successes, proportion.of, n));
      continue;
    }
    const weighted = metric.weighted(rows);
    const value = n === 0 ? null : weighted(everyRow(n));
    if (value === null) found.set(metric, { value: null, low: null, high: null, n, method: 'undefined' });
    else (isDear(n, metric.passes?.(rows) ?? 1) ? dear : cheap).push({ metric, value, weighted });
  }
  if (cheap.length > 0) {
    const statistics = cheap.map(({ weighted }) => weighted);
    const replicates = bootstrapReplicates(statistics, n, resampling);
    const leftOut = leftOutValues(statistics, n, Math.min(n, accelerationBlocks), resampling.seed);
    cheap.forEach(({ metric, value }, i) => found.set(metric, bootstrapEstimate(metric, rows, value, replicates[i]!, leftOut[i]!)));
  }
  for (const { metric, value, weighted } of dear) {
    const [leftOut] = leftOutValues([weighted], n, jackknifeBlocks(n, metric.passes?.(rows) ?? 1), resampling.seed);
    found.set(metric, jackknifeEstimate(metric, rows, value, leftOut!));
  }
  return metrics.map((metric) => ({ name: metric.name, estimate: found.get(metric)! }));
}

function proportionEstimate(successes: number, of: number, n: number): Estimate {
  const interval = wilson(successes, of);
  if (!interval) return { value: null, low: null, high: null, n, method: 'undefined' };
  return { value: successes / of, low: interval.low, high: interval.high, n: of, method: 'Wilson' };
}

function bootstrapEstimate(metric: Metric, rows: ScoredRows, value: number, replicates: Float64Array, leftOut: Float64Array): Estimate {
  const n = rowCount(rows);
  const found = bcaInterval(value, replicates, leftOut);
  const name = `bootstrap, ${grouped(replicates.length)} resamples`;
  if (found.kind === 'alike') return alike(metric, rows, value, name);
  const left = found.undefinedCount > 0 ? `, ${grouped(found.undefinedCount)} undefined` : '';
  if (found.kind === 'mostlyUndefined') return { value, low: null, high: null, n, method: name + left };
  return { value, low: found.interval.low, high: found.interval.high, n, method: `${name}${left}, ${found.form}` };
}

function jackknifeEstimate(metric: Metric, rows: ScoredRows, value: number, leftOut: Float64Array): Estimate {
  const n = rowCount(rows);
  const half = jackknifeHalfWidth(leftOut);
  const method = `jackknife, ${leftOut.length} blocks`;
  if (half === 0) return alike(metric, rows, value, method);
  if (Number.isNaN(half)) return { value, low: null, high: null, n, method };
  const [least, most] = metric.range;
  return { value, low: Math.max(least ?? -Infinity, value - half), high: Math.min(most ?? Infinity, value + half), n, method };
}

/**
 * Resamples without any spread say nothing about doubt: an interval of no width would pass every gate.
 * A perfect 1 over m disjoint groups of rows has the exact lower bound 0.025^(1/m); anything else has no interval.
 */
function alike(metric: Metric, rows: ScoredRows, value: number, name: string): Estimate {
  const n = rowCount(rows);
  const trials = value === 1 ? (metric.trials?.(rows) ?? 0) : 0;
  const exact = clopperPearson(trials, trials);
  if (!exact) return { value, low: null, high: null, n, method: `${name}, all alike` };
  return { value, low: exact.low, high: exact.high, n, method: `exact, ${grouped(trials)} perfect groups` };
}
