/** @file Tests of importTable on delimited text: every rule and every refusal. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, type Json } from '../../../../../src/domain/canonical';
import { quarantineLimit } from '../../../../../src/domain/data/import/importer';
import { rowsPerGroup } from '../../../../../src/domain/data/table';
import { Refusal } from '../../../../../src/domain/refusal';
import { detectOptions } from '../../../../../workers/data/import/detectOptions';
import { importTable } from '../../../../../workers/data/import/importTable';
import { imported, refusal } from './imported';

const many = (count: number, of: (at: number) => string): string => Array.from({ length: count }, (_, at) => of(at)).join('');

describe('importTable: records', () => {
  it('reads rows with their lines', async () => {
    const { rows, lines, types, summary } = await imported('age,name\n3,Ann\n\n4,Bob\n5,Ann\n');
    expect(rows).toEqual([
      [3, 'Ann'],
      [4, 'Bob'],
      [5, 'Ann'],
    ]);
    expect(lines).toEqual([2, 4, 5]);
    expect(types).toEqual(['integer', 'category']);
    expect(summary).toMatchObject({ rows: 3, quarantined: [], quarantinedCount: 0, renamed: [], replacedCharacters: 0 });
  });

  it('reads LF, CRLF, CR and mixtures, and a mark of byte order', async () => {
    const text = 'a,b\n1,"x"\n2,y\n';
    const expected = (await imported(text)).rows;
    for (const other of [text.replaceAll('\n', '\r\n'), text.replaceAll('\n', '\r'), 'a,b\r\n1,"x"\n2,y\r\n', `\ufeff${text}`]) expect((await imported(other)).rows).toEqual(expected);
  });

  it('counts the lines of quoted cells in CRLF files', async () => {
    const { rows, lines } = await imported('a,b\r\n"x\r\ny",1\r\nz,2\r\n');
    expect(rows[0]).toEqual(['x\ny', 1]);
    expect(lines).toEqual([2, 4]);
  });

  it('puts ragged rows in quarantine with what was found and expected', async () => {
    const { rows, summary } = await imported('a,b\n1,2\n3\n4,5,6\n7,8\n');
    expect(rows).toEqual([
      [1, 2],
      [7, 8],
    ]);
    expect(summary.quarantined).toEqual([
      { line: 3, reason: 'tooFewFields', found: 1, expected: 2, text: '3', length: 1 },
      { line: 4, reason: 'tooManyFields', found: 3, expected: 2, text: '4,5,6', length: 5 },
    ]);
  });

  it('loses one line to an unclosed quote', async () => {
    const { summary, rows } = await imported(`a,b\n1,"x\n${many(1000, (at) => `${at},y\n`)}`);
    expect(summary.quarantined).toEqual([{ line: 2, reason: 'unclosedQuote', text: '1,"x', length: 4 }]);
    expect(rows).toHaveLength(1000);
  });

  it('loses one line of a large file to an unclosed quote', async () => {
    const { summary } = await imported(`a,b\n1,"x\n${many(300_000, (at) => `${at % 900},y\n`)}`);
    expect(summary).toMatchObject({ rows: 300_000, quarantinedCount: 1 });
    expect(summary.quarantined[0]).toMatchObject({ line: 2, reason: 'unclosedQuote' });
  });

  it('keeps 2,000 characters of a line of millions, and its true length', async () => {
    const { summary, lines } = await imported(`a,b\n1,2\nx${'y'.repeat(5_000_000)}\n3,4\n`);
    expect(summary.quarantined[0]).toMatchObject({ line: 3, reason: 'recordTooLong', length: 5_000_001 });
    expect(summary.quarantined[0]!.text).toHaveLength(2000);
    expect(lines).toEqual([2, 4]);
  });

  it('counts all quarantined rows but keeps a limited number', async () => {
    const { summary } = await imported(`a,b\n1,2\n${many(quarantineLimit + 10, () => '1\n')}`, { delimiter: ',', header: true });
    expect(summary.quarantinedCount).toBe(quarantineLimit + 10);
    expect(summary.quarantined).toHaveLength(quarantineLimit);
  });

  it('reads other quotes, and none', async () => {
    expect((await imported("a,b\n'x,y',1\n'z',2\n'w',3\n")).rows[0]).toEqual(['x,y', 1]);
    expect((await imported('a;b\n"x;1\ny;2\n', { quote: '' })).rows[0]).toEqual(['"x', 1]);
  });
});

describe('importTable: encodings', () => {
  const text = 'naïve,größe\nçà,ß\nüx,ø\n';
  const latin = Uint8Array.from(text, (char) => char.charCodeAt(0));
  const wide = (big: boolean, mark: boolean): Uint8Array<ArrayBuffer> => {
    const source = (mark ? '\ufeff' : '') + text;
    const bytes = new Uint8Array(source.length * 2);
    const view = new DataView(bytes.buffer);
    for (let at = 0; at < source.length; at += 1) view.setUint16(2 * at, source.charCodeAt(at), !big);
    return bytes;
  };

  it.each([
    ['utf-8', text],
    ['windows-1252', latin],
    ['utf-16le', wide(false, true)],
    ['utf-16be', wide(true, true)],
    ['utf-16le', wide(false, false)],
    ['utf-16be', wide(true, false)],
  ])('detects and reads %s', async (encoding, content) => {
    const { options, rows, summary } = await imported(content as BlobPart);
    expect(options.encoding).toBe(encoding);
    expect(summary.columns.map(({ name }) => name)).toEqual(['naïve', 'größe']);
    expect(rows).toEqual([
      ['çà', 'ß'],
      ['üx', 'ø'],
    ]);
  });

  it('counts the characters that an encoding could not read', async () => {
    const { summary } = await imported(latin, { encoding: 'utf-8' });
    expect(summary.replacedCharacters).toBeGreaterThan(3);
  });

  it('reads other encodings by their label', async () => {
    const { rows } = await imported(Uint8Array.from([97, 44, 98, 10, 0x82, 0xa0, 44, 49, 10]), { encoding: 'shift_jis' });
    expect(rows).toEqual([['あ', 1]]);
  });
});

describe('importTable: headers', () => {
  it('renames what cannot be a name and reports it', async () => {
    const { summary } = await imported(`a,a,,${'x'.repeat(300)}\n1,2,3,4\n`);
    expect(summary.columns.map(({ name }) => name)).toEqual(['a', 'a (2)', 'column 3', `${'x'.repeat(199)}…`]);
    expect(summary.renamed.map(({ index }) => index)).toEqual([1, 2, 3]);
  });

  it('keeps hostile names as data', async () => {
    const { summary, rows } = await imported('__proto__,constructor,🙈,\u202ex\n1,2,3,4\n');
    expect(summary.columns.map(({ name }) => name)).toEqual(['__proto__', 'constructor', '🙈', '\u202ex']);
    expect(rows).toEqual([[1, 2, 3, 4]]);
    expect(Object.prototype).not.toHaveProperty('1');
  });

  it('names columns by place where there is no header', async () => {
    const { summary, rows, lines } = await imported('1,x\n2,y\n3,x\n');
    expect(summary.columns.map(({ name }) => name)).toEqual(['column 1', 'column 2']);
    expect(rows).toHaveLength(3);
    expect(lines).toEqual([1, 2, 3]);
  });
});

describe('importTable: types', () => {
  it('finds them all', async () => {
    const text = `id,n,i,b,d,c,t,u,zip,big\n${many(60, (at) => `${at + 5},${at}.5,${at % 7},${at % 2 ? 'TRUE' : 'false'},2021-01-0${1 + (at % 9)},${at % 3 ? ' yes' : 'no'},${at % 2 ? `words ${at}` : 'same words'},u${at},0${1000 + (at % 4)},9007199254740993\n`)}`;
    const { types, rows } = await imported(text);
    expect(types).toEqual(['identifier', 'number', 'integer', 'boolean', 'date', 'category', 'text', 'identifier', 'category', 'category']);
    expect(rows[1]).toEqual(['6', 1.5, 1, 1, Date.UTC(2021, 0, 2), 'yes', 'words 1', 'u1', '01001', '9007199254740993']);
  });

  it('puts single cells that do not fit in quarantine with their column', async () => {
    const text = `n,i,b,d\n${many(200, () => '1.5,2,true,2021-01-01\n')}x,2,true,2021-01-01\n1.5,1 2,true,2021-01-01\n1.5,2,maybe,2021-01-01\n1.5,2,true,2021-02-30\ninf,2,true,2021-01-01\n1.5,12345678901234567890,true,2021-01-01\n`;
    const { summary } = await imported(text, { types: [{ column: 'i', type: 'integer' }, { column: 'b', type: 'boolean' }] });
    expect(summary.quarantined.map(({ line, reason, column }) => [line, reason, column])).toEqual([
      [202, 'notANumber', 'n'],
      [203, 'notANumber', 'i'],
      [204, 'notABoolean', 'b'],
      [205, 'notADate', 'd'],
      [206, 'notFinite', 'n'],
      [207, 'beyondSafeInteger', 'i'],
    ]);
    expect(summary.rows).toBe(200);
  });

  it('leaves no word of a refused row in a dictionary', async () => {
    const { groups } = await imported(`c,n\n${many(20, () => 'a,1\n')}b,x\n`);
    expect(groups[0]!.table.columns[0]!.values).toMatchObject({ dictionary: ['a'] });
  });

  it('orders a dictionary by first appearance and trims its words', async () => {
    const { groups, types } = await imported(`c,n\n${many(4, () => ' b,1\na ,2\nb,3\n ? ,4\n')}`);
    expect(types[0]).toBe('category');
    expect(groups[0]!.table.columns[0]!.values).toMatchObject({ kind: 'coded', dictionary: ['b', 'a'], codes: Int32Array.from([0, 1, 0, -1, 0, 1, 0, -1, 0, 1, 0, -1, 0, 1, 0, -1]) });
  });

  it('takes the listed words for missing, and only those', async () => {
    const { rows } = await imported('n,c\n1,a\nNA,NA\n, \n3,-999\n', { missing: ['NA'] });
    expect(rows).toEqual([
      [1, 'a'],
      [null, null],
      [null, null],
      [3, '-999'],
    ]);
    expect((await imported('n\n1\n-999\n3\n', { missing: ['-999'] })).rows).toEqual([[1], [null], [3]]);
    expect((await imported(`n,c\n${many(12, () => '1,NA\n')}`, { missing: [] })).rows[0]).toEqual([1, 'NA']);
  });

  it('reads None as an answer in words and as missing among numbers', async () => {
    const { rows } = await imported(`n,pain\n${many(30, (at) => `${at === 2 ? 'None' : at},${at % 2 ? 'None' : 'typical'}\n`)}`);
    expect(rows[2]).toEqual([null, 'typical']);
    expect(rows[3]).toEqual([3, 'None']);
  });

  it('reads decimal commas and thousands', async () => {
    const { rows, types } = await imported('a;b\n1.234,5;2,5\n7,1;3\n');
    expect(rows).toEqual([
      [1234.5, 2.5],
      [7.1, 3],
    ]);
    expect(types).toEqual(['number', 'number']);
    expect((await imported('a,b\n"1,234,567",x\n"1,234",y\n8,z\n')).rows.map(([value]) => value)).toEqual([1234567, 1234, 8]);
  });

  it('reads American dates with years of two digits where a day above twelve proves them', async () => {
    const { rows, types } = await imported('d\n1/2/11\n1/31/11\n');
    expect(types).toEqual(['date']);
    expect(rows).toEqual([[Date.UTC(2011, 0, 2)], [Date.UTC(2011, 0, 31)]]);
  });

  it('obeys the user: other types, and quarantine instead of widening', async () => {
    const { types, rows, summary } = await imported('a,b,c\n1,1/2/2011,yes\nx,3/4/2011,no\n', {
      types: [
        { column: 'a', type: 'number' },
        { column: 'b', type: 'date' },
        { column: 'c', type: 'boolean' },
      ],
    });
    expect(types).toEqual(['number', 'date', 'boolean']);
    expect(rows).toEqual([[1, Date.UTC(2011, 0, 2), 1]]);
    expect(summary.quarantined[0]).toMatchObject({ line: 3, reason: 'notANumber', column: 'a' });
    expect((await imported('a\n1\n2\n', { types: [{ column: 'a', type: 'identifier' }] })).rows).toEqual([['1'], ['2']]);
    const whole = await imported('a\n1\n2.5\n', { types: [{ column: 'a', type: 'integer' }] });
    expect(whole.summary.quarantined[0]).toMatchObject({ reason: 'notAnInteger', column: 'a' });
  });

  it('calls a column without any value a category', async () => {
    expect((await imported('a,b\n1,\n2,NA\n')).types).toEqual(['integer', 'category']);
  });
});

describe('importTable: what the sample did not show', () => {
  // A file above 4 MiB is sampled by its first MiB and eight stretches of 128 KiB. What these tests look for hides in between.
  const pad = 'p'.repeat(49);
  const row = (cell: string | number): string => `${String(cell).padEnd(10)},${pad}\n`;

  it('makes integers numbers at the first fraction, without reading again', async () => {
    const { types, restarts } = await imported(`a,pad\n${many(100_000, (at) => row(at % 1000))}${row(0.5)}`);
    expect(types[0]).toBe('number');
    expect(restarts).toBe(0);
  });

  it('puts up to one cell in ten in quarantine', async () => {
    const { types, restarts, summary } = await imported(`a,pad\n${many(90_000, (at) => row(at % 1000))}${many(2000, () => row('word'))}`);
    expect(types[0]).toBe('integer');
    expect(restarts).toBe(0);
    expect(summary).toMatchObject({ rows: 90_000, quarantinedCount: 2000 });
  });

  it('widens a column of which more contradicts, and reads again', async () => {
    const count = 100_000;
    const size = count * 61;
    const step = (size - 1_048_576) / 9;
    const isSampled = (byte: number): boolean => byte < 1_100_000 || (byte - 1_048_576 + 1000) % step < 140_000;
    const { types, restarts, summary, rows } = await imported(`a,pad\n${many(count, (at) => row(isSampled(at * 61) ? at % 100 : 'word'))}`);
    expect(types[0]).toBe('category');
    expect(restarts).toBe(1);
    expect(summary).toMatchObject({ rows: count, quarantinedCount: 0 });
    expect(rows[7]![0]).toBe('7');
  });

  it('takes back an identifier that turns out not to be consecutive', async () => {
    const { types, restarts, rows } = await imported(`id,pad\n${many(100_000, row)}${row(900_000)}`);
    expect(types[0]).toBe('integer');
    expect(restarts).toBe(1);
    expect(rows[5]![0]).toBe(5);
    expect((await imported(`id,pad\n${many(100_000, row)}`)).types[0]).toBe('identifier');
  });

  it('reads again if the values of an empty column begin late', async () => {
    const { types, restarts } = await imported(`a,pad\n${many(100_000, () => row(''))}${many(100, (at) => row(at + 0.5))}`);
    expect(types[0]).toBe('number');
    expect(restarts).toBe(1);
  });
});

describe('importTable: groups', () => {
  it('fills every group but the last, with dictionaries of their own', async () => {
    const { groups, summary } = await imported(`c,n\n${many(rowsPerGroup + 3, (at) => `${at < rowsPerGroup ? 'a' : 'b'},${at}\n`)}`);
    expect(groups.map(({ table }) => table.rows)).toEqual([rowsPerGroup, 3]);
    expect(groups[1]!.table.columns[0]!.values).toMatchObject({ dictionary: ['b'], codes: Int32Array.from([0, 0, 0]) });
    expect(groups[1]!.lines[0]).toBe(rowsPerGroup + 2);
    expect(summary.rows).toBe(rowsPerGroup + 3);
  });

  it('ends with a full group where the rows fill it exactly', async () => {
    const { groups } = await imported(`n\n${many(rowsPerGroup, (at) => `${at % 7}\n`)}`);
    expect(groups.map(({ table }) => table.rows)).toEqual([rowsPerGroup]);
  });

  it('gives the same groups whenever it is asked', async () => {
    const text = `a,b,c\n${many(70_000, (at) => `${at},"w${at % 11}",${at % 13 ? 'x' : ''}\n`)}`;
    const one = await imported(text);
    const two = await imported(new Blob([...Array.from({ length: 40 }, (_, at) => text.slice(at * 40_000, (at + 1) * 40_000))].concat(text.slice(1_600_000))));
    expect(two.groups).toEqual(one.groups);
  });

  it('reports progress, breathes, and stops when it is told', async () => {
    const source = new Blob([`a,b\n${many(400_000, (at) => `${at},x\n`)}`]);
    const options = await detectOptions(source, 'x.csv');
    const seen: number[] = [];
    let breaths = 0;
    const hooks = { progress: (done: number, total: number) => void seen.push(done / total), stopped: () => false, breathe: async () => void (breaths += 1) };
    const sink = { group: async () => undefined, restart: async () => undefined };
    await importTable(source, 'x.csv', options, sink, hooks);
    expect(seen.at(-1)).toBe(1);
    expect([...seen].sort((a, b) => a - b)).toEqual(seen);
    expect(breaths).toBeGreaterThan(2);
    await expect(importTable(source, 'x.csv', options, sink, { ...hooks, stopped: () => true })).rejects.toMatchObject({ code: 'importStopped' });
  });

  it('has options that canonical JSON can hold', async () => {
    const { options } = await imported('a,b\n1,2\n');
    expect(JSON.parse(canonicalJson(options as unknown as Json))).toEqual(options);
  });
});

describe('importTable: refusals', () => {
  it('refuses files with nothing in them', async () => {
    for (const content of ['', ' \n\n', '\ufeff']) expect(await refusal(content)).toEqual({ code: 'emptyFile', details: { file: 'data.csv' } });
    expect(await refusal('a,b\n')).toEqual({ code: 'headerOnly', details: { file: 'data.csv', columns: 2 } });
  });

  it('refuses binary files and says what they look like', async () => {
    const png = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]);
    expect(await refusal(png)).toMatchObject({ code: 'binaryFile', details: { looksLike: 'png' } });
    expect(await refusal('%PDF-1.7\nx')).toMatchObject({ code: 'binaryFile', details: { looksLike: 'pdf' } });
    expect(await refusal(Uint8Array.from([0x1f, 0x8b, 8, 0]))).toMatchObject({ code: 'binaryFile', details: { looksLike: 'gzip' } });
    expect(await refusal(Uint8Array.from([0x50, 0x4b, 3, 4, 0, 0]))).toMatchObject({ code: 'binaryFile', details: { looksLike: 'zip' } });
    expect(await refusal(Uint8Array.from([97, 44, 0, 98, 10, 99, 1, 2, 3]))).toMatchObject({ code: 'binaryFile', details: { looksLike: 'unknown' } });
  });

  it('refuses a file all of whose rows are in quarantine, with the commonest reason', async () => {
    expect(await refusal('a,b\n1\n2\n3,4,5\n', { delimiter: ',', header: true })).toEqual({ code: 'noRowsLeft', details: { file: 'data.csv', quarantined: 3, line: 2, reason: 'tooFewFields' } });
    expect(await refusal('"a,b')).toMatchObject({ code: 'noRowsLeft', details: { reason: 'unclosedQuote' } });
  });

  it('refuses too many columns', async () => {
    expect(await refusal(`${'a,'.repeat(10_001)}a\n${'1,'.repeat(10_001)}1\n`)).toEqual({ code: 'tooManyColumns', details: { columns: 10_002, limit: 10_000 } });
  });

  it('refuses encodings and delimiters that it cannot use', async () => {
    expect(await refusal('a,b\n1,2\n', { encoding: 'klingon' })).toEqual({ code: 'encodingUnknown', details: { encoding: 'klingon' } });
    for (const delimiter of ['', ',,', '\n', '"']) expect((await refusal('a,b\n1,2\n', { delimiter })).code).toBe('unusableDelimiter');
    expect((await refusal('a,b\n1,2\n', { quote: ',' })).code).toBe('unusableDelimiter');
  });

  it('refuses formats by name that it does not read', async () => {
    expect(await refusal('not a workbook', {}, 'x.xlsx')).toMatchObject({ code: 'unsupportedFormat' });
    expect(await refusal(Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0, 0]), {}, 'x.xls')).toMatchObject({ code: 'unsupportedFormat', details: { looksLike: 'xls' } });
  });

  it('imports a single column', async () => {
    expect((await imported('a\n1\n2\n')).rows).toEqual([[1], [2]]);
  });

  it('throws nothing but refusals, whatever the bytes', async () => {
    const base = new TextEncoder().encode('id,näme,date\n1,"Ann, B",2021-01-02\n2,"C ""D""",2021-02-03\n3,x,\n');
    const mutated = fc.array(fc.tuple(fc.nat(base.length - 1), fc.integer({ min: 0, max: 255 })), { maxLength: 8 }).map((changes) => {
      const copy = base.slice();
      for (const [at, value] of changes) copy[at] = value;
      return copy;
    });
    const soup = fc.string({ unit: fc.constantFrom('a', '1', ',', ';', '"', "'", '\n', '\r', ' ', '.', '-', '0', 'é', '{', '[', '\ufffd'), maxLength: 80 }).map((text) => new TextEncoder().encode(text));
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.uint8Array({ maxLength: 60 }), mutated, soup), async (bytes) => {
        const outcome = await imported(new Uint8Array(bytes)).then(
          ({ summary }) => summary.rows > 0,
          (error: unknown) => error instanceof Refusal || Promise.reject(error as Error),
        );
        expect(outcome).toBe(true);
      }),
      { numRuns: 1500 },
    );
  });
});
