/** @file Check: rows that are equal in every column. They count twice in training, and across a split they would give the answer away. */

import { keyRuns } from '../keyRuns';
import { rowKeys } from '../rowKey';
import type { Check } from './check';

const muchRepeated = 0.01;

export const duplicatedRows: Check = {
  name: 'duplicatedRows',
  findings({ table }) {
    if (table.columns.length === 0) return [];
    // Keys of the values as they are now, not those of the import: edits may have made rows equal.
    const keys = rowKeys(table, [...table.columns.keys()]);
    const { start, count } = keyRuns(keys);
    let groups = 0;
    let extra = 0;
    let largest = 1;
    for (let run = 0; run < count; run++) {
      const rows = start[run + 1]! - start[run]!;
      if (rows > 1) groups++;
      extra += rows - 1;
      largest = Math.max(largest, rows);
    }
    return extra === 0
      ? []
      : [
          {
            check: 'duplicatedRows',
            columns: [],
            severity: extra > muchRepeated * table.rows ? 'medium' : 'low',
            evidence: { groups, largest, total: table.rows },
            rows: extra,
            suggestion: 'deleteRepeats',
          },
        ];
  },
};
