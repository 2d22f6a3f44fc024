/** @file Every metric of a set of rows with its interval, all from the same resamples. */

import { bcaInterval, jackknifeHalfWidth } from './bootstrap';
import { clopperPearson } from './clopperPearson';
import type { Estimate, Metric, ScoredRows, WeightedMetric } from './metric';
import { metricsFor } from './metrics/registry';
import { sharedGroups, takenGroups, type RowGroups } from './rowGroups';
import { bootstrapReplicates, isDear, jackknifeBlocks, leftOutValues, type Resampling } from './resampling';
import { contentOrder, everyRow, rowCount, takenRows } from './scoredRows';
import { wilson } from './wilson';

export interface NamedEstimate {
  readonly name: string;
  readonly estimate: Estimate;
}

/** Blocks left out to find the acceleration of BCa. */
const accelerationBlocks = 200;

/** Rows that may be passed over to ask group after group: above, only the first groups are asked, and the bound is a little wider. */
const mostRowsAsked = 100_000_000;

const grouped = (n: number): string => n.toLocaleString('en-GB');

/** The rows in their own order, with what to resample. */
interface Sample {
  readonly rows: ScoredRows;
  readonly n: number;
  /** Independent pieces: groups where there are any, otherwise rows. */
  readonly units: number;
  readonly resampling: Resampling;
}

/** `bootstrap` or `bootstrap over 48 groups`. */
const over = (method: string, groups: RowGroups | undefined): string => (groups === undefined ? method : `${method} over ${grouped(groups.count)} groups`);

/** Every metric of the rows' shape, in the registry's order. */
export const estimatesFor = (rows: ScoredRows, resampling: Resampling): NamedEstimate[] => estimatesOf(metricsFor(rows.shape), rows, resampling);

/**
 * The given metrics with 95 % intervals: Wilson for a proportion; otherwise the BCa bootstrap over rows; above 50,000 rows
 * (or 100,000 row passes of a metric that takes several) a jackknife of random blocks, Student's interval. Where rows come in groups, whole
 * groups are drawn or left out, and nothing is Wilson's: its rows are independent. Groups of one row each change nothing.
 * Rows are put into an order of their own first, so the same rows in another order give the same bits.
 * A metric that is undefined has no interval. One that is perfect in every resample rests on its `trials`, or has no interval.
 */
export function estimatesOf(metrics: readonly Metric[], given: ScoredRows, asked: Resampling): NamedEstimate[] {
  const { statistics, n, resampling, finish } = preparedEstimates(metrics, given, asked);
  return finish(statistics.length === 0 ? [] : bootstrapReplicates(statistics, n, resampling));
}

/** Estimates whose bootstrap has yet to be computed, here or elsewhere. */
export interface PreparedEstimates {
  /** What is to be resampled; empty where nothing is. */
  readonly statistics: readonly WeightedMetric[];
  readonly n: number;
  readonly resampling: Resampling;
  /** @param replicates of each statistic, as `bootstrapReplicates` gives them */
  finish(replicates: readonly Float64Array[]): NamedEstimate[];
}

/** As `estimatesOf`, in two: the same rows, metrics and resampling prepare the same statistics wherever that is done. */
export function preparedEstimates(metrics: readonly Metric[], given: ScoredRows, asked: Resampling): PreparedEstimates {
  const n = rowCount(given);
  const shared = sharedGroups(asked.groups);
  const order = contentOrder([given], shared);
  const rows = takenRows(given, order);
  const groups = shared && takenGroups(shared, order);
  const sample: Sample = { rows, n, units: groups?.count ?? n, resampling: { ...asked, groups } };
  const found = new Map<Metric, Estimate>();
  const dear: Prepared[] = [];
  const cheap: Prepared[] = [];
  for (const metric of metrics) {
    const proportion = metric.proportion?.(rows) ?? null;
    if (proportion !== null && groups === undefined) {
      found.set(metric, proportionEstimate(proportion.successes, proportion.of, n));
      continue;
    }
    const weighted = metric.weighted(rows);
    const value = n === 0 ? null : weighted(everyRow(n));
    if (value === null) found.set(metric, { value: null, low: null, high: null, n, method: 'undefined' });
    else (isDear(n, metric.passes?.(rows) ?? 1) ? dear : cheap).push({ metric, value, weighted, of: proportion?.of ?? n, isProportion: proportion !== null });
  }
  const statistics = cheap.map(({ weighted }) => weighted);
  const finish = (replicates: readonly Float64Array[]): NamedEstimate[] => {
    if (cheap.length > 0) {
      const leftOut = leftOutValues(statistics, n, Math.min(sample.units, accelerationBlocks), sample.resampling);
      cheap.forEach((prepared, i) => found.set(prepared.metric, bootstrapEstimate(prepared, sample, replicates[i]!, leftOut[i]!)));
    }
    for (const prepared of dear) {
      const blocks = Math.min(sample.units, jackknifeBlocks(n, prepared.metric.passes?.(rows) ?? 1));
      const [leftOut] = leftOutValues([prepared.weighted], n, blocks, sample.resampling);
      found.set(prepared.metric, jackknifeEstimate(prepared, sample, leftOut!));
    }
    return metrics.map((metric) => ({ name: metric.name, estimate: found.get(metric)! }));
  };
  return { statistics, n, resampling: sample.resampling, finish };
}

