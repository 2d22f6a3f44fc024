/** @file Check: more than half of a column is missing. For the target that means rows nobody can learn from. */

import type { Check } from './check';

const limit = 0.5;
const severe = 0.95;

export const mostlyMissing: Check = {
  name: 'mostlyMissing',
  findings: ({ profiles, goal }) =>
    profiles
      .filter(({ rows, missing }) => missing > limit * rows)
      .map(({ name, rows, missing }) => ({
        check: 'mostlyMissing',
        columns: [name],
        severity: missing > severe * rows || name === goal?.column.name ? 'high' : 'medium',
        evidence: { share: missing / rows, limit, total: rows },
        rows: missing,
        suggestion: 'fillOrDrop',
      })),
};
