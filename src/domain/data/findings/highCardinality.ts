/** @file Check: a category with so many values that most are too rare to learn from. */

import { features, type Check } from './check';

const mostValuesOfCategory = 50;
/** With more distinct texts than this share it is an identifier, which another check names. */
const mostDistinct = 0.95;

export const highCardinality: Check = {
  name: 'highCardinality',
  findings: (examined) =>
    features(examined)
      .filter(
        ({ profile: { type, rows, missing, distinct } }) =>
          type === 'category' && distinct > mostValuesOfCategory && distinct < mostDistinct * (rows - missing),
      )
      .map(({ profile: { name, rows, missing, distinct, texts } }) => ({
        check: 'highCardinality',
        columns: [name],
        severity: 'low',
        evidence: { distinct, limit: mostValuesOfCategory, known: rows - missing },
        rows: texts?.other ?? 0,
        suggestion: 'groupRare',
      })),
};
