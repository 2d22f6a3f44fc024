/** @file Check: the rarest class has less than a tenth of its even share (Datalab's rule), so a model may ignore it and score well. */

import type { Check } from './check';

export const imbalancedTarget: Check = {
  name: 'imbalancedTarget',
  findings({ goal }) {
    if (goal === null || goal.target.kind !== 'classes') return [];
    const { labels, counts } = goal.target.classes;
    const known = counts.reduce((sum, count) => sum + count, 0);
    // Not Math.min(...counts): a target of a hundred thousand classes has more counts than a call takes arguments.
    let rarest = 0;
    counts.forEach((count, index) => (rarest = count < counts[rarest]! ? index : rarest));
    const limit = 0.1 / labels.length;
    const share = counts[rarest]! / known;
    if (!(share < limit)) return [];
    return [
      {
        check: 'imbalancedTarget',
        columns: [goal.column.name],
        severity: share < limit / 10 ? 'high' : 'medium',
        evidence: { share, limit, classes: labels.length, known },
        values: [labels[rarest]!],
        rows: counts[rarest]!,
        suggestion: 'weighClasses',
      },
    ];
  },
};
