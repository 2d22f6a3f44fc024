/** @file Check: rows that are equal in every column but carry different classes. No model can get them all right. */

import { compareKeys } from '../keyHex';
import { keyOrder } from '../keyOrder';
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
    const order = keyOrder(keys);
    let groups = 0;
    let rows = 0;
    for (let from = 0; from < order.length;) {
      let end = from;
      let first = -1;
      let conflict = false;
      let known = 0;
      for (; end < order.length && compareKeys(keys, order[from]!, keys, order[end]!) === 0; end++) {
        const label = of[order[end]!]!;
        if (label < 0) continue;
        known++;
        if (first < 0) first = label;
        else if (label !== first) conflict = true;
      }
      if (conflict) {
        groups++;
        rows += known;
      }
      from = end;
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
