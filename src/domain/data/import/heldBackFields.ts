/** @file The fields of one record that was held back. Whatever is wrong with it, what can be told apart is told apart. */

import { fieldSplitter } from './csvFields';
import type { ImportOptions } from './importer';
import { cellsOfObject, withLongIntegers } from './jsonCells';

const csvCells = (text: string, { delimiter, quote }: ImportOptions): readonly string[] => {
  const block = { kind: 'records' as const, text: `${text}\n`, starts: [0, text.length + 1], lines: [1] };
  // Quotes that do not match are taken as they stand.
  return fieldSplitter(delimiter, quote)(block)[0] ?? text.split(delimiter);
};

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(withLongIntegers(text));
  } catch {
    // Not JSON, which is why it was held back: nothing can be told apart.
    return undefined;
  }
}

/**
 * One cell a column: what is lacking is null, what is too much is joined to the last.
 * @param keys the headers as they stand in the file, before any was renamed
 */
export function matchedCells(text: string, options: ImportOptions, keys: readonly string[]): readonly (string | null)[] {
  if (options.format === 'jsonl') {
    const cells = cellsOfObject(parsedJson(text));
    return keys.map((key) => cells?.get(key) ?? null);
  }
  if (options.format !== 'csv') {
    // A record without lines of text is kept as a list of its cells.
    const cells = parsedJson(text);
    return keys.map((_, at) => (Array.isArray(cells) && typeof cells[at] === 'string' ? cells[at] : null));
  }
  const cells = csvCells(text, options);
  const last = keys.length - 1;
  return keys.map((_, at) => (at === last && cells.length > keys.length ? cells.slice(last).join(options.delimiter) : (cells[at] ?? null)));
}
