/** @file Resampling of rows by counts: the bootstrap's draws with replacement, and blocks left out in turn. */

import { seeded } from '../random';
import type { Counts, WeightedMetric } from './metric';
import { everyRow } from './scoredRows';

export interface Resampling {
  /** A whole number from 1 on. */
  readonly seed: number;
  /** Bootstrap resamples; 2,000 when absent. */
  readonly resamples?: number;
}

export const defaultResamples = 2000;

/** Fewer cannot place the ends of a 95 % interval. */
const fewestResamples = 200;

/** Beyond so many rows (times passes) the bootstrap is replaced by leaving out blocks. */
const mostBootstrapRows = 50_000;
const mostBootstrapWork = 100_000;

/** True when the bootstrap would take seconds. */
export const isDear = (rows: number, passes: number): boolean => rows > mostBootstrapRows || (passes > 1 && rows * passes > mostBootstrapWork);

/** Blocks to leave out where the bootstrap is dear: 100, or 40 where even those would take seconds. Student's quantile pays for fewer. */
export const jackknifeBlocks = (rows: number, passes: number): number => (rows * passes > 1_000_000 ? 40 : 100);

/**
 * Every statistic over the same bootstrap resamples: n rows drawn with replacement, as counts. NaN where undefined.
 * One Float64Array of `resamples` values for each statistic.
 * @throws RangeError for fewer than 200 resamples, or more rows than counts of 16 bits can hold.
 */
export function bootstrapReplicates(statistics: readonly WeightedMetric[], n: number, { seed, resamples = defaultResamples }: Resampling): Float64Array[] {
  if (!Number.isInteger(resamples) || resamples < fewestResamples) throw new RangeError(`at least ${fewestResamples} resamples, not ${resamples}`);
  if (n > 65_535) throw new RangeError(`too many rows for the bootstrap: ${n}`);
  const replicates = statistics.map(() => new Float64Array(resamples));
  if (statistics.length === 0 || n === 0) return replicates.map((values) => values.fill(NaN));
  const random = seeded(seed);
  const counts: Counts = new Uint16Array(n);
  const pairs = n >> 1;
  for (let b = 0; b < resamples; b++) {
    counts.fill(0);
    // Two rows from one number of 53 bits: n < 2^16, so the second has 37 bits left and a bias below 2^-21.
    for (let i = 0; i < pairs; i++) {
      const first = random.next() * n;
      const row = first | 0;
      counts[row]! += 1;
      counts[((first - row) * n) | 0]! += 1;
    }
    if ((n & 1) === 1) counts[(random.next() * n) | 0]! += 1;
    for (let s = 0; s < statistics.length; s++) replicates[s]![b] = statistics[s]!(counts) ?? NaN;
  }
  return replicates;
}

/**
 * Every statistic with each of `blocks` random blocks of rows left out in turn (the delete-a-group jackknife). NaN where undefined.
 * With as many blocks as rows it is the ordinary jackknife.
 */
export function leftOutValues(statistics: readonly WeightedMetric[], n: number, blocks: number, seed: number): Float64Array[] {
  const values = statistics.map(() => new Float64Array(blocks));
  const order = new Uint32Array(n);
  for (let i = 0; i < n; i++) order[i] = i;
  seeded(seed).shuffle(order);
  const counts = everyRow(n);
  for (let g = 0; g < blocks; g++) {
    for (let i = g; i < n; i += blocks) counts[order[i]!] = 0;
    for (let s = 0; s < statistics.length; s++) values[s]![g] = statistics[s]!(counts) ?? NaN;
    for (let i = g; i < n; i += blocks) counts[order[i]!] = 1;
  }
  return values;
}
