/** @file One cell as text and back: the spelling that editing, retyping, class labels and diffs share. */

import { instantOf, instantText } from './instant';
import type { Column, ColumnType } from './table';

/** How a numeric value of that type is written: ECMAScript's number, true or false, or an ISO instant. */
export function numberText(value: number, type: ColumnType): string {
  if (type === 'boolean') return value === 0 ? 'false' : 'true';
  if (type === 'date') return instantText(value);
  return String(value + 0);
}

/** The cell as text, null where it is missing. */
export function cellText(column: Column, row: number): string | null {
  if (column.values.kind === 'coded') {
    const code = column.values.codes[row]!;
    return code < 0 ? null : column.values.dictionary[code]!;
  }
  const value = column.values.values[row]!;
  return Number.isNaN(value) ? null : numberText(value, column.type);
}

const numberPattern = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/** A finite number written in decimal, or NaN: unlike `Number` it takes no empty text, hexadecimal or infinity. */
export function numberOf(text: string): number {
  const trimmed = text.trim();
  if (!numberPattern.test(trimmed)) return Number.NaN;
  const value = Number(trimmed);
  return Number.isFinite(value) ? value + 0 : Number.NaN;
}

const yes = ['true', 'yes', '1'];
const no = ['false', 'no', '0'];

/** Text as a value of a numeric type, or NaN where it is none. */
export function numericValueOf(text: string, type: ColumnType): number {
  if (type === 'date') return instantOf(text);
  if (type === 'boolean') {
    const word = text.trim().toLowerCase();
    return yes.includes(word) ? 1 : no.includes(word) ? 0 : Number.NaN;
  }
  const value = numberOf(text);
  return type === 'integer' && !Number.isInteger(value) ? Number.NaN : value;
}
