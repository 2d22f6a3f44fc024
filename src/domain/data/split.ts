/**
 * @file Which rows train, validate and test: by a seeded hash of their keys, so that no edit, order or engine changes it.
 * Sizes are exact within each stratum, and the cuts are kept for rows that come later.
 */

import { Refusal } from '../refusal';
import { byCodePoint } from './codePointOrder';
import { compareKeys, keyBytes, keyHex, keyOfHex } from './keyHex';
import { keyOrder } from './keyOrder';
import { keyRuns } from './keyRuns';
import { noPart, partCounts, partNames } from './membership';
import { hashedKeys } from './rowKey';
import { checkShares, fewestRows, partSizes, type Shares } from './shares';
import type { Strata } from './strata';

/** Hashed keys below `cutValidation` train, below `cutTest` validate, from there on test. 32 hexadecimal digits each. */
export interface Cut {
  readonly cutValidation: string;
  readonly cutTest: string;
}

/** What is stored of a split. JSON-able. */
export interface SplitCuts {
  readonly seed: number;
  readonly shares: Shares;
  /** In code-point order of their labels. Without strata: one, labelled ''. */
  readonly strata: readonly (Cut & { readonly stratum: string })[];
  /** For a stratum that was not there when the split was made. */
  readonly fallback: Cut;
}

export interface SplitRequest {
  /** Row keys, 16 bytes a row. */
  readonly keys: Uint8Array;
  /** Null: one stratum with every row. */
  readonly strata: Pick<Strata, 'of' | 'labels'> | null;
  readonly shares: Shares;
  /** A whole number from 1 on. */
  readonly seed: number;
  /** Group keys, 16 bytes a row; then whole groups are dealt out instead of rows. */
  readonly groups?: Uint8Array;
}

export interface Split {
  /** 0 train, 1 validation, 2 test, 255 none; one a row. */
  readonly parts: Uint8Array;
  readonly cuts: SplitCuts;
  /** Rows without a target: in no part. */
  readonly leftOut: number;
}

const top = (1n << 128n) - 1n;
const hex = (value: bigint): string => value.toString(16).padStart(32, '0');
const keySeed = (seed: number): number => {
  if (!Number.isSafeInteger(seed) || seed < 1) throw new RangeError(`a seed is a whole number from 1 on, not ${seed}`);
  return (seed ^ Math.floor(seed / 2 ** 32)) >>> 0;
};

/** The cut that would be right for endlessly many rows. */
const idealCut = (share: number): bigint => {
  const cut = BigInt(Math.round(Math.min(1, share) * 2 ** 53)) << 75n;
  return cut > top ? top : cut;
};

/** The ideal cut, moved as little as needed to lie above `last` (the last hash before it) and not above `first` (the first after it). */
function cutBetween(share: number, last: string | undefined, first: string | undefined): string {
  let cut = idealCut(share);
  if (last !== undefined && cut <= BigInt(`0x${last}`)) cut = BigInt(`0x${last}`) + 1n;
  if (first !== undefined && cut > BigInt(`0x${first}`)) cut = BigInt(`0x${first}`);
  return hex(cut > top ? top : cut);
}

/** Rows of one key, which stay together. All units in the order of their hashed keys. */
interface Units {
  readonly count: number;
  /** Where each unit starts in `order`; one more at the end. */
  readonly start: Uint32Array;
  readonly order: Uint32Array;
  /** Stratum of most of its rows, ties in code-point order of labels; −1: no row with a target. */
  readonly stratum: Int32Array;
  /** Rows with a target. */
  readonly rows: Uint32Array;
}

