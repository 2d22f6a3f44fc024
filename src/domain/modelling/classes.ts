/** @file The classes of a target column: their labels in order, how many rows each has, and the class of every row. */

import { numberText } from '../data/cell';
import { byCodePoint } from '../data/codePointOrder';
import type { Column } from '../data/table';

export interface Classes {
  /** Labels that occur, in code-point order. Numbers as ECMAScript prints them, booleans as true and false. */
  readonly labels: readonly string[];
  /** Rows of each label. */
  readonly counts: Uint32Array;
  /** Index into `labels` for each row, −1 where the target is missing. */
  readonly of: Int32Array;
}

/** First-seen numbering of a numeric column: distinct values and each row's number. */
function numbered(values: Float64Array): { readonly distinct: number[]; readonly of: Int32Array } {
  const distinct: number[] = [];
  const numberOfValue = new Map<number, number>();
  const of = new Int32Array(values.length);
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    if (value !== value) {
      of[row] = -1;
      continue;
    }
    let seen = numberOfValue.get(value);
    if (seen === undefined) {
      seen = distinct.push(value) - 1;
      numberOfValue.set(value, seen);
    }
    of[row] = seen;
  }
  return { distinct, of };
}

/** The classes of a column of any type. O(n + K log K). */
export function classesOf(column: Column): Classes {
  const { texts, codes } =
    column.values.kind === 'coded'
      ? { texts: column.values.dictionary, codes: column.values.codes }
      : (({ distinct, of }) => ({ texts: distinct.map((value) => numberText(value, column.type)), codes: of }))(numbered(column.values.values));
  const counted = new Uint32Array(texts.length);
  for (let row = 0; row < codes.length; row++) if (codes[row]! >= 0) counted[codes[row]!]!++;
  const used = texts.map((_, code) => code).filter((code) => counted[code]! > 0);
  used.sort((a, b) => byCodePoint(texts[a]!, texts[b]!));
  const place = new Int32Array(texts.length).fill(-1);
  used.forEach((code, index) => (place[code] = index));
  return {
    labels: used.map((code) => texts[code]!),
    counts: Uint32Array.from(used, (code) => counted[code]!),
    of: codes.map((code) => (code < 0 ? -1 : place[code]!)),
  };
}
