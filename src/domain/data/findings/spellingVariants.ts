/** @file Check: values of a category that differ only in case, spaces or the way accents are encoded. */

import { byCodePoint } from '../codePointOrder';
import { mostValues, type Check } from './check';

const folded = (text: string): string => text.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();

export const spellingVariants: Check = {
  name: 'spellingVariants',
  findings: ({ table }) =>
    table.columns.flatMap(({ name, type, values }) => {
      if (values.kind !== 'coded' || type !== 'category') return [];
      const counts = new Uint32Array(values.dictionary.length);
      for (const code of values.codes) if (code >= 0) counts[code]!++;
      const spellings = new Map<string, number[]>();
      values.dictionary.forEach((text, code) => {
        if (counts[code] === 0) return;
        const key = folded(text);
        const same = spellings.get(key);
        if (same === undefined) spellings.set(key, [code]);
        else same.push(code);
      });
      const variants = [...spellings.values()].filter((codes) => codes.length > 1);
      if (variants.length === 0) return [];
      // The commonest spelling of each value is taken to be right; the others' rows would change.
      const rows = variants.reduce(
        (sum, codes) => sum + codes.reduce((all, code) => all + counts[code]!, 0) - codes.reduce((most, code) => Math.max(most, counts[code]!), 0),
        0,
      );
      const spelt = variants
        .flat()
        .map((code) => values.dictionary[code]!)
        .sort(byCodePoint)
        .slice(0, mostValues);
      return [
        {
          check: 'spellingVariants',
          columns: [name],
          severity: 'medium' as const,
          evidence: { values: variants.length, spellings: variants.flat().length },
          values: spelt,
          rows,
          suggestion: 'mergeSpellings' as const,
        },
      ];
    }),
};
