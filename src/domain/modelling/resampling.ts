/** @file Resampling of rows, or of whole groups of rows, by counts: the bootstrap's draws with replacement, and blocks left out in turn. */

import { seeded, type Random } from '../random';
import type { Counts, WeightedMetric } from './metric';
import type { RowGroups } from './rowGroups';
import { everyRow } from './scoredRows';

export interface Resampling {
  /** A whole number from 1 on. */
  readonly seed: number;
  /** Bootstrap resamples; 2,000 when absent. */
  readonly resamples?: number;
  /** Where rows of one group are alike: whole groups are resampled, since single rows would be counted as more evidence than they are. */
  readonly groups?: RowGroups | undefined;
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

/** Draws `units` of 0 to units − 1 with replacement, as counts. */
function drawInto(drawn: Uint16Array, random: Random): void {
  const units = drawn.length;
  const pairs = units >> 1;
  drawn.fill(0);
  // Two units from one number of 53 bits: there are fewer than 2^16, so the second has 37 bits left and a bias below 2^-21.
  for (let i = 0; i < pairs; i++) {
    const first = random.next() * units;
    const unit = first | 0;
    drawn[unit]! += 1;
    drawn[((first - unit) * units) | 0]! += 1;
  }
  if ((units & 1) === 1) drawn[(random.next() * units) | 0]! += 1;
}

/** Gives every row the count of its group. */
function spread(ofGroup: Uint16Array, { of }: RowGroups, counts: Counts): void {
  for (let i = 0; i < of.length; i++) counts[i] = ofGroup[of[i]!]!;
}

/**
 * Every statistic over the same bootstrap resamples: n rows drawn with replacement, as counts; with groups, as many whole groups as there are
 * (the cluster bootstrap: Field and Welsh 2007). NaN where undefined. One Float64Array of `resamples` values for each statistic.
 * @throws RangeError for fewer than 200 resamples, or more rows than counts of 16 bits can hold.
 */
export function bootstrapReplicates(statistics: readonly WeightedMetric[], n: number, { seed, resamples = defaultResamples, groups }: Resampling): Float64Array[] {
  if (!Number.isInteger(resamples) || resamples < fewestResamples) throw new RangeError(`at least ${fewestResamples} resamples, not ${resamples}`);
  if (n > 65_535) throw new RangeError(`too many rows for the bootstrap: ${n}`);
  const replicates = statistics.map(() => new Float64Array(resamples));
  if (statistics.length === 0 || n === 0) return replicates.map((values) => values.fill(NaN));
  const random = seeded(seed);
  const counts: Counts = new Uint16Array(n);
  const drawn = groups === undefined ? counts : new Uint16Array(groups.count);
  for (let b = 0; b < resamples; b++) {
    drawInto(drawn, random);
    if (groups !== undefined) spread(drawn, groups, counts);
    for (let s = 0; s < statistics.length; s++) replicates[s]![b] = statistics[s]!(counts) ?? NaN;
  }
  return replicates;
}

/**
 * Every statistic with each of `blocks` random blocks of rows, or of whole groups, left out in turn (the delete-a-group jackknife). NaN where
 * undefined. With as many blocks as rows, or groups, it is the ordinary jackknife.
 */
export function leftOutValues(statistics: readonly WeightedMetric[], n: number, blocks: number, { seed, groups }: Pick<Resampling, 'seed' | 'groups'>): Float64Array[] {
  const values = statistics.map(() => new Float64Array(blocks));
  const units = groups?.count ?? n;
  const order = Uint32Array.from({ length: units }, (_, unit) => unit);
  seeded(seed).shuffle(order);
  const counts = everyRow(n);
  const kept = groups === undefined ? counts : everyRow(units);
  for (let block = 0; block < blocks; block++) {
    for (let i = block; i < units; i += blocks) kept[order[i]!] = 0;
    if (groups !== undefined) spread(kept, groups, counts);
    for (let s = 0; s < statistics.length; s++) values[s]![block] = statistics[s]!(counts) ?? NaN;
    for (let i = block; i < units; i += blocks) kept[order[i]!] = 1;
  }
  return values;
}
