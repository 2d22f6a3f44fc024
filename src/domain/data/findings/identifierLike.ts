/** @file Check: a column that names rows instead of describing them. A model that sees it learns rows by heart. */

import { features, type Check } from './check';
import type { ColumnProfile } from '../profile';

const fewestRows = 50;
/** From this share of distinct texts on they are names. */
const leastDistinct = 0.95;
/** Longer texts that all differ are prose. */
const longestName = 40;
/** All-different whole numbers are a count when they fill at least this share of their range. */
const leastDense = 0.5;

function looksLikeNames({ type, rows, missing, distinct, texts, numeric }: ColumnProfile): boolean {
  const known = rows - missing;
  if (type === 'identifier' || known < fewestRows) return false;
  if (texts !== null) return distinct >= leastDistinct * known && texts.lengths.mean <= longestName;
  return numeric !== null && type !== 'date' && numeric.whole && distinct === known && known >= leastDense * (numeric.max - numeric.min + 1);
}

export const identifierLike: Check = {
  name: 'identifierLike',
  findings: (examined) =>
    features(examined)
      .filter(({ profile }) => looksLikeNames(profile))
      .map(({ profile: { name, rows, missing, distinct } }) => ({
        check: 'identifierLike',
        columns: [name],
        severity: 'medium',
        evidence: { distinct, known: rows - missing },
        suggestion: 'leaveOutOfModel',
      })),
};
