/** @file Folds for cross-validation. As in the split, keys decide or time does, so that equal rows, groups and the future stay apart. */

import { hashedKeys } from './rowKey';
import { keyBytes } from './keyHex';
import { keyOrder } from './keyOrder';
import { keyRuns } from './keyRuns';
import { numberOrder } from './numberOrder';

/** Rows to learn from, and rows that the learner does not see. Both in the order in which the rows were given. */
export interface Fold {
  readonly learning: Uint32Array;
  readonly held: Uint32Array;
}

/** Rows of one key, which stay together, in the order of their hashed keys. */
interface Units {
  readonly count: number;
  readonly order: Uint32Array;
  /** Where each unit starts in `order`; one more at the end. */
  readonly start: Uint32Array;
  /** Stratum of most of its rows, the lower one where two tie. */
  readonly stratum: Int32Array;
}

function unitsOf(keys: Uint8Array, rows: Uint32Array, strata: Int32Array, seed: number): Units {
  const hashed = hashedKeys(keys, seed >>> 0);
  const takes = new Uint8Array(keys.length / keyBytes);
  let strataCount = 0;
  for (const row of rows) {
    takes[row] = 1;
    strataCount = Math.max(strataCount, strata[row]! + 1);
  }
  const { order, start, count } = keyRuns(
    hashed,
    keyOrder(hashed).filter((row) => takes[row] === 1),
  );
  const stratum = new Int32Array(count);
  const tally = new Uint32Array(strataCount + 1);
  for (let unit = 0; unit < count; unit++) {
    const [from, end] = [start[unit]!, start[unit + 1]!];
    let best = -1;
    for (let i = from; i < end; i++) {
      const own = strata[order[i]!]!;
      tally[own + 1]!++;
      if (i === from || tally[own + 1]! > tally[best + 1]! || (tally[own + 1] === tally[best + 1] && own < best)) best = own;
    }
    for (let i = from; i < end; i++) tally[strata[order[i]!]! + 1] = 0;
    stratum[unit] = best;
  }
  return { count, order, start, stratum };
}

/**
 * The fold of each row, 0 to folds − 1; −1 for rows outside `rows`. Within each stratum the distinct keys, in the order of a seeded
 * hash, are dealt out in turn, so that every fold has nearly its share of each class. A key with rows in several strata counts as one
 * of the stratum of most of them.
 * @param keys 16 bytes a row: row keys, or group keys where groups stay together
 * @param rows positions that take part
 * @param strata index of the stratum of each row
 */
export function foldsOf(keys: Uint8Array, rows: Uint32Array, strata: Int32Array, folds: number, seed: number): Int8Array {
  const fold = new Int8Array(keys.length / keyBytes).fill(-1);
  const { count, order, start, stratum } = unitsOf(keys, rows, strata, seed);
  const next = new Map<number, number>();
  for (let u = 0; u < count; u++) {
    const own = stratum[u]!;
    // Strata begin at different folds, or the first fold would get the odd row of each.
    const current = next.get(own) ?? (own < 0 ? 0 : own % folds);
    next.set(own, (current + 1) % folds);
    for (let i = start[u]!; i < start[u + 1]!; i++) fold[order[i]!] = current;
  }
  return fold;
}

/** Each fold held out in turn, as `foldsOf` deals them. Folds without rows, or without others to learn from, are left out. */
export function heldOutFolds(keys: Uint8Array, rows: Uint32Array, strata: Int32Array, folds: number, seed: number): Fold[] {
  const fold = foldsOf(keys, rows, strata, folds, seed);
  return whole(
    Array.from({ length: folds }, (_, out) => ({ learning: rows.filter((row) => fold[row] !== out), held: rows.filter((row) => fold[row] === out) })),
  );
}

/**
 * Forward chaining: the rows in order of time, cut into folds + 1 blocks of nearly equal size, each block but the first held out from
 * the rows before it. Cuts lie between two distinct times, at the place nearest the equal share. Folds without rows, or without others to
 * learn from, are left out, so that a row may be in no fold's `held`; a row without a time is in no fold at all.
 * @param times of every row of the table, any unit; NaN is missing
 * @param rows positions that take part
 * @param groups 16 bytes a row: a row does not teach where its group is among those held out
 */