function unitsOf(hashed: Uint8Array, of: Int32Array | null, labels: readonly string[]): Units {
  const { order, start, count } = keyRuns(hashed);
  const stratum = new Int32Array(count);
  const rows = new Uint32Array(count);
  const place = new Uint32Array(labels.length);
  [...labels.keys()].sort((a, b) => byCodePoint(labels[a]!, labels[b]!)).forEach((label, rank) => (place[label] = rank));
  const tally = new Uint32Array(labels.length);
  for (let unit = 0; unit < count; unit++) {
    const [from, end] = [start[unit]!, start[unit + 1]!];
    let best = -1;
    let known = 0;
    for (let i = from; i < end; i++) {
      const s = of === null ? 0 : of[order[i]!]!;
      if (s < 0) continue;
      known++;
      tally[s]!++;
      if (best < 0 || tally[s]! > tally[best]! || (tally[s] === tally[best] && place[s]! < place[best]!)) best = s;
    }
    if (known > 0) for (let i = from; i < end; i++) if (of === null || of[order[i]!]! >= 0) tally[of === null ? 0 : of[order[i]!]!] = 0;
    stratum[unit] = best;
    rows[unit] = known;
  }
  start[count] = order.length;
  return { count, start, order, stratum, rows };
}

/**
 * Deals rows, or groups, out to train, validation and test. Within each stratum the distinct keys are ordered by a seeded hash and cut.
 * Where every key has one row, each part of a stratum has its share of the rows rounded down or up, and the totals keep to the shares
 * (`partSizes`). Where a key has several rows they stay together, and each cut lies at the nearest possible place: off by at most half
 * the rows of the key that straddles it. A key with rows in several strata belongs to that of most of its rows.
 * @throws Refusal badShares; tooFewRows {rows, needed}: distinct keys, or groups, with a target; fewerRowsThanClasses {rows, classes};
 *   partWithoutRows {part, rows}: the groups are too large, or the classes too small, to give every part something.
 */
export function splitOf({ keys, strata, shares, seed, groups }: SplitRequest): Split {
  checkShares(shares);
  const hashed = hashedKeys(groups ?? keys, keySeed(seed));
  const labels = strata === null ? [''] : strata.labels;
  const of = strata === null ? null : strata.of;
  const units = unitsOf(hashed, of, labels);
  const stratumRows = new Array<number>(labels.length).fill(0);
  const occurs = new Uint8Array(labels.length);
  let dealt = 0;
  for (let u = 0; u < units.count; u++) {
    if (units.stratum[u]! < 0) continue;
    dealt++;
    stratumRows[units.stratum[u]!]! += units.rows[u]!;
  }
  const needed = fewestRows(shares);
  if (dealt < needed) throw new Refusal('tooFewRows', { rows: dealt, needed });
  if (of === null) occurs[0] = 1;
  else for (const s of of) if (s >= 0) occurs[s] = 1;
  const present = [...labels.keys()].filter((s) => occurs[s] === 1).sort((a, b) => byCodePoint(labels[a]!, labels[b]!));
  if (dealt < present.length) throw new Refusal('fewerRowsThanClasses', { rows: dealt, classes: present.length });

  const sizes = partSizes(
    present.map((s) => stratumRows[s]!),
    shares,
  );
  const ends = new Float64Array(2 * labels.length);
  present.forEach((s, i) => {
    ends[2 * s] = sizes[i]![0];
    ends[2 * s + 1] = sizes[i]![0] + sizes[i]![1];
  });
  const parts = new Uint8Array(keys.length / keyBytes).fill(noPart);
  const passed = new Float64Array(labels.length);
  // Last row before and first row after each cut of each stratum, −1 where there is none.
  const beside = new Int32Array(4 * labels.length).fill(-1);
  for (let u = 0; u < units.count; u++) {
    const s = units.stratum[u]!;
    if (s < 0) continue;
    const middle = passed[s]! + units.rows[u]! / 2;
    passed[s]! += units.rows[u]!;
    const part = middle < ends[2 * s]! ? 0 : middle < ends[2 * s + 1]! ? 1 : 2;
    const first = units.order[units.start[u]!]!;
    for (let cut = 0; cut < 2; cut++) {
      if (part <= cut) beside[4 * s + 2 * cut] = first;
      else if (beside[4 * s + 2 * cut + 1]! < 0) beside[4 * s + 2 * cut + 1] = first;
    }
    for (let i = units.start[u]!; i < units.start[u + 1]!; i++) {
      const row = units.order[i]!;
      if (of === null || of[row]! >= 0) parts[row] = part;
    }
  }
  const counts = partCounts(parts);
  for (const [part, name] of partNames.entries())
    if (shares[part]! > 0 && counts[name] === 0) throw new Refusal('partWithoutRows', { part: name, rows: dealt });

  const hexAt = (row: number): string | undefined => (row < 0 ? undefined : keyHex(hashed, row));
  const cutOf = (s: number): Cut => ({
    cutValidation: cutBetween(shares[0], hexAt(beside[4 * s]!), hexAt(beside[4 * s + 1]!)),
    cutTest: cutBetween(shares[0] + shares[1], hexAt(beside[4 * s + 2]!), hexAt(beside[4 * s + 3]!)),
  });
  const fallback: Cut = { cutValidation: hex(idealCut(shares[0])), cutTest: hex(idealCut(shares[0] + shares[1])) };
  return { parts, cuts: { seed, shares, strata: present.map((s) => ({ stratum: labels[s]!, ...cutOf(s) })), fallback }, leftOut: counts.none };
}

