/** @file Tests of csvRecords: where records begin and end. */

import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { fieldSplitter, recordText } from '../../../../../src/domain/data/import/csvFields';
import { RecordScanner, type LostLine, type RecordBlock } from '../../../../../src/domain/data/import/csvRecords';

type Read = { line: number; text: string } | { line: number; lost: string; length: number };

const flat = (events: readonly (RecordBlock | LostLine)[]): Read[] =>
  events.flatMap((event): Read[] => (event.kind === 'lost' ? [{ line: event.line, lost: event.reason, length: event.length }] : event.lines.map((line, index) => ({ line, text: recordText(event, index) }))));

function scanned(text: string, size = text.length || 1, limit?: number, quote = '"'): Read[] {
  const scanner = new RecordScanner(',', quote, limit);
  const read: Read[] = [];
  for (let from = 0; ; from += size) {
    const last = from + size >= text.length;
    for (const event of flat(scanner.push(text.slice(from, from + size), last))) read.push(event);
    if (last) return read;
  }
}

/** The rule read out plainly, without memory, pieces or speed. */
function plainly(source: string, limit: number): Read[] {
  const text = source === '' || source.endsWith('\n') ? source : `${source}\n`;
  const endOf = (start: number): number => {
    let at = start;
    while (at < text.length) {
      if (text[at] === '"' && (at === start || text[at - 1] === ',')) {
        at += 1;
        for (;;) {
          const quote = text.indexOf('"', at);
          if (quote < 0) return Infinity;
          let run = quote;
          while (text[run] === '"') run += 1;
          const rest = /^[^\S\n]*/.exec(text.slice(run))![0].length;
          at = run;
          if ((run - quote) % 2 === 1 && (text[run + rest] === ',' || text[run + rest] === '\n')) {
            at = run + rest;
            break;
          }
        }
      } else if (text[at] === '\n') return at;
      else at += 1;
    }
    return Infinity;
  };
  const read: Read[] = [];
  let line = 1;
  for (let start = 0; start < text.length; ) {
    const end = endOf(start);
    const first = text.indexOf('\n', start);
    if (end - start > limit) {
      read.push({ line, lost: first - start > limit ? 'recordTooLong' : 'unclosedQuote', length: first - start });
      start = first + 1;
      line += 1;
    } else {
      const record = text.slice(start, end);
      read.push({ line, text: record });
      line += record.split('\n').length;
      start = end + 1;
    }
  }
  return read;
}

const soup = fc.string({ unit: fc.constantFrom('a', 'b', ',', '"', '"', '\n', '\n', ' '), maxLength: 120 });

