/** @file What a column holds, in numbers: the same for the same values, and small enough to store and show. */

import { associationOf, type Association, type Target } from './association/association';
import { byCodePoint } from './codePointOrder';
import { histogramOf, type Histogram } from './histogram';
import type { CodedValues, Column, ColumnType, NumericValues } from './table';
import { quantile } from '../quantile';

/** Which quantiles are kept. */
export const quantileLevels = [0, 0.05, 0.25, 0.5, 0.75, 0.95, 1] as const;
const topTexts = 20;
/** How many distinct values beside an extreme one say what is usual there. */
const neighbours = 10;

/** How many rows sit at an extreme value, and how many usually do nearby: the median over the ten distinct values next to it. */
export interface Edge {
  readonly value: number;
  readonly rows: number;
  readonly beside: number;
}

/** Of the finite values. */
export interface NumericProfile {
  readonly infinite: number;
  readonly whole: boolean;
  readonly min: number;
  readonly max: number;
  /** Null where the sum leaves the range of float64. */
  readonly mean: number | null;
  /** With n − 1; null below two values. */
  readonly sd: number | null;
  /** One for each of `quantileLevels`, linear between order statistics (Hyndman & Fan's type 7, numpy's default). */
  readonly quantiles: readonly number[];
  readonly histogram: Histogram;
  readonly lowest: Edge;
  readonly highest: Edge;
}

export interface TextProfile {
  /** The 20 most frequent, ties in code-point order. */
  readonly top: readonly { readonly text: string; readonly rows: number }[];
  /** Rows with any other text. */
  readonly other: number;
  /** In code points, over rows. */
  readonly lengths: { readonly min: number; readonly mean: number; readonly max: number };
}

export interface ColumnProfile {
  readonly name: string;
  readonly type: ColumnType;
  readonly rows: number;
  readonly missing: number;
  /** Distinct values, exact, missing not counted. */
  readonly distinct: number;
  /** Null for coded columns and where no value is finite. */
  readonly numeric: NumericProfile | null;
  /** Null for numeric columns and where every value is missing. */
  readonly texts: TextProfile | null;
  /** With the target, where there is one and this is not it. */
  readonly association: Association | null;
}

function edgeOf(sorted: Float64Array, step: 1 | -1): Edge {
  const start = step === 1 ? 0 : sorted.length - 1;
  let at = start;
  const inside = (): boolean => at >= 0 && at < sorted.length;
  while (inside() && sorted[at] === sorted[start]) at += step;
  const rows = Math.abs(at - start);
  const beside: number[] = [];
  while (inside() && beside.length < neighbours) {
    const value = sorted[at];
    const from = at;
    while (inside() && sorted[at] === value) at += step;
    beside.push(Math.abs(at - from));
  }
  beside.sort((a, b) => a - b);
  const middle = beside.length >>> 1;
  const usual = beside.length === 0 ? 0 : beside.length % 2 === 1 ? beside[middle]! : (beside[middle - 1]! + beside[middle]!) / 2;
  return { value: sorted[start]!, rows, beside: usual };
}

const finiteOrNull = (value: number): number | null => (Number.isFinite(value) ? value : null);

function numericPart({ values }: NumericValues, type: ColumnType): { missing: number; distinct: number; numeric: NumericProfile | null } {
  const kept = new Float64Array(values.length);
  let n = 0;
  let high = 0;
  let low = 0;
  let whole = true;
  let sum = 0;
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    if (value - value === 0) {
      kept[n++] = value + 0;
      sum += value;
      if (whole && !Number.isInteger(value)) whole = false;
    } else if (value === Infinity) high++;
    else if (value === -Infinity) low++;
  }
  const sorted = kept.subarray(0, n).sort();
  const infinite = high + low;
  let distinct = (high > 0 ? 1 : 0) + (low > 0 ? 1 : 0);
  const rough = sum / n;
  let squares = 0;
  let rest = 0;
  for (let i = 0; i < n; i++) {
    if (i === 0 || sorted[i] !== sorted[i - 1]) distinct++;
    const deviation = sorted[i]! - rough;
    squares += deviation * deviation;
    rest += deviation;
  }
  const missing = values.length - n - infinite;
  if (n === 0) return { missing, distinct, numeric: null };
  const quantiles = quantileLevels.map((level) => quantile(sorted, level));
  return {
    missing,
    distinct,
    numeric: {
      infinite,
      whole,
      min: sorted[0]!,
      max: sorted[n - 1]!,
      mean: finiteOrNull(rough + rest / n),
      sd: n < 2 ? null : finiteOrNull(Math.sqrt(Math.max(0, squares - (rest * rest) / n) / (n - 1))),
      quantiles,
      histogram: histogramOf(sorted, [quantiles[2]!, quantiles[4]!], type === 'date' ? 'date' : whole ? 'whole' : 'number'),
      lowest: edgeOf(sorted, 1),
      highest: edgeOf(sorted, -1),
    },
  };
}

function codePoints(text: string): number {
  let length = 0;
  for (let i = 0; i < text.length; i++, length++) if (text.codePointAt(i)! > 0xffff) i++;
  return length;
}

function codedPart({ codes, dictionary }: CodedValues): { missing: number; distinct: number; texts: TextProfile | null } {
  const counts = new Uint32Array(dictionary.length);
  let missing = 0;
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row]!;
    if (code < 0) missing++;
    else counts[code]!++;
  }
  const known = codes.length - missing;
  const top: number[] = [];
  const before = (a: number, b: number): boolean => counts[a]! > counts[b]! || (counts[a] === counts[b] && byCodePoint(dictionary[a]!, dictionary[b]!) < 0);
  let distinct = 0;
  let min = Infinity;
  let max = 0;
  let total = 0;
  for (let code = 0; code < counts.length; code++) {
    if (counts[code] === 0) continue;
    distinct++;
    const length = codePoints(dictionary[code]!);
    min = Math.min(min, length);
    max = Math.max(max, length);
    total += length * counts[code]!;
    if (top.length === topTexts && !before(code, top[topTexts - 1]!)) continue;
    if (top.length === topTexts) top.pop();
    let place = top.length;
    while (place > 0 && before(code, top[place - 1]!)) place--;
    top.splice(place, 0, code);
  }
  if (known === 0) return { missing, distinct, texts: null };
  const shown = top.map((code) => ({ text: dictionary[code]!, rows: counts[code]! }));
  return {
    missing,
    distinct,
    texts: { top: shown, other: known - shown.reduce((sum, { rows }) => sum + rows, 0), lengths: { min, mean: total / known, max } },
  };
}

/**
 * The profile of a whole column. O(n log n).
 * @param target what `targetOf` made of the target column; absent for the target itself.
 */
export function profileOf(column: Column, target?: Target): ColumnProfile {
  const { name, type, values } = column;
  const association = target === undefined ? null : associationOf(column, target);
  if (values.kind === 'numeric') return { name, type, rows: values.values.length, ...numericPart(values, type), texts: null, association };
  return { name, type, rows: values.codes.length, ...codedPart(values), numeric: null, association };
}
