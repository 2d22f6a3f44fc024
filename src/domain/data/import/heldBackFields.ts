/** @file The fields of one record that was held back. Whatever is wrong with it, what can be told apart is told apart. */

import { fieldSplitter } from './csvFields';
import type { ImportOptions } from './importer';

const csvCells = (text: string, { delimiter, quote }: ImportOptions): readonly string[] => {
  const block = { kind: 'records' as const, text: `${text}\n`, starts: [0, text.length + 1], lines: [1] };
  // Quotes that do not match are taken as they stand.
  return fieldSplitter(delimiter, quote)(block)[0] ?? text.split(delimiter);
};

function jsonCells(text: string, names: readonly string[]): readonly (string | null)[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // Not JSON, which is why it was held back: nothing can be told apart.
    return names.map(() => null);
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return names.map(() => null);
  const fields = new Map(Object.entries(value));
  return names.map((name) => {
    const cell: unknown = fields.get(name) ?? null;
    return cell === null ? null : typeof cell === 'string' ? cell : JSON.stringify(cell);
  });
}

/** One cell a column: what is lacking at the end is null, what is too much is joined to the last. */
export function matchedCells(text: string, options: ImportOptions, names: readonly string[]): readonly (string | null)[] {
  if (options.format === 'jsonl') return jsonCells(text, names);
  const cells = options.format === 'csv' ? csvCells(text, options) : text.split('\t');
  const last = names.length - 1;
  return names.map((_, at) => (at === last && cells.length > names.length ? cells.slice(last).join(options.format === 'csv' ? options.delimiter : '\t') : (cells[at] ?? null)));
}
