/** @file Which pairs of features have something to say together: a quick look at what the main effects left over. */

import type { Arithmetic } from './arithmetic';
import type { Bag } from './bag';
import { selectBag, sliceOf, type Boosting } from './boosting';
import type { CoarseFeature } from './coarseAxis';
import { Corner, interactionGain } from './pairUpdate';

export type Pair = readonly [number, number];

/** Pairs are looked for among so many features with the largest main effects: the number of pairs grows with the square. */
export const mostSearched = 100;

/**
 * The pairs with the largest gain, summed over bags and outputs, best first. The bags hold their main effects.
 * @param columns of the coarse cells, one a feature
 * @param features to look at, ascending
 */
export async function foundPairs(boosting: Boosting, bags: readonly Bag[], coarse: readonly (CoarseFeature | undefined)[], columns: readonly number[], features: readonly number[], most: number): Promise<Pair[]> {
  const pairs = features.flatMap((a, i): Pair[] => features.slice(i + 1).map((b) => [a, b]));
  const gains = new Float64Array(pairs.length);
  for (const bag of bags) await addGains(boosting, bag, coarse, columns, features, pairs, gains);
  const order = Array.from(gains.keys()).filter((index) => gains[index]! > 0);
  order.sort((a, b) => gains[b]! - gains[a]! || a - b);
  return order.slice(0, most).map((index) => pairs[index]!);
}

async function addGains(
  boosting: Boosting,
  bag: Bag,
  coarse: readonly (CoarseFeature | undefined)[],
  columns: readonly number[],
  features: readonly number[],
  pairs: readonly Pair[],
  gains: Float64Array,
): Promise<void> {
  const { arithmetic, rule, terms, pause } = boosting;
  const { outputs, minLeaf } = rule;
  const { trained } = bag.rows;
  await selectBag(boosting, bag);
  const slice = sliceOf(outputs);
  for (let start = 0; start < trained; start += slice) {
    const end = Math.min(trained, start + slice);
    arithmetic.sumLogits(
      bag.base,
      terms.map(({ column }) => column),
      bag.tables,
      start,
      end,
    );
    arithmetic.keepGradients(start, end);
    await pause();
  }
  for (const feature of features) {
    arithmetic.gather(columns[feature]!);
    await pause();
  }
  for (const [index, [a, b]] of pairs.entries()) {
    gains[index]! += gainOfPair(arithmetic, coarse[a]!, coarse[b]!, columns[a]!, columns[b]!, outputs, trained, minLeaf, bag.totals[0]);
    const rest = pause();
    if (rest) await rest;
  }
}

function gainOfPair(
  arithmetic: Arithmetic,
  { cells: first }: CoarseFeature,
  { cells: second }: CoarseFeature,
  firstColumn: number,
  secondColumn: number,
  outputs: number,
  rows: number,
  minLeaf: number,
  weight: number,
): number {
  let gain = 0;
  for (let k = 0; k < outputs; k++) {
    const corner = new Corner(first, second, 1);
    Corner.fill(corner.sums, arithmetic.pairHistogram(firstColumn, secondColumn, second, first * second, k, rows), first, second, 2);
    // The rows of a quadrant are not counted here; as many rows of average curvature stand for them.
    const least = (Math.max(minLeaf, 1) * corner.sums.at(-1)!) / weight;
    gain += interactionGain(corner, least);
  }
  return gain;
}
