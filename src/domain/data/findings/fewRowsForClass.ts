/** @file Check: classes with too few rows to be learnt and measured: below 3 not even one for each part of the split. */

import { mostValues, type Check } from './check';

const needed = 10;
const bareMinimum = 3;

export const fewRowsForClass: Check = {
  name: 'fewRowsForClass',
  findings({ goal }) {
    if (goal === null || goal.target.kind !== 'classes') return [];
    const { labels, counts } = goal.target.classes;
    const rare = [...labels.keys()].filter((k) => counts[k]! < needed).sort((a, b) => counts[a]! - counts[b]! || a - b);
    if (rare.length === 0) return [];
    const fewest = counts[rare[0]!]!;
    return [
      {
        check: 'fewRowsForClass',
        columns: [goal.column.name],
        severity: fewest < bareMinimum ? 'high' : 'medium',
        evidence: { classes: rare.length, fewest, needed },
        values: rare.slice(0, mostValues).map((k) => labels[k]!),
        rows: rare.reduce((sum, k) => sum + counts[k]!, 0),
        suggestion: 'collectMore',
      },
    ];
  },
};
