/** @file Fields of the records that csvRecords found. Papa Parse splits them. */

import Papa from 'papaparse';
import type { RecordBlock } from './csvRecords';

/** Papa's own parser. Its types hide the constructor's argument and the result. */
type FieldParser = new (config: { delimiter: string; newline: string; quoteChar: string; fastMode?: boolean }) => { parse(input: string, base: number, ignoreLast: boolean): { data: string[][] } };
// The one place where we reach below `Papa.parse`, which would take a mark of byte order away from the beginning of every block.
const Parser = Papa.Parser as unknown as FieldParser;

export type FieldSplitter = (block: RecordBlock) => (string[] | undefined)[];

/** The raw text of a record of a block, without its line end. */
export const recordText = (block: RecordBlock, index: number): string => block.text.slice(block.starts[index]!, block.starts[index + 1]! - 1);

/**
 * A function from blocks to the fields of their records: one entry per record, undefined for a record whose quotes Papa reads in another way than
 * csvRecords did. `quote` may be empty.
 */
export function fieldSplitter(delimiter: string, quote: string): FieldSplitter {
  const config = { delimiter, newline: '\n', quoteChar: quote === '' ? '"' : quote, ...(quote === '' ? { fastMode: true } : {}) };
  const split = (text: string): string[][] => {
    const { data } = new Parser(config).parse(text, 0, false);
    // The text ends with a line end, after which Papa sees one more, empty, record.
    data.pop();
    return data;
  };
  return (block) => {
    const rows = split(block.text);
    const count = block.lines.length;
    if (rows.length === count) return rows;
    return Array.from({ length: count }, (_, index) => {
      const own = split(`${recordText(block, index)}\n`);
      return own.length === 1 ? own[0] : undefined;
    });
  };
}