/** Rows whose part is settled, so that a new label, or a new row of an old group, moves nothing. */
export interface Settled {
  /** Row keys or group keys, as the split used them. */
  readonly keys: Uint8Array;
  readonly parts: Uint8Array;
}

/** The settled part of every unit, 255 where there is none. Both sides are in the order of their hashed keys, so one walk pairs them. */
function settledParts(units: Units, hashed: Uint8Array, settled: Settled, seed: number): Uint8Array {
  const found = new Uint8Array(units.count).fill(noPart);
  const known = hashedKeys(settled.keys, seed);
  const order = keyOrder(known);
  let at = 0;
  for (let u = 0; u < units.count; u++) {
    const row = units.order[units.start[u]!]!;
    while (at < order.length && compareKeys(known, order[at]!, hashed, row) < 0) at++;
    for (; at < order.length && compareKeys(known, order[at]!, hashed, row) === 0; at++) if (found[u] === noPart) found[u] = settled.parts[order[at]!]!;
  }
  return found;
}

/**
 * The parts of rows under cuts that are stored: one a row, 255 where the target is missing.
 * @param keys row keys, or group keys where the split was made from groups.
 * @param settled parts that were given before and stay as they are.
 */
export function applySplit(cuts: SplitCuts, keys: Uint8Array, strata: Pick<Strata, 'of' | 'labels'> | null, settled?: Settled): Uint8Array {
  const seed = keySeed(cuts.seed);
  const hashed = hashedKeys(keys, seed);
  const labels = strata === null ? [''] : strata.labels;
  const of = strata === null ? null : strata.of;
  const stored = new Map(cuts.strata.map((cut) => [cut.stratum, cut]));
  const bytes = labels.map((label) => {
    const cut = stored.get(label) ?? cuts.fallback;
    return [keyOfHex(cut.cutValidation)!, keyOfHex(cut.cutTest)!] as const;
  });
  const units = unitsOf(hashed, of, labels);
  const before = settled === undefined ? undefined : settledParts(units, hashed, settled, seed);
  const parts = new Uint8Array(keys.length / keyBytes).fill(noPart);
  for (let u = 0; u < units.count; u++) {
    const s = units.stratum[u]!;
    if (s < 0) continue;
    const first = units.order[units.start[u]!]!;
    let part = before === undefined ? noPart : before[u]!;
    if (part === noPart) part = compareKeys(hashed, first, bytes[s]![0], 0) < 0 ? 0 : compareKeys(hashed, first, bytes[s]![1], 0) < 0 ? 1 : 2;
    for (let i = units.start[u]!; i < units.start[u + 1]!; i++) {
      const row = units.order[i]!;
      if (of === null || of[row]! >= 0) parts[row] = part;
    }
  }
  return parts;
}
