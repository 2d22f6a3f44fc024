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

/** Resamples that are drawn from one stream. Each block has its own, so that blocks can be computed apart, in any order. */
export const blockResamples = 100;

/** How many blocks there are. @throws RangeError for fewer than 200 resamples */
export function resampleBlocks({ resamples = defaultResamples }: Pick<Resampling, 'resamples'>): number {
  if (!Number.isInteger(resamples) || resamples < fewestResamples) throw new RangeError(`at least ${fewestResamples} resamples, not ${resamples}`);
  return Math.ceil(resamples / blockResamples);
}

/**
 * Every statistic over the resamples of one block: n rows drawn with replacement, as counts; with groups, as many whole groups as there are
 * (the cluster bootstrap: Field and Welsh 2007). NaN where undefined. Pauses after each resample; ends with one Float64Array for each statistic.
 * @param block 0 to `resampleBlocks` − 1
 * @throws RangeError for more rows than counts of 16 bits can hold
 */
export function* blockReplicates(statistics: readonly WeightedMetric[], n: number, { seed, resamples = defaultResamples, groups }: Resampling, block: number): Generator<void, Float64Array[]> {
  if (n > 65_535) throw new RangeError(`too many rows for the bootstrap: ${n}`);
  const size = Math.min(blockResamples, resamples - block * blockResamples);
  const replicates = statistics.map(() => new Float64Array(size).fill(NaN));
  if (statistics.length === 0 || n === 0) return replicates;
  const random = streamOf(seed, block);
  const counts: Counts = new Uint16Array(n);
  const drawn = groups === undefined ? counts : new Uint16Array(groups.count);
  for (let b = 0; b < size; b++) {
    drawInto(drawn, random);
    if (groups !== undefined) spread(drawn, groups, counts);
    for (let s = 0; s < statistics.length; s++) replicates[s]![b] = statistics[s]!(counts) ?? NaN;
    yield;
  }
  return replicates;
}

/** The stream of a block: seeded by the number in that place of the seed's own stream. */
function streamOf(seed: number, block: number): Random {
  const seeds = seeded(seed);
  for (let i = 0; i < block; i++) seeds.next();
  return seeded(1 + seeds.below(2 ** 32));
}

/** All blocks, one after another: one Float64Array of `resamples` values for each statistic. @throws RangeError as the blocks do */
export function bootstrapReplicates(statistics: readonly WeightedMetric[], n: number, resampling: Resampling): Float64Array[] {
  const blocks = Array.from({ length: resampleBlocks(resampling) }, (_, block) => finished(blockReplicates(statistics, n, resampling, block)));
  return joinedReplicates(blocks);
}

function finished<Made>(steps: Generator<void, Made>): Made {
  for (;;) {
    const next = steps.next();
    if (next.done === true) return next.value;
  }
}

/** The replicates of each statistic in one piece. @param blocks of each block in order, one array for each statistic */
export function joinedReplicates(blocks: readonly (readonly Float64Array[])[]): Float64Array[] {
  return blocks[0]!.map((_, s) => {
    const all = new Float64Array(blocks.reduce((sum, block) => sum + block[s]!.length, 0));
    let at = 0;
    for (const block of blocks) {
      all.set(block[s]!, at);
      at += block[s]!.length;
    }
    return all;
  });
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
