/** @file Two models on the same rows: a test of who is right more often, and the difference of any metric with its interval. */

import binomialCdf from '@stdlib/stats-base-dists-binomial-cdf';
import normalCdf from '@stdlib/stats-base-dists-normal-cdf';
import tCdf from '@stdlib/stats-base-dists-t-cdf';
import { Refusal } from '../refusal';
import { jackknifeError, jackknifeHalfWidth, percentileInterval } from './bootstrap';
import type { Metric, ScoredRows, WeightedMetric } from './metric';
import { sharedGroups, takenGroups, type RowGroups } from './rowGroups';
import { bootstrapReplicates, isDear, jackknifeBlocks, leftOutValues, type Resampling } from './resampling';
import { signFlips } from './signFlips';
import { classified, contentOrder, everyRow, rowCount, takenRows } from './scoredRows';

/** Up to this many discordant rows the exact test is used unless asked otherwise. */
const mostExact = 25;

export interface McNemar {
  /** Rows that only the candidate, or only the baseline, got right. */
  readonly onlyCandidate: number;
  readonly onlyBaseline: number;
  /** χ² of the corrected test; null for the exact one. */
  readonly statistic: number | null;
  /** Two-sided. */
  readonly p: number;
  readonly method: string;
}

/**
 * McNemar (1947) from the two counts of discordant rows. Exact: p = min(1, 2 P(X ≤ min(b, c))) with X binomial (b + c, ½).
 * Corrected: χ² = max(0, |b − c| − 1)² / (b + c), one degree of freedom. No discordant rows: p = 1.
 */
export function mcNemar(onlyCandidate: number, onlyBaseline: number, test: 'auto' | 'exact' | 'corrected' = 'auto'): McNemar {
  const discordant = onlyCandidate + onlyBaseline;
  const counts = { onlyCandidate, onlyBaseline };
  if (test === 'exact' || (test === 'auto' && discordant <= mostExact)) {
    const p = discordant === 0 ? 1 : Math.min(1, 2 * binomialCdf(Math.min(onlyCandidate, onlyBaseline), discordant, 0.5));
    return { ...counts, statistic: null, p, method: 'McNemar, exact' };
  }
  const statistic = discordant === 0 ? 0 : Math.max(0, Math.abs(onlyCandidate - onlyBaseline) - 1) ** 2 / discordant;
  return { ...counts, statistic, p: 2 * normalCdf(-Math.sqrt(statistic), 0, 1), method: 'McNemar, χ² with continuity correction' };
}

/**
 * McNemar's test of two classifiers on the same rows; where rows come in groups, `signFlips` over the groups.
 * @throws Refusal as `pairedDifference`; TypeError for regression.
 */
export function mcNemarOf(candidate: ScoredRows, baseline: ScoredRows, groups?: RowGroups): McNemar {
  refuseUnpaired(candidate, baseline);
  const shared = sharedGroups(groups);
  const lead = new Int32Array(shared?.count ?? 0);
  const { truth, predicted } = classified(candidate);
  const other = classified(baseline).predicted;
  let onlyCandidate = 0;
  let onlyBaseline = 0;
  for (let i = 0; i < truth.length; i++) {
    const right = predicted[i] === truth[i];
    if (right === (other[i] === truth[i])) continue;
    if (right) onlyCandidate++;
    else onlyBaseline++;
    if (shared !== undefined) lead[shared.of[i]!]! += right ? 1 : -1;
  }
  if (shared === undefined) return mcNemar(onlyCandidate, onlyBaseline);
  const flipped = signFlips(lead);
  return { onlyCandidate, onlyBaseline, ...flipped, method: `${flipped.method}, ${shared.count.toLocaleString('en-GB')} groups` };
}

export interface PairedDifference {
  /** Candidate − baseline, in the unit of the metric; null where either is undefined. */
  readonly difference: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** Two-sided, of no difference; null where there is no interval. */
  readonly p: number | null;
  readonly n: number;
  readonly method: string;
}

