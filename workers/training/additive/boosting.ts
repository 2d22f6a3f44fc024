/**
 * @file Cyclic boosting: a round of a bag begins with one small step of each term in turn; as many steps again, times nine, go to the terms that
 * have the most to gain, so that terms with nothing to say learn little noise.
 */

import { passesPerRound } from '../../../src/domain/modelling/learners/ebm';
import type { Arithmetic } from './arithmetic';
import { lossesOf, noteRound, type Bag } from './bag';
import { MainUpdate, type MainTerm, type UpdateRule } from './mainUpdate';
import { Corner, pairUpdate } from './pairUpdate';

/** A term with its column in the arithmetic. */
export type TermColumn = { readonly column: number; readonly cells: number } & (
  | { readonly kind: 'main'; readonly main: MainTerm }
  | { readonly kind: 'pair'; readonly features: readonly [number, number]; readonly first: number; readonly second: number }
);

export interface Boosting {
  readonly arithmetic: Arithmetic;
  readonly rule: UpdateRule;
  readonly terms: readonly TermColumn[];
  /** The bag whose rows are selected and gathered, so that a single bag is gathered once. */
  selected?: Bag;
  readonly patience: number;
  /** Called between pieces of work of a few milliseconds. */
  readonly pause: () => Promise<void> | undefined;
}

/** Rows of one call, small enough for the twin to come back within 30 ms. */
export const sliceOf = (outputs: number): number => Math.max(1024, Math.floor(2 ** 16 / outputs / 4) * 4);

/** Selects the bag's rows and gathers the columns of all terms. */
export async function selectBag(boosting: Boosting, bag: Bag): Promise<void> {
  if (boosting.selected === bag) return;
  const { arithmetic, terms, pause } = boosting;
  arithmetic.select(bag.rows.order);
  for (const { column } of terms) {
    arithmetic.gather(column);
    const rest = pause();
    if (rest) await rest;
  }
  boosting.selected = bag;
}

/** One round of the terms from … on; the earlier ones stay as they are. Changes the bag's tables and progress. */
export async function boostRound(boosting: Boosting, bag: Bag, from: number, round: number): Promise<void> {
  const { arithmetic, rule, terms, pause, patience } = boosting;
  const { outputs } = rule;
  await selectBag(boosting, bag);
  const slice = sliceOf(outputs);
  const { trained } = bag.rows;
  const columns = terms.map(({ column }) => column);
  for (let start = 0; start < trained; start += slice) {
    arithmetic.sumLogits(bag.base, columns, bag.tables, start, Math.min(trained, start + slice));
    const rest = pause();
    if (rest) await rest;
  }
  const main = new MainUpdate(rule);
  const corners = terms.map((term) => (term.kind === 'pair' ? new Corner(term.first, term.second, outputs) : undefined));
  const weights = terms.map((term, t) => (term.kind === 'pair' ? cornerWeights(term, bag.counts[t]!) : undefined));
  const updates = new Float32Array(Math.max(...terms.map(({ cells }) => cells)) * outputs);
  const gains = new Float64Array(terms.length).fill(-1);
  let previous: number | undefined;
  let changed = false;
  const count = terms.length - from;
  for (let turn = 0; turn < passesPerRound * count; turn++) {
    const t = turn < count ? from + turn : mostOf(gains);
    if (gains[t] === 0) break;
    const term = terms[t]!;
    const next = term.column;
    const due = previous === undefined ? updates.subarray(0, 0) : updates.subarray(0, terms[previous]!.cells * outputs);
    arithmetic.beginHistogram(next);
    for (let start = 0; start < trained; start += slice) {
      arithmetic.step(previous === undefined ? undefined : terms[previous]!.column, due, next, start, Math.min(trained, start + slice));
      const rest = pause();
      if (rest) await rest;
    }
    const histogram = arithmetic.histogram(next);
    const update = updates.subarray(0, term.cells * outputs);
    if (term.kind === 'main') gains[t] = main.grow(term.main, histogram, bag.counts[t]!, update);
    else {
      Corner.fill(corners[t]!.sums, histogram, term.first, term.second, 2 * outputs);
      gains[t] = pairUpdate(rule, corners[t]!, weights[t]!, update);
    }
    previous = gains[t] === 0 ? undefined : t;
    if (previous === undefined) continue;
    changed = true;
    const table = bag.tables[t]!;
    for (let i = 0; i < update.length; i++) table[i]! += update[i]!;
  }
  noteRound(bag, await lossesOf(bag, arithmetic, terms, slice, pause), round, changed, patience);
}

/** Index of the first of the largest. */
function mostOf(values: Float64Array): number {
  let most = 0;
  for (let i = 1; i < values.length; i++) if (values[i]! > values[most]!) most = i;
  return most;
}

function cornerWeights({ first, second }: Extract<TermColumn, { kind: 'pair' }>, counts: Float64Array): Float64Array {
  const weights = new Float64Array(counts.length);
  Corner.fill(weights, counts, first, second, 1);
  return weights;
}
