/** @file A split in time: train on the past, test on the latest rows. The cuts fall between timestamps, never inside one. */

import { Refusal } from '../refusal';
import { compareKeys } from './keyHex';
import { keyOrder } from './keyOrder';
import { keyRuns } from './keyRuns';
import { noPart, partCounts, partNames } from './membership';
import { numberOrder } from './numberOrder';
import { checkShares, partSizes, type Shares } from './shares';

/** Rows before `validationFrom` train, before `testFrom` validate, from there on test. Null: no row is that late. */
export interface TimeCuts {
  readonly shares: Shares;
  readonly validationFrom: number | null;
  readonly testFrom: number | null;
}

export interface TimeSplit {
  readonly parts: Uint8Array;
  readonly cuts: TimeCuts;
  /** Rows without a time or a target. */
  readonly leftOut: number;
  /** Groups that would lie on both sides of a cut, and their rows: in no part. */
  readonly droppedGroups: number;
  readonly droppedRows: number;
}

export interface TimeSplitOptions {
  /** Group keys, 16 bytes a row. */
  readonly groups?: Uint8Array;
  /** Stratum of each row as `strataOf` gives it; rows with −1 have no target and take no part. */
  readonly strata?: Int32Array;
}

/** The parts of rows under cuts that are stored; 255 where the time is missing. */
export const timeParts = (times: Float64Array, { validationFrom, testFrom }: TimeCuts): Uint8Array =>
  Uint8Array.from(times, (time) =>
    Number.isNaN(time) ? noPart : validationFrom === null || time < validationFrom ? 0 : testFrom === null || time < testFrom ? 1 : 2,
  );

/** Puts groups that lie in several parts in none. Returns how many groups and rows that were. */
function dropStraddling(parts: Uint8Array, groups: Uint8Array): { droppedGroups: number; droppedRows: number } {
  const { order, start, count } = keyRuns(groups);
  let droppedGroups = 0;
  let droppedRows = 0;
  for (let run = 0; run < count; run++) {
    const [from, end] = [start[run]!, start[run + 1]!];
    let seen = 0;
    for (let i = from; i < end; i++) if (parts[order[i]!] !== noPart) seen |= 1 << parts[order[i]!]!;
    if ((seen & (seen - 1)) !== 0) {
      droppedGroups++;
      for (let i = from; i < end; i++) {
        if (parts[order[i]!] === noPart) continue;
        parts[order[i]!] = noPart;
        droppedRows++;
      }
    }
  }
  return { droppedGroups, droppedRows };
}

/**
 * Cuts the rows in order of time. Each cut lies between two distinct timestamps, at the place nearest the share: off by at most half the
 * rows of the timestamp that straddles it. Groups on both sides of a cut are dropped, since either side would give the other away.
 * @param times any unit; NaN is missing.
 * @throws Refusal badShares; allTimesMissing {rows}; tooFewTimes {distinct, needed}; partWithoutRows {part, rows}.
 */
export function timeSplit(times: Float64Array, shares: Shares, { groups, strata }: TimeSplitOptions = {}): TimeSplit {
  checkShares(shares);
  const used = strata === undefined ? times : times.map((time, row) => (strata[row]! < 0 ? Number.NaN : time));
  const order = numberOrder(used);
  const n = order.length;
  if (n === 0) throw new Refusal('allTimesMissing', { rows: times.length });
  const [train, validation] = partSizes([n], shares)[0]!;
  const ends = [train, train + validation];
  const cuts: (number | null)[] = [null, null];
  let distinct = 0;
  for (let from = 0; from < n; distinct++) {
    const time = used[order[from]!]!;
    let end = from + 1;
    while (end < n && used[order[end]!]! === time) end++;
    for (let cut = 0; cut < 2; cut++) if (cuts[cut] === null && (from + end) / 2 >= ends[cut]!) cuts[cut] = time + 0;
    from = end;
  }
  const needed = shares.filter((share) => share > 0).length;
  if (distinct < needed) throw new Refusal('tooFewTimes', { distinct, needed });
  const stored: TimeCuts = { shares, validationFrom: cuts[0]!, testFrom: cuts[1]! };
  const parts = timeParts(used, stored);
  const dropped = groups === undefined ? { droppedGroups: 0, droppedRows: 0 } : dropStraddling(parts, groups);
  const counts = partCounts(parts);
  for (const [part, name] of partNames.entries()) if (shares[part]! > 0 && counts[name] === 0) throw new Refusal('partWithoutRows', { part: name, rows: n });
  return { parts, cuts: stored, leftOut: times.length - n, ...dropped };
}

/** What a later version of a table inherits: the keys by which rows were dealt out, and the part of each. */
export interface SettledInTime {
  readonly keys: Uint8Array;
  readonly parts: Uint8Array;
}

/**
 * The parts of a later version under cuts that are stored. A row that had a part keeps it, whatever happened to its time. A group that had
 * a side keeps it, and its newcomers on another side are in no part; a group that had none is dropped when it straddles a cut.
 * @param keys row keys, or group keys where the split was made with groups
 * @param strata stratum of each row; −1 has no target and takes no part
 */
export function laterTimeParts(
  times: Float64Array,
  cuts: TimeCuts,
  keys: Uint8Array,
  strata: Int32Array,
  settled: SettledInTime,
  grouped: boolean,
): { readonly parts: Uint8Array; readonly droppedGroups: number; readonly droppedRows: number } {
  const byTime = timeParts(times, cuts);
  const parts = new Uint8Array(times.length).fill(noPart);
  const { order, start, count } = keyRuns(keys);
  const knownOrder = keyOrder(settled.keys);
  let known = 0;
  let droppedGroups = 0;
  let droppedRows = 0;
  for (let run = 0; run < count; run++) {
    const [from, end] = [start[run]!, start[run + 1]!];
    const first = order[from]!;
    while (known < knownOrder.length && compareKeys(settled.keys, knownOrder[known]!, keys, first) < 0) known++;
    let side = noPart;
    for (; known < knownOrder.length && compareKeys(settled.keys, knownOrder[known]!, keys, first) === 0; known++) {
      if (side === noPart) side = settled.parts[knownOrder[known]!]!;
    }
    const takesPart = (row: number): boolean => strata[row]! >= 0 && byTime[row] !== noPart;
    let sides = 0;
    for (let i = from; i < end; i++) if (takesPart(order[i]!)) sides |= 1 << byTime[order[i]!]!;
    const straddles = grouped && (sides & (sides - 1)) !== 0;
    if (side === noPart && straddles) droppedGroups++;
    for (let i = from; i < end; i++) {
      const row = order[i]!;
      if (strata[row]! < 0) continue;
      const wanted = side !== noPart && !grouped ? side : byTime[row]!;
      if (grouped && wanted !== noPart && (side === noPart ? straddles : wanted !== side)) droppedRows++;
      else parts[row] = wanted;
    }
  }
  return { parts, droppedGroups, droppedRows };
}
