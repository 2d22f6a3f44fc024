/** @file Two coded columns counted over the categories of both, whatever their dictionaries. */

import type { CodedValues, Column } from '../data/table';

export interface CategoryCounts {
  /** Categories with at least one row in either; the reference's first, in its dictionary's order. */
  readonly names: readonly string[];
  /** Rows per category. */
  readonly reference: Float64Array;
  readonly current: Float64Array;
  readonly missing: { readonly reference: number; readonly current: number };
}

/** Counts both columns in one pass each. Names are compared as strings and are never keys of an object. */
export function categoryCounts(reference: CodedValues, current: CodedValues): CategoryCounts {
  const counted = [countsOf(reference), countsOf(current)] as const;
  const position = new Map<string, number>();
  for (const [values, { counts }] of [[reference, counted[0]] as const, [current, counted[1]] as const]) {
    values.dictionary.forEach((name, code) => {
      if (counts[code]! > 0 && !position.has(name)) position.set(name, position.size);
    });
  }
  const placed = (values: CodedValues, counts: Float64Array): Float64Array => {
    const out = new Float64Array(position.size);
    values.dictionary.forEach((name, code) => {
      if (counts[code]! > 0) out[position.get(name)!]! += counts[code]!;
    });
    return out;
  };
  return {
    names: [...position.keys()],
    reference: placed(reference, counted[0].counts),
    current: placed(current, counted[1].counts),
    missing: { reference: counted[0].missing, current: counted[1].missing },
  };
}

function countsOf({ codes, dictionary }: CodedValues): { counts: Float64Array; missing: number } {
  const counts = new Float64Array(dictionary.length);
  let missing = 0;
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i]!;
    if (code < 0) missing++;
    else counts[code]!++;
  }
  return { counts, missing };
}

/** The most new categories that are listed by name. */
export const namedCategories = 50;

/** Categories of the current rows that the reference has never seen: the most frequent by name, and how many there are. */
export function newCategoriesOf(counts: CategoryCounts): { readonly names: string[]; readonly count: number; readonly rows: number } {
  const fresh = counts.names.map((_, k) => k).filter((k) => counts.reference[k] === 0);
  const rows = fresh.reduce((sum, k) => sum + counts.current[k]!, 0);
  fresh.sort((a, b) => counts.current[b]! - counts.current[a]! || a - b);
  return { names: fresh.slice(0, namedCategories).map((k) => counts.names[k]!), count: fresh.length, rows };
}

/** A boolean column as two categories, `false` and `true`, so that it is compared by shares. Coded columns pass through. */
export function asCategories(column: Column): CodedValues {
  if (column.values.kind === 'coded') return column.values;
  const codes = new Int32Array(column.values.values.length);
  column.values.values.forEach((value, row) => {
    codes[row] = Number.isNaN(value) ? -1 : value === 0 ? 0 : 1;
  });
  return { kind: 'coded', codes, dictionary: ['false', 'true'] };
}
