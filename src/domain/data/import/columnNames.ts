/** @file Headers as column names: unique, not empty, not endless. Names are data, so hostile ones stay as they are. */

import { Refusal } from '../../refusal';
import { columnLimit, type RenamedColumn } from './importer';

/** Longest name of a column, in UTF-16 units. */
export const nameLimit = 200;

const isHighSurrogate = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff;

function shortened(name: string, limit: number): string {
  if (name.length <= limit) return name;
  const end = isHighSurrogate(name.charCodeAt(limit - 2)) ? limit - 2 : limit - 1;
  return `${name.slice(0, end)}…`;
}

/**
 * Names for the columns under these headers. Spaces around a header are dropped without a word. An empty header becomes `column 3`,
 * a second `age` becomes `age (2)`, one longer than `nameLimit` is cut and ends in `…`; these three are reported.
 * A header that needs no change keeps its name even where an earlier one would have been renamed to it.
 * @throws Refusal tooManyColumns
 */
export function columnNames(headers: readonly string[]): { names: string[]; renamed: RenamedColumn[] } {
  if (headers.length > columnLimit) throw new Refusal('tooManyColumns', { columns: headers.length, limit: columnLimit });
  const wanted = headers.map((header, index) => {
    const name = header.trim();
    return name === '' ? `column ${index + 1}` : shortened(name, nameLimit);
  });
  const kept = new Set(headers.map((header) => header.trim()));
  const taken = new Set<string>();
  const next = new Map<string, number>();
  const renamed: RenamedColumn[] = [];
  const names = wanted.map((want, index) => {
    const from = headers[index]!;
    const own = from.trim();
    let name = want;
    if (taken.has(name) || (name !== own && kept.has(name))) {
      let suffix = next.get(want) ?? 2;
      do {
        const tail = ` (${suffix})`;
        name = `${shortened(want, nameLimit - tail.length)}${tail}`;
        suffix += 1;
      } while (taken.has(name) || kept.has(name));
      next.set(want, suffix);
    }
    taken.add(name);
    if (name !== own) renamed.push({ from: shortened(from, nameLimit), to: name, index });
    return name;
  });
  return { names, renamed };
}
