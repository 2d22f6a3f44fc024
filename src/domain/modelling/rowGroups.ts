/** @file Rows that belong together, as all visits of one patient: they are alike, so they are drawn, left out and counted together. */

import { keyRuns } from '../data/keyRuns';

export interface RowGroups {
  /** Group of each row, 0 to count − 1. */
  readonly of: Uint32Array;
  readonly count: number;
}

/** Groups of rows with equal keys, numbered in the order of the keys, so that the numbers do not depend on how the rows came. @param keys 16 bytes a row */
export function groupsByKey(keys: Uint8Array): RowGroups {
  const { order, start, count } = keyRuns(keys);
  const of = new Uint32Array(order.length);
  for (let group = 0; group < count; group++) for (let i = start[group]!; i < start[group + 1]!; i++) of[order[i]!] = group;
  return { of, count };
}

/** The groups of the rows with those indices, in that order: groups without a row there are gone, the others keep their order. */
export function takenGroups({ of, count }: RowGroups, indices: ArrayLike<number>): RowGroups {
  const number = new Uint32Array(count);
  for (let i = 0; i < indices.length; i++) number[of[indices[i]!]!] = 1;
  let left = 0;
  for (let group = 0; group < count; group++) number[group] = number[group] === 1 ? left++ : 0;
  return { of: Uint32Array.from({ length: indices.length }, (_, i) => number[of[indices[i]!]!]!), count: left };
}

/** The groups, or undefined where each holds a single row: rows are then as independent as the groups are. */
export const sharedGroups = (groups: RowGroups | undefined): RowGroups | undefined => (groups === undefined || groups.count === groups.of.length ? undefined : groups);
