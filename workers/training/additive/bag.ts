/** @file One bag: its rows, its tables, and when it stops. */

import type { Arithmetic } from './arithmetic';
import type { BagRows } from './bags';
import type { TermColumn } from './boosting';

/** Mean losses of a bag's model. */
export interface BagLosses {
  readonly train: number;
  /** Of the rows kept back, or null where there are none. */
  readonly heldBack: number | null;
  /** Of the validation rows, or null where there are none. */
  readonly validation: number | null;
}

/** What decides when a bag stops; plain numbers, for checkpoints. */
export interface BagProgress {
  readonly losses: BagLosses;
  /** Of the tables that are kept. */
  readonly bestLosses: BagLosses;
  /** Least loss so far of the rows that decide, and its round in this phase. 0: before any. */
  readonly best: number;
  readonly bestRound: number;
  /** The loss, and the round, since which patience is counted: a betterment of a thousandth of a percent does not count. */
  readonly reference: number;
  readonly referenceRound: number;
  readonly ended: boolean;
}

export interface Bag {
  readonly rows: BagRows;
  readonly base: Float64Array;
  /** Weights of the training, kept-back and validation rows. */
  readonly totals: readonly [number, number, number];
  /** Weight of the bag's training rows in each cell, one array a term. */
  readonly counts: Float64Array[];
  /** Scores now and when the deciding loss was least: cells × outputs, one array a term. */
  tables: Float64Array[];
  best: Float64Array[];
  progress: BagProgress;
}

/** The least relative betterment that patience begins anew with. */
const noticeable = 1e-5;
/** Written to checkpoints, where infinity is no number. */
const unknownLoss = Number.MAX_VALUE;

const noLosses: BagLosses = { train: 0, heldBack: null, validation: null };

export const untouched: BagProgress = {
  losses: noLosses,
  bestLosses: noLosses,
  best: unknownLoss,
  bestRound: 0,
  reference: unknownLoss,
  referenceRound: 0,
  ended: false,
};

export const copied = (tables: readonly Float64Array[]): Float64Array[] => tables.map((table) => table.slice());

/** Mean losses under the bag's tables. The bag's rows are selected and gathered; the logits at hand are those of the tables afterwards. */
export async function lossesOf(bag: Bag, arithmetic: Arithmetic, terms: readonly TermColumn[], slice: number, pause: () => Promise<void> | undefined): Promise<BagLosses> {
  const { trained, heldBack, validated } = bag.rows;
  const sums = [0, 0, 0];
  const columns = terms.map(({ column }) => column);
  for (const [part, [from, to]] of ([[0, trained], [trained, heldBack], [heldBack, validated]] as const).entries()) {
    for (let start = from; start < to; start += slice) {
      const end = Math.min(to, start + slice);
      arithmetic.sumLogits(bag.base, columns, bag.tables, start, end);
      sums[part]! += arithmetic.loss(start, end);
      const rest = pause();
      if (rest) await rest;
    }
  }
  const mean = (part: 0 | 1 | 2): number | null => (bag.totals[part] > 0 ? sums[part]! / bag.totals[part] : null);
  return { train: mean(0) ?? 0, heldBack: mean(1), validation: mean(2) };
}

/** Takes note of a round that ended with these losses. Where no rows decide, the last round is the best. */
export function noteRound(bag: Bag, losses: BagLosses, round: number, changed: boolean, patience: number): void {
  const deciding = losses.heldBack ?? losses.validation;
  let { bestLosses, best, bestRound, reference, referenceRound } = bag.progress;
  if (deciding === null || patience === 0 || deciding < best) {
    best = deciding ?? unknownLoss;
    bestRound = round;
    bestLosses = losses;
    bag.best = copied(bag.tables);
  }
  if (deciding !== null && deciding < reference - noticeable * Math.abs(reference)) {
    reference = deciding;
    referenceRound = round;
  }
  const isTired = deciding !== null && patience > 0 && round - referenceRound >= patience;
  bag.progress = { losses, bestLosses, best, bestRound, reference, referenceRound, ended: !changed || isTired };
}

/** Goes back to the best tables, and begins to count anew, for the phase after this round. */
export function beginPhase(bag: Bag, round: number): void {
  bag.tables = copied(bag.best);
  bag.progress = { ...bag.progress, losses: bag.progress.bestLosses, reference: bag.progress.best, referenceRound: round, ended: false };
}
