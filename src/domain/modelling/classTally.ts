/** @file Per class: rows that are it, rows that were called it, and rows that are both, from counts. What confusion metrics are made of. */

import type { ScoredRows, WeightedMetric } from './metric';
import type { RowGroups } from './rowGroups';
import { binary, classified } from './scoredRows';

/** Three sums for each of K classes. For class k: TP = right, FP = called − right, FN = are − right. */
export interface ClassTally {
  readonly are: Float64Array;
  readonly called: Float64Array;
  readonly right: Float64Array;
}

const emptyTally = (classes: number): ClassTally => ({ are: new Float64Array(classes), called: new Float64Array(classes), right: new Float64Array(classes) });

/** Up to this many classes the K × K cells are counted, one addition a row; beyond it the three sums directly, three additions a row. */
const mostClassesForCells = 16;

/** A metric that depends on the confusion matrix alone. The tally handed to `of` is overwritten by the next call. */
export function tallied(rows: ScoredRows, of: (tally: ClassTally) => number | null): WeightedMetric {
  const { truth, predicted, classes } = classified(rows);
  const n = truth.length;
  const tally = emptyTally(classes);
  const { are, called, right } = tally;
  const clear = (): void => {
    are.fill(0);
    called.fill(0);
    right.fill(0);
  };
  if (classes > mostClassesForCells) {
    return (counts) => {
      clear();
      for (let i = 0; i < n; i++) {
        const count = counts[i]!;
        const t = truth[i]!;
        const p = predicted[i]!;
        are[t]! += count;
        called[p]! += count;
        if (t === p) right[t]! += count;
      }
      return of(tally);
    };
  }
  const cell = new Uint8Array(n);
  for (let i = 0; i < n; i++) cell[i] = truth[i]! * classes + predicted[i]!;
  const cells = new Uint32Array(256);
  return (counts) => {
    cells.fill(0);
    for (let i = 0; i < n; i++) cells[cell[i]!]! += counts[i]!;
    clear();
    for (let t = 0; t < classes; t++) {
      for (let p = 0; p < classes; p++) {
        const count = cells[t * classes + p]!;
        are[t]! += count;
        called[p]! += count;
        if (t === p) right[t]! += count;
      }
    }
    return of(tally);
  };
}

/** The tally of the rows as they are. */
export function tallyOf(rows: ScoredRows): ClassTally {
  const { truth, predicted, classes } = classified(rows);
  const tally = emptyTally(classes);
  for (let i = 0; i < truth.length; i++) {
    tally.are[truth[i]!]! += 1;
    tally.called[predicted[i]!]! += 1;
    if (truth[i] === predicted[i]) tally.right[truth[i]!]! += 1;
  }
  return tally;
}

/** A rate of one class as numerator and denominator, from the rows that are it, were called it, and are both. */
export type ClassRate = (are: number, called: number, right: number) => readonly [number, number];

/**
 * A metric that is a rate of each class. Two classes: the rate of the positive one, null where its denominator is zero. More: the mean over the
 * classes that occur in truth or prediction, where a zero denominator counts 0: scikit-learn's macro average under its default `zero_division`.
 */
export function ratePerClass(rows: ScoredRows, rate: ClassRate): WeightedMetric {
  const of = ({ are, called, right }: ClassTally, k: number): readonly [number, number] => rate(are[k]!, called[k]!, right[k]!);
  if (rows.shape === 'binary') {
    const { positive } = binary(rows);
    return tallied(rows, (tally) => {
      const [part, whole] = of(tally, positive);
      return whole === 0 ? null : part / whole;
    });
  }
  return tallied(rows, (tally) => {
    let sum = 0;
    let classes = 0;
    for (let k = 0; k < tally.are.length; k++) {
      if (tally.are[k]! + tally.called[k]! === 0) continue;
      classes++;
      const [part, whole] = of(tally, k);
      if (whole > 0) sum += part / whole;
    }
    return classes === 0 ? null : sum / classes;
  });
}

/** The positive class's rate as k of n rows, for a rate whose numerator counts rows of its denominator; null for other shapes. */
export function positiveRate(rows: ScoredRows, rate: ClassRate): { readonly successes: number; readonly of: number } | null {
  if (rows.shape !== 'binary') return null;
  const { positive } = binary(rows);
  const { are, called, right } = tallyOf(rows);
  const [successes, of] = rate(are[positive]!, called[positive]!, right[positive]!);
  return { successes, of };
}

/**
 * Rows of the rarest class that occurs in the truth: so many disjoint groups with one row of every class can be formed. Where rows come in groups
 * already: the groups that the class occurs in which occurs in fewest.
 */
export function rarestClass(rows: ScoredRows, groups?: RowGroups): number {
  const counts = groups === undefined ? tallyOf(rows).are : groupsOfClasses(rows, groups);
  let rarest = Infinity;
  for (const count of counts) if (count > 0 && count < rarest) rarest = count;
  return Number.isFinite(rarest) ? rarest : 0;
}

/** For each class the groups with a row of it. */
function groupsOfClasses(rows: ScoredRows, { of, count }: RowGroups): Float64Array {
  const { truth, classes } = classified(rows);
  const seen = new Uint8Array(classes * count);
  const groups = new Float64Array(classes);
  truth.forEach((label, row) => {
    const place = label * count + of[row]!;
    groups[label]! += 1 - seen[place]!;
    seen[place] = 1;
  });
  return groups;
}
