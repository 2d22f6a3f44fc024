/** @file A recipe that was made for one table, fit for another: what must not be an input there, or is not there, is no input. */

import { columnNamed, type ColumnSchema } from '../table';
import type { RecipeSpec } from './recipeSpec';

/** Columns that no recipe may read. */
export interface LeftOut {
  readonly target: string;
  /** Excluded by the user, or used by the split: the group and the time. */
  readonly exclude: readonly string[];
}

/** The entries that may stay, in their order. A column that goes and is still in the table is listed with the reason. */
export function usableSpec(spec: RecipeSpec, columns: readonly ColumnSchema[], left: LeftOut): RecipeSpec {
  const out = new Set([left.target, ...left.exclude]);
  const isThere = ({ column }: { readonly column: string }): boolean => columnNamed(columns, column) !== undefined;
  const entries = spec.entries.filter((entry) => isThere(entry) && !out.has(entry.column));
  const known = spec.leftOut.filter((one) => isThere(one) && !out.has(one.column));
  const reasons = columns.filter(({ name }) => out.has(name)).map(({ name }) => ({ column: name, reason: name === left.target ? ('target' as const) : ('excluded' as const) }));
  return { version: 1, entries, leftOut: [...known, ...reasons] };
}

/** The same recipe after columns were renamed. @param nameOf the present name of a column; null when it is gone */
export const renamedSpec = (spec: RecipeSpec, nameOf: (column: string) => string | null): RecipeSpec => ({
  ...spec,
  entries: spec.entries.flatMap((entry) => {
    const column = nameOf(entry.column);
    return column === null ? [] : [{ ...entry, column }];
  }),
  leftOut: spec.leftOut.flatMap((one) => {
    const column = nameOf(one.column);
    return column === null ? [] : [{ ...one, column }];
  }),
});
