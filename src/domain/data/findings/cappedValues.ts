/** @file Check: a spike at the highest or lowest number, such as 99999: the value stands for "that much or more", or for "unknown". */

import { numberText } from '../cell';
import { features, type Check } from './check';

const fewestDistinct = 20;
const fewestRows = 5;
/** At least this share of the rows … */
const leastShare = 0.001;
/** … and this many times as many rows as the neighbouring values have (their median: one popular value nearby hides no spike). */
const timesBeside = 5;

export const cappedValues: Check = {
  name: 'cappedValues',
  findings: (examined) =>
    features(examined).flatMap(({ profile: { name, type, rows, missing, distinct, numeric } }) => {
      if (numeric === null || type === 'date' || distinct < fewestDistinct) return [];
      const typical = numeric.quantiles[3]!;
      return (
        [numeric.lowest, numeric.highest]
          .filter((edge) => edge.rows >= Math.max(fewestRows, leastShare * (rows - missing)) && edge.rows >= timesBeside * edge.beside)
          // Zero at the low end is a true amount, and a spike that is also the median is simply the usual value.
          .filter((edge) => edge.value !== typical && !(edge === numeric.lowest && edge.value === 0))
          .map((edge) => ({
            check: 'cappedValues',
            columns: [name],
            severity: 'low' as const,
            evidence: { value: edge.value, beside: edge.beside, times: timesBeside },
            values: [numberText(edge.value, type)],
            rows: edge.rows,
            suggestion: 'markCapped' as const,
          }))
      );
    }),
};
