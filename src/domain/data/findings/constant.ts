/** @file Check: a column with one value tells rows apart by nothing, except by whether it is missing. */

import { features, type Check } from './check';

export const constant: Check = {
  name: 'constant',
  findings: (examined) =>
    features(examined)
      .filter(({ profile }) => profile.distinct === 1)
      .map(({ profile: { name, rows, missing } }) => ({
        check: 'constant',
        columns: [name],
        severity: missing === 0 ? 'medium' : 'low',
        evidence: { distinct: 1, missing, rows },
        suggestion: 'dropColumn',
      })),
};