describe('RecordScanner', () => {
  it('counts the physical lines of quoted line ends', () => {
    expect(scanned('a,"x\ny\nz"\nb,c\n')).toEqual([
      { line: 1, text: 'a,"x\ny\nz"' },
      { line: 4, text: 'b,c' },
    ]);
  });

  it('reads a last record without a line end', () => {
    expect(scanned('a\nb')).toEqual([
      { line: 1, text: 'a' },
      { line: 2, text: 'b' },
    ]);
  });

  it('takes quotes inside an unquoted field as they are', () => {
    expect(scanned('5\' 4",x\nb"c"\n')).toEqual([
      { line: 1, text: '5\' 4",x' },
      { line: 2, text: 'b"c"' },
    ]);
  });

  it('loses only the line with a quote that is never closed', () => {
    expect(scanned('h\na,"b\nc,d\ne,f\n')).toEqual([
      { line: 1, text: 'h' },
      { line: 2, lost: 'unclosedQuote', length: 4 },
      { line: 3, text: 'c,d' },
      { line: 4, text: 'e,f' },
    ]);
  });

  it('gives up a record above the limit and goes on at the next line', () => {
    const far = `"${'x\n'.repeat(20)}`;
    const read = scanned(`a\n${far}",z\nend\n`, 7, 30);
    expect(read[1]).toEqual({ line: 2, lost: 'unclosedQuote', length: 2 });
    expect(read[2]).toEqual({ line: 3, text: 'x' });
    expect(read.at(-1)).toEqual({ line: 23, text: 'end' });
  });

  it('drops a line above the limit without keeping it, and knows its length', () => {
    expect(scanned(`a\n${'x'.repeat(1000)}\nb`, 10, 50)).toEqual([
      { line: 1, text: 'a' },
      { line: 2, lost: 'recordTooLong', length: 1000 },
      { line: 3, text: 'b' },
    ]);
  });

  it('knows no quotes where the quote is empty', () => {
    expect(scanned('"a\nb"', 1, 100, '')).toEqual([
      { line: 1, text: '"a' },
      { line: 2, text: 'b"' },
    ]);
  });

  it('follows the plain rule, however the text comes in pieces', () => {
    fc.assert(
      fc.property(soup, fc.integer({ min: 1, max: 130 }), fc.constantFrom(12, 30, 1000), (text, size, limit) => {
        expect(scanned(text, size, limit)).toEqual(plainly(text, limit));
      }),
      { numRuns: 3000 },
    );
  });

  it('finds the records that Papa Parse finds, where every quote is closed', () => {
    const cell = fc.oneof(
      fc.string({ unit: fc.constantFrom('a', 'é', ' ', "'"), maxLength: 5 }),
      fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', ' '), maxLength: 6 }).map((value) => `"${value.replaceAll('"', '""')}"`),
    );
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 8 }), fc.integer({ min: 1, max: 40 }), (rows, size) => {
        const text = `${rows.map((row) => row.join(',')).join('\n')}\n`;
        const scanner = new RecordScanner(',', '"');
        const split = fieldSplitter(',', '"');
        const found: (string[] | undefined)[] = [];
        for (let from = 0; from < text.length; from += size) for (const event of scanner.push(text.slice(from, from + size), from + size >= text.length)) if (event.kind === 'records') found.push(...split(event));
        const expected = Papa.parse<string[]>(text, { delimiter: ',', newline: '\n' }).data;
        expect(found).toEqual(expected.slice(0, -1));
      }),
      { numRuns: 500 },
    );
  });

  const size = 4_000_000;
  it('loses one line of a large file to one open quote', () => {
    const read = scanned(`h\n"a,b\n${'1,2,3,4,5,6\n'.repeat(400_000)}`, 1_048_576);
    expect(read.filter((event) => 'lost' in event)).toEqual([{ line: 2, lost: 'unclosedQuote', length: 4 }]);
    expect(read).toHaveLength(400_002);
    expect(read.at(-1)).toEqual({ line: 400_002, text: '1,2,3,4,5,6' });
  });

  it.each([
    ['a quote opened on every line', '"a\n'.repeat(size / 3)],
    ['one quote opened in the second line', `h\n"a,b\n${'1,2,3,4,5,6\n'.repeat(size / 12)}`],
    ['chains of closed fields that end in an open one', `${`${'"a\n'.repeat(20_000)}x"${',"b"'.repeat(20_000)},"`}${'c'.repeat(1_100_000)}\n`.repeat(3)],
    ['records too long by closed fields of many lines', `"${'"",""\n'.repeat(5)}",`.repeat(size / 35)],
    ['runs of quotes', `${'"'.repeat(100_001)}\n`.repeat(size / 100_000)],
    ['spaces behind quotes', `"${'" '.repeat(size / 2)}`],
    ['one line without an end', 'x'.repeat(size)],
  ])('reads %s in linear time', (_, text) => {
    const start = performance.now();
    const read = scanned(text, 1_048_576);
    // Quadratic reading of these takes minutes to hours; this is what a busy machine may need for linear reading.
    expect(performance.now() - start).toBeLessThan(15_000);
    expect(read.length).toBeGreaterThan(0);
  });
});