/** A metric with its value, to be resampled. */
interface Prepared {
  readonly metric: Metric;
  readonly value: number;
  readonly weighted: WeightedMetric;
  /** Rows that the value rests on. */
  readonly of: number;
  readonly isProportion: boolean;
}

function proportionEstimate(successes: number, of: number, n: number): Estimate {
  const interval = wilson(successes, of);
  if (!interval) return { value: null, low: null, high: null, n, method: 'undefined' };
  return { value: successes / of, low: interval.low, high: interval.high, n: of, method: 'Wilson' };
}

function bootstrapEstimate(prepared: Prepared, sample: Sample, replicates: Float64Array, leftOut: Float64Array): Estimate {
  const { value, of: n } = prepared;
  const found = bcaInterval(value, replicates, leftOut);
  const name = `${over('bootstrap', sample.resampling.groups)}, ${grouped(replicates.length)} resamples`;
  if (found.kind === 'alike') return alike(prepared, sample, name);
  const left = found.undefinedCount > 0 ? `, ${grouped(found.undefinedCount)} undefined` : '';
  if (found.kind === 'mostlyUndefined') return { value, low: null, high: null, n, method: name + left };
  return { value, low: found.interval.low, high: found.interval.high, n, method: `${name}${left}, ${found.form}` };
}

function jackknifeEstimate(prepared: Prepared, sample: Sample, leftOut: Float64Array): Estimate {
  const { metric, value, of: n } = prepared;
  const half = jackknifeHalfWidth(leftOut);
  const method = `${over('jackknife', sample.resampling.groups)}, ${leftOut.length} blocks`;
  if (half === 0) return alike(prepared, sample, method);
  if (Number.isNaN(half)) return { value, low: null, high: null, n, method };
  const [least, most] = metric.range;
  return { value, low: Math.max(least ?? -Infinity, value - half), high: Math.min(most ?? Infinity, value + half), n, method };
}

/**
 * Resamples without any spread say nothing about doubt: an interval of no width would pass every gate.
 * A perfect 1 over m disjoint groups of rows has the exact lower bound 0.025^(1/m); anything else has no interval.
 */
function alike(prepared: Prepared, { rows, resampling: { groups } }: Sample, name: string): Estimate {
  const { metric, value, of: n } = prepared;
  if (groups !== undefined) return alikeInGroups(prepared, rows, groups, name);
  const trials = value === 1 ? (metric.trials?.(rows) ?? 0) : 0;
  const exact = clopperPearson(trials, trials);
  if (!exact) return { value, low: null, high: null, n, method: `${name}, all alike` };
  return { value, low: exact.low, high: exact.high, n, method: `exact, ${grouped(trials)} perfect groups` };
}

/**
 * Of rows in groups only whole groups are independent trials, counted as one each: for a share those in which it can be computed, else the
 * `trials`. A share of 0 has the upper bound that belongs to it; a perfect 1 its lower bound.
 */
function alikeInGroups({ metric, value, weighted, of: n, isProportion }: Prepared, rows: ScoredRows, groups: RowGroups, name: string): Estimate {
  const trials = isProportion && (value === 0 || value === 1) ? groupsThatAgree(weighted, groups, value) : value === 1 ? (metric.trials?.(rows, groups) ?? 0) : 0;
  const exact = clopperPearson(value === 1 ? trials : 0, trials);
  if (!exact) return { value, low: null, high: null, n, method: `${name}, all alike` };
  return { value, low: exact.low, high: exact.high, n, method: `exact, ${grouped(trials)} groups alike` };
}

/** Groups whose rows alone give that value. */
function groupsThatAgree(weighted: WeightedMetric, { of, count }: RowGroups, value: number): number {
  const counts = everyRow(of.length);
  let agreeing = 0;
  for (let group = 0; group < count && group * of.length < mostRowsAsked; group++) {
    for (let row = 0; row < of.length; row++) counts[row] = of[row] === group ? 1 : 0;
    if (weighted(counts) === value) agreeing++;
  }
  return agreeing;
}
