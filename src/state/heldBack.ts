/** @file Rows held back, counted by reason and column. */

import type { QuarantinedRow, QuarantineReason } from '../domain/data/import/importer';

export interface HeldBackGroup {
  readonly reason: QuarantineReason;
  /** The column whose cells do not fit; null for whole records. */
  readonly column: string | null;
  readonly rows: number;
}

/** One group for each reason and column, the largest first. */
export function heldBackGroups(rows: readonly QuarantinedRow[]): readonly HeldBackGroup[] {
  const groups = new Map<string, { reason: QuarantineReason; column: string | null; rows: number }>();
  for (const { reason, column = null } of rows) {
    const key = JSON.stringify([reason, column]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { reason, column, rows: 1 });
    else group.rows++;
  }
  return [...groups.values()].sort((a, b) => b.rows - a.rows);
}