export function forwardFolds(times: Float64Array, rows: Uint32Array, folds: number, groups?: Uint8Array): Fold[] {
  const own = Float64Array.from(rows, (row) => times[row]!);
  const order = numberOrder(own);
  const blocks = new Int32Array(rows.length).fill(-1);
  let block = 0;
  for (let from = 0; from < order.length;) {
    const end = endOfTime(own, order, from);
    while (block < folds && (from + end) / 2 >= (order.length * (block + 1)) / (folds + 1)) block++;
    for (let i = from; i < end; i++) blocks[order[i]!] = block;
    from = end;
  }
  const apart = strangersBy(groups);
  return whole(
    Array.from({ length: folds }, (_, out) => {
      const held = rows.filter((_row, i) => blocks[i] === out + 1);
      return { learning: apart(rows.filter((_row, i) => blocks[i]! >= 0 && blocks[i]! <= out), held), held };
    }),
  );
}

/** Fewer keys than these cannot spare one. */
const fewestKeys = 5;

/**
 * Holds out a tenth of the rows by their keys, stratified, for early stopping: in order of strata and hashed keys, every tenth key.
 * Five to nine keys hold out one, fewer none: `held` is then empty.
 */
export function tenthByKey(keys: Uint8Array, rows: Uint32Array, strata: Int32Array, seed: number): Fold {
  const { count, order, start, stratum } = unitsOf(keys, rows, strata, seed);
  if (count < fewestKeys) return { learning: rows, held: new Uint32Array(0) };
  const taken = new Uint8Array(keys.length / keyBytes);
  const sorted = Uint32Array.from({ length: count }, (_, u) => u).sort((a, b) => stratum[a]! - stratum[b]! || a - b);
  for (let place = count < 10 ? count >> 1 : 9; place < count; place += 10) {
    const unit = sorted[place]!;
    for (let i = start[unit]!; i < start[unit + 1]!; i++) taken[order[i]!] = 1;
  }
  return { learning: rows.filter((row) => taken[row] === 0), held: rows.filter((row) => taken[row] === 1) };
}

/**
 * Holds out the latest tenth of the rows for early stopping, cut between two distinct times: at the place nearest the tenth, or before the
 * last time where that one has more rows, but at most half of them. Otherwise, and where nothing would be left to learn from, none is held
 * out: `held` is then empty.
 * @param groups 16 bytes a row: a row is left out where its group is among those held out
 */
export function latestTenth(times: Float64Array, rows: Uint32Array, groups?: Uint8Array): Fold {
  const own = Float64Array.from(rows, (row) => times[row]!);
  const order = numberOrder(own);
  let cut = order.length;
  for (let from = 0; from < order.length;) {
    const end = endOfTime(own, order, from);
    if ((from + end) / 2 >= 0.9 * order.length || (end === order.length && 2 * from >= order.length)) {
      cut = from;
      break;
    }
    from = end;
  }
  const late = new Uint8Array(rows.length);
  for (let i = cut; i < order.length; i++) late[order[i]!] = 1;
  const held = rows.filter((_row, i) => late[i] === 1);
  const learning = strangersBy(groups)(
    rows.filter((_row, i) => late[i] === 0),
    held,
  );
  return learning.length === 0 ? { learning: rows, held: new Uint32Array(0) } : { learning, held };
}

const whole = (folds: readonly Fold[]): Fold[] => folds.filter(({ learning, held }) => learning.length > 0 && held.length > 0);

/** The place in the order after the last row of the time that begins at `from`. */
function endOfTime(times: Float64Array, order: Uint32Array, from: number): number {
  let end = from + 1;
  while (end < order.length && times[order[end]!] === times[order[from]!]) end++;
  return end;
}

/** The rows that share no key with the others; all of them where there are no keys. */
function strangersBy(keys: Uint8Array | undefined): (rows: Uint32Array, others: Uint32Array) => Uint32Array {
  if (keys === undefined) return (rows) => rows;
  const { order, start, count } = keyRuns(keys);
  const number = new Uint32Array(order.length);
  for (let run = 0; run < count; run++) for (let i = start[run]!; i < start[run + 1]!; i++) number[order[i]!] = run;
  return (rows, others) => {
    const there = new Uint8Array(count);
    for (const row of others) there[number[row]!] = 1;
    return rows.filter((row) => there[number[row]!] === 0);
  };
}