/**
 * The difference of a metric between two models on the same rows, candidate − baseline, by the paired bootstrap: both are computed from the same
 * draws. Percentile interval; p = 2 min(P(d ≤ 0), P(d ≥ 0)) over the resamples, each count plus one, so it is never 0 and agrees with the interval.
 * Where the bootstrap is dear, a jackknife of random blocks with Student's interval and p. A difference that no resample changes
 * has an interval of no width, and p = 1 if it is 0, otherwise none. Where rows come in groups, whole groups are drawn or left out.
 * @throws Refusal pairedTasksDiffer, pairedRowCountsDiffer, pairedTruthsDiffer.
 */
export function pairedDifference(metric: Metric, candidate: ScoredRows, baseline: ScoredRows, asked: Resampling): PairedDifference {
  refuseUnpaired(candidate, baseline);
  const n = rowCount(candidate);
  const shared = sharedGroups(asked.groups);
  const order = contentOrder([candidate, baseline], shared);
  const groups = shared && takenGroups(shared, order);
  const resampling = { ...asked, groups };
  const over = groups === undefined ? '' : ` over ${groups.count.toLocaleString('en-GB')} groups`;
  const ours = metric.weighted(takenRows(candidate, order));
  const theirs = metric.weighted(takenRows(baseline, order));
  const differenceOf: WeightedMetric = (counts) => {
    const one = ours(counts);
    const other = one === null ? null : theirs(counts);
    return one === null || other === null ? null : one - other;
  };
  const difference = n === 0 ? null : differenceOf(everyRow(n));
  if (difference === null) return { difference, low: null, high: null, p: null, n, method: 'undefined' };
  const passes = metric.passes?.(candidate) ?? 1;
  if (isDear(n, passes)) {
    const blocks = Math.min(groups?.count ?? n, jackknifeBlocks(n, passes));
    const [leftOut] = leftOutValues([differenceOf], n, blocks, resampling);
    const method = `paired jackknife${over}, ${blocks} blocks`;
    const half = jackknifeHalfWidth(leftOut!);
    if (Number.isNaN(half)) return { difference, low: null, high: null, p: null, n, method };
    if (half === 0) return unchanging(difference, n, method);
    const p = 2 * tCdf(-Math.abs(difference) / jackknifeError(leftOut!), blocks - 1);
    return { difference, low: difference - half, high: difference + half, p, n, method };
  }
  const [replicates] = bootstrapReplicates([differenceOf], n, resampling);
  const method = `paired bootstrap${over}, ${replicates!.length.toLocaleString('en-GB')} resamples`;
  const found = percentileInterval(replicates!);
  if (found.kind === 'alike') return unchanging(difference, n, method);
  const left = found.undefinedCount > 0 ? `, ${found.undefinedCount.toLocaleString('en-GB')} undefined` : '';
  if (found.kind === 'mostlyUndefined') return { difference, low: null, high: null, p: null, n, method: method + left };
  return { difference, ...found.interval, p: signP(replicates!), n, method: `${method}${left}, percentile` };
}

const unchanging = (difference: number, n: number, method: string): PairedDifference => ({
  difference,
  low: difference,
  high: difference,
  p: difference === 0 ? 1 : null,
  n,
  method: `${method}, all alike`,
});

function signP(replicates: Float64Array): number {
  let notAbove = 1;
  let notBelow = 1;
  let defined = 1;
  for (const one of replicates) {
    if (Number.isNaN(one)) continue;
    defined++;
    if (one <= 0) notAbove++;
    if (one >= 0) notBelow++;
  }
  return Math.min(1, (2 * Math.min(notAbove, notBelow)) / defined);
}

function refuseUnpaired(candidate: ScoredRows, baseline: ScoredRows): void {
  const classes = (rows: ScoredRows): number => (rows.shape === 'regression' ? 0 : rows.classes);
  if (classes(candidate) !== classes(baseline)) throw new Refusal('pairedTasksDiffer', { candidate: classes(candidate), baseline: classes(baseline) });
  const rows = rowCount(candidate);
  if (rows !== rowCount(baseline)) throw new Refusal('pairedRowCountsDiffer', { candidate: rows, baseline: rowCount(baseline) });
  let differing = 0;
  for (let i = 0; i < rows; i++) if (candidate.truth[i] !== baseline.truth[i]) differing++;
  if (differing > 0) throw new Refusal('pairedTruthsDiffer', { rows, differing });
}
