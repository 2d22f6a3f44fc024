/** @file How a delimited text is written: its delimiter, quote, decimal mark and whether it has a header, told from its beginning. */

import { booleanIn } from './columnPlan';
import { fieldSplitter } from './csvFields';
import { RecordScanner } from './csvRecords';
import { groupedNumberIn, hasLeadingZero, numberIn } from './decimalNumber';
import { instantIn } from './instant';
import { missingByDefault, missingInNumbers } from './missingWords';

const knownMissing = new Set([...missingByDefault, ...missingInNumbers]);

export interface Dialect {
  readonly delimiter: string;
  readonly quote: string;
  readonly header: boolean;
  readonly decimal: '.' | ',';
}

const candidates = [',', ';', '\t', '|'];
const enoughRecords = 1000;

/** The first records of a text, split. Empty lines are left out. */
export function firstRecords(text: string, delimiter: string, quote: string): string[][] {
  const split = fieldSplitter(delimiter, quote);
  const rows: string[][] = [];
  for (const event of new RecordScanner(delimiter, quote).push(text, true)) {
    if (event.kind === 'lost') continue;
    for (const fields of split(event)) if (fields && !(fields.length === 1 && fields[0]!.trim() === '')) rows.push(fields);
  }
  return rows;
}

/** The most frequent number of fields, the larger of equals. */
export function usualWidth(rows: readonly (readonly string[])[]): { width: number; rows: number } {
  const counts = new Map<number, number>();
  for (const { length } of rows) counts.set(length, (counts.get(length) ?? 0) + 1);
  let best = { width: 0, rows: 0 };
  for (const [width, count] of counts) if (count > best.rows || (count === best.rows && width > best.width)) best = { width, rows: count };
  return best;
}

/** `'` only where it encloses whole fields and `"` encloses none. */
function quoteOf(text: string): string {
  const count = (mark: string): number => (text.match(new RegExp(`(?:^|[,;\\t|\\n])${mark}[^${mark}\\n]*${mark}(?=[,;\\t|\\n]|$)`, 'g')) ?? []).length;
  return count('"') === 0 && count("'") >= 3 ? "'" : '"';
}

function delimiterOf(text: string, quote: string): string {
  let best = { delimiter: ',', agreement: 0, width: 1 };
  for (const delimiter of candidates) {
    if (!text.includes(delimiter)) continue;
    const rows = firstRecords(text, delimiter, quote);
    const { width, rows: agreeing } = usualWidth(rows);
    if (width < 2) continue;
    // Agreement decides; among delimiters that agree about as well, the one that makes more columns.
    const agreement = agreeing / rows.length;
    if (agreement > best.agreement + 0.05 || (agreement > best.agreement - 0.05 && width > best.width)) best = { delimiter, agreement, width };
  }
  return best.delimiter;
}

const commaNumber = /^[+-]?(?:\d{1,3}(?:\.\d{3})+|\d+),\d+$/;
const pointNumber = /^[+-]?(?:\d{1,3}(?:,\d{3})+|\d*)\.\d+$/;
const couldBeThousands = /^[+-]?[1-9]\d{0,2}[.,]\d{3}$/;

function decimalOf(rows: readonly (readonly string[])[], delimiter: string): '.' | ',' {
  let commas = 0;
  let points = 0;
  let unsureCommas = 0;
  for (const row of rows)
    for (const field of row) {
      const cell = field.trim();
      if (cell.length < 2 || cell.length > 40) continue;
      const comma = commaNumber.test(cell);
      if (!comma && !pointNumber.test(cell)) continue;
      const unsure = couldBeThousands.test(cell);
      if (comma && unsure) unsureCommas += 1;
      else if (comma) commas += 1;
      else if (!unsure) points += 1;
    }
  if (commas > points) return ',';
  // Files that use semicolons do so because the comma is their decimal mark.
  return points === 0 && unsureCommas > 0 && delimiter === ';' ? ',' : '.';
}

const isValue = (cell: string, decimal: '.' | ','): boolean =>
  !Number.isNaN(numberIn(cell, decimal)) ||
  !Number.isNaN(groupedNumberIn(cell, decimal)) ||
  hasLeadingZero(cell.trim()) ||
  !Number.isNaN(instantIn(cell, 'monthFirst')) ||
  !Number.isNaN(instantIn(cell, 'dayFirst')) ||
  !Number.isNaN(booleanIn(cell, false));

const isKnownMissing = (cell: string): boolean => knownMissing.has(cell.trim());

/**
 * Whether the first record names the columns: it does not if it reads like the rest, numbers above numbers in most columns. Where every column is words, it is taken
 * for a header unless one of its words comes again below it in the same column.
 */
export function hasHeader(rows: readonly (readonly string[])[], decimal: '.' | ','): boolean {
  const [first, ...rest] = rows;
  if (!first) return true;
  if (rest.length === 0) return !first.some((cell) => isValue(cell, decimal));
  let names = 0;
  let values = 0;
  let repeated = false;
  first.forEach((head, at) => {
    const below = rest.slice(0, 200).flatMap((row) => (row[at] === undefined || isKnownMissing(row[at]) ? [] : [row[at].trim()]));
    const typed = below.filter((cell) => isValue(cell, decimal)).length;
    if (below.length > 0 && typed >= 0.9 * below.length) {
      if (isValue(head, decimal)) values += 1;
      else if (!isKnownMissing(head)) names += 1;
    } else if (head.trim() !== '' && below.includes(head.trim())) repeated = true;
  });
  return names + values === 0 ? !repeated : names >= values;
}

/** The dialect of a text with `\n` line ends. The text should end with a whole line. */
export function csvDialect(text: string): Dialect {
  const quote = quoteOf(text);
  const delimiter = delimiterOf(text, quote);
  const all = firstRecords(text, delimiter, quote);
  const { width } = usualWidth(all);
  const rows = all.filter((row) => row.length === width).slice(0, enoughRecords);
  const decimal = decimalOf(rows, delimiter);
  return { delimiter, quote, header: hasHeader(rows, decimal), decimal };
}
