/** @file The value that an edit puts in a cell: read as the column's type, or computed from the whole column. */

import { Refusal } from '../refusal';
import { numericValueOf } from './cell';
import { byCodePoint } from './codePointOrder';
import type { CellValue, Edit } from './edit';
import { isNumericType, type Column, type ColumnSchema } from './table';

/** A number for numeric columns (NaN: missing), a text for coded ones (null: missing). */
export type StoredValue = number | string | null;

/**
 * The value as the column stores it.
 * @throws Refusal valueDoesNotFit {column, value, type}.
 */
export function storedValue({ name, type }: ColumnSchema, value: CellValue): StoredValue {
  const numeric = isNumericType(type);
  if (value === null) return numeric ? Number.NaN : null;
  if (!numeric) return String(value);
  const stored = typeof value === 'number' && type === 'date' ? value : numericValueOf(String(value), type);
  if (!Number.isFinite(stored)) throw new Refusal('valueDoesNotFit', { column: name, value: String(value), type });
  return stored + 0;
}

function medianOf({ type }: Column, values: Float64Array): number {
  const sorted = values.filter((value) => value === value).sort();
  const upper = sorted.length >>> 1;
  if (sorted.length % 2 === 1) return sorted[upper]!;
  // A mean of two would be no value of these types.
  return type === 'number' ? (sorted[upper - 1]! + sorted[upper]!) / 2 : sorted[upper - 1]!;
}

/** The commonest value; of several the smallest, or the first in code-point order. */
function modeOf({ values }: Column): number | string {
  if (values.kind === 'coded') {
    const counts = new Uint32Array(values.dictionary.length);
    for (const code of values.codes) if (code >= 0) counts[code]!++;
    let best = 0;
    for (let code = 1; code < counts.length; code++)
      if (counts[code]! > counts[best]! || (counts[code] === counts[best] && byCodePoint(values.dictionary[code]!, values.dictionary[best]!) < 0)) best = code;
    return values.dictionary[best]!;
  }
  const sorted = values.values.filter((value) => value === value).sort();
  let best = 0;
  let most = 0;
  for (let from = 0; from < sorted.length;) {
    let end = from + 1;
    while (end < sorted.length && sorted[end] === sorted[from]) end++;
    if (end - from > most) {
      most = end - from;
      best = sorted[from]!;
    }
    from = end;
  }
  return best + 0;
}

/**
 * What a `fillMissing` edit fills with. An even number of values has the mean of the middle two as its median; integers, dates and
 * truth values the lower of the two.
 * @param column the whole column.
 * @throws Refusal valueDoesNotFit {column, value, type}: also for the median of texts, with value `median`; nothingToFillWith {column}.
 */
export function fillValue(edit: Edit & { readonly op: 'fillMissing' }, column: Column): number | string {
  if (typeof edit.with === 'object') {
    const stored = storedValue(column, edit.with.value);
    if (stored === null || Number.isNaN(stored)) throw new Refusal('nothingToFillWith', { column: column.name });
    return stored;
  }
  const { values } = column;
  const anything = values.kind === 'numeric' ? values.values.some((value) => value === value) : values.codes.some((code) => code >= 0);
  if (!anything) throw new Refusal('nothingToFillWith', { column: column.name });
  if (edit.with === 'mode') return modeOf(column);
  if (values.kind === 'coded') throw new Refusal('valueDoesNotFit', { column: column.name, value: 'median', type: column.type });
  return medianOf(column, values.values);
}
