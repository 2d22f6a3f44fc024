/** @file Check: rows that are equal in every column but carry different classes. No model can get them all right. */

import { keyRuns } from '../keyRuns';
import { rowKeys } from '../rowKey';
import type { Check } from './check';

const muchConflict = 0.01;

export const conflictingLabels: Check = {
  name: 'conflictingLabels',
  findings({ table, goal }) {
    if (goal === null || goal.target.kind !== 'classes') return [];
    const include = [...table.columns.keys()].filter((i) => table.columns[i]!.name !== goal.column.name);
    if (include.length === 0) return [];
    const { of } = goal.target.classes;
    const keys = rowKeys(table, include);
    const { order, start, count } = keyRuns(keys);
    let groups = 0;
    let rows = 0;
    for (let run = 0; run < count; run++) {
      let first = -1;
      let conflict = false;
      let known = 0;
      for (let i = start[run]!; i < start[run + 1]!; i++) {
        const label = of[order[i]!]!;
        if (label < 0) continue;
        known++;
        if (first < 0) first = label;
        else if (label !== first) conflict = true;
      }
      if (conflict) {
        groups++;
        rows += known;
      }
    }
    return groups === 0
      ? []
      : [
          {
            check: 'conflictingLabels',
            columns: [goal.column.name],
            severity: rows > muchConflict * table.rows ? 'high' : 'medium',
            evidence: { groups, total: table.rows },
            rows,
            suggestion: 'reviewLabels',
          },
        ];
  },
};
