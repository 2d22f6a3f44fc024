/** @file What a batch must have in common with the reference before anything can be compared: its columns, their types, their categories. */

import type { Column, ColumnType } from '../data/table';
import { categoryCounts, newCategoriesOf } from './categoryCounts';

/** One difference. `typeChanged` with `comparable` is harmless: whole numbers where numbers were. */
export type SchemaFinding =
  | { readonly kind: 'missingColumn'; readonly column: string; readonly type: ColumnType }
  | { readonly kind: 'extraColumn'; readonly column: string; readonly type: ColumnType }
  | { readonly kind: 'typeChanged'; readonly column: string; readonly from: ColumnType; readonly to: ColumnType; readonly comparable: boolean }
  /** At most fifty by name, most frequent first; how many there are; and the batch's rows in them. */
  | { readonly kind: 'newCategories'; readonly column: string; readonly categories: readonly string[]; readonly count: number; readonly rows: number };

/** Differences between a batch and the reference, in the reference's column order, extra columns last. Empty: the batch fits. */
export function batchSchema(reference: readonly Column[], batch: readonly Column[]): SchemaFinding[] {
  const found: SchemaFinding[] = [];
  const inBatch = new Map(batch.map((column) => [column.name, column]));
  const known = new Set(reference.map((column) => column.name));
  for (const column of reference) {
    const other = inBatch.get(column.name);
    if (!other) {
      found.push({ kind: 'missingColumn', column: column.name, type: column.type });
      continue;
    }
    if (other.type !== column.type) {
      found.push({ kind: 'typeChanged', column: column.name, from: column.type, to: other.type, comparable: isComparable(column.type, other.type) });
    }
    // In text and identifiers every value is new: that is their nature and no finding.
    if (column.type === 'category' && column.values.kind === 'coded' && other.values.kind === 'coded') {
      const fresh = newCategoriesOf(categoryCounts(column.values, other.values));
      if (fresh.count > 0) found.push({ kind: 'newCategories', column: column.name, categories: fresh.names, count: fresh.count, rows: fresh.rows });
    }
  }
  for (const column of batch) if (!known.has(column.name)) found.push({ kind: 'extraColumn', column: column.name, type: column.type });
  return found;
}

/** Whether values of the batch's type mean the same as the reference's: equal types, the two kinds of number, or the three kinds of string. */
export function isComparable(reference: ColumnType, batch: ColumnType): boolean {
  const family = (type: ColumnType): string => (type === 'integer' ? 'number' : type === 'text' || type === 'identifier' ? 'category' : type);
  return family(reference) === family(batch);
}
