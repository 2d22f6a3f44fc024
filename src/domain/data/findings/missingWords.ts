/** @file Check: texts such as "?" or "N/A" that say a value is missing without being so. */

import { byCodePoint } from '../codePointOrder';
import { mostValues, type Check } from './check';

const words = new Set([
  '',
  '?',
  '-',
  '--',
  '.',
  'n/a',
  'na',
  '#n/a',
  'n.a.',
  'nan',
  'null',
  'nil',
  'none',
  'missing',
  'unknown',
  'undefined',
  '(blank)',
  '#null!',
  '#value!',
  '#div/0!',
]);

export const missingWords: Check = {
  name: 'missingWords',
  findings: ({ table }) =>
    table.columns.flatMap(({ name, values }) => {
      if (values.kind !== 'coded') return [];
      const suspect = Uint8Array.from(values.dictionary, (text) => (words.has(text.trim().toLowerCase()) ? 1 : 0));
      if (!suspect.includes(1)) return [];
      const counts = new Uint32Array(values.dictionary.length);
      for (const code of values.codes) if (code >= 0) counts[code]!++;
      const found = [...suspect.keys()].filter((code) => suspect[code] === 1 && counts[code]! > 0);
      const rows = found.reduce((sum, code) => sum + counts[code]!, 0);
      const spelt = found
        .map((code) => values.dictionary[code]!)
        .sort(byCodePoint)
        .slice(0, mostValues);
      return rows === 0
        ? []
        : [
            {
              check: 'missingWords',
              columns: [name],
              severity: 'medium' as const,
              evidence: { spellings: found.length, total: values.codes.length },
              values: spelt,
              rows,
              suggestion: 'markMissing' as const,
            },
          ];
    }),
};
