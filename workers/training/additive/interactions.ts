/** @file Which pairs of features have something to say together: a quick look at what the main effects left over. */

import type { Bag } from './bag';
import { selectBag, sliceOf, type Boosting } from './boosting';
import { Corner, interactionGain } from './pairUpdate';

export type Pair = readonly [number, number];

/** Pairs are looked for among so many features with the largest main effects: the number of pairs grows with the square. */
export const mostSearched = 100;

/** A feature in coarse cells, with their column in the arithmetic. */
export interface Candidate {
  readonly feature: number;
  readonly cells: number;
  readonly column: number;
}

/** The pairs with the largest gain, summed over bags and outputs, best first. The bags hold their main effects. */
export async function foundPairs(boosting: Boosting, bags: readonly Bag[], candidates: readonly Candidate[], most: number): Promise<Pair[]> {
  const pairs = candidates.flatMap((a, i) => candidates.slice(i + 1).map((b) => [a, b] as const));
  const gains = new Float64Array(pairs.length);
  for (const bag of bags) await addGains(boosting, bag, candidates, pairs, gains);
  const order = Array.from(gains.keys()).filter((index) => gains[index]! > 0);
  order.sort((a, b) => gains[b]! - gains[a]! || a - b);
  return order.slice(0, most).map((index): Pair => [pairs[index]![0].feature, pairs[index]![1].feature]);
}

async function addGains(boosting: Boosting, bag: Bag, candidates: readonly Candidate[], pairs: readonly (readonly [Candidate, Candidate])[], gains: Float64Array): Promise<void> {
  const { arithmetic, rule, terms, pause } = boosting;
  const { trained } = bag.rows;
  await selectBag(boosting, bag);
  const slice = sliceOf(rule.outputs);
  const columns = terms.map(({ column }) => column);
  for (let start = 0; start < trained; start += slice) {
    const end = Math.min(trained, start + slice);
    arithmetic.sumLogits(bag.base, columns, bag.tables, start, end);
    arithmetic.keepGradients(start, end);
    await pause();
  }
  for (const { column } of candidates) {
    arithmetic.gather(column);
    await pause();
  }
  for (const [index, pair] of pairs.entries()) {
    gains[index]! += gainOfPair(boosting, bag, pair);
    const rest = pause();
    if (rest) await rest;
  }
}

function gainOfPair({ arithmetic, rule: { outputs, minLeaf } }: Boosting, { rows, totals }: Bag, [first, second]: readonly [Candidate, Candidate]): number {
  let gain = 0;
  const cells = first.cells * second.cells;
  const corner = new Corner(first.cells, second.cells, 1);
  for (let k = 0; k < outputs; k++) {
    Corner.fill(corner.sums, arithmetic.pairHistogram(first.column, second.column, second.cells, cells, k, rows.trained), first.cells, second.cells, 2);
    // The rows of a quadrant are not counted here; as many rows of average curvature stand for them.
    const least = (Math.max(minLeaf, 1) * corner.sums[2 * cells - 1]!) / totals[0];
    gain += interactionGain(corner, least);
  }
  return gain;
}
