/** @file Tests of readSheet, through importTable. The workbooks are made by hand. */

import fc from 'fast-check';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { Refusal } from '../../../../../src/domain/refusal';
import { imported, refusal } from './imported';
import { workbook } from './workbook';

const day = new Date(Date.UTC(2021, 0, 2));
const book = workbook([
  {
    name: 'first',
    rows: [
      ['name', 'n', 'b', 'd'],
      ['Ann', 1.5, true, day],
      [null, null, null, null],
      ['Bob', null, false, day],
    ],
  },
  { name: 'other', rows: [[1, 2], [3, 4]] },
]);

describe('workbooks', () => {
  it('reads the first sheet, with numbers, booleans and dates', async () => {
    const { options, summary, rows, lines } = await imported(book, {}, 'x.xlsx');
    expect(options).toMatchObject({ format: 'xlsx', header: true, sheet: null });
    expect(summary.columns.map(({ name, type }) => [name, type])).toEqual([
      ['name', 'text'],
      ['n', 'number'],
      ['b', 'boolean'],
      ['d', 'date'],
    ]);
    expect(rows).toEqual([
      ['Ann', 1.5, 1, day.getTime()],
      ['Bob', null, 0, day.getTime()],
    ]);
    expect(lines).toEqual([2, 4]);
  });

  it('reads another sheet by name, without a header', async () => {
    expect((await imported(book, { sheet: 'other', header: false }, 'x.xlsx')).rows).toEqual([
      [1, 2],
      [3, 4],
    ]);
  });

  it('refuses a sheet that is not there, an empty one, and one with nothing but a header', async () => {
    expect(await refusal(book, { sheet: 'gone' }, 'x.xlsx')).toEqual({ code: 'unreadableSheet', details: { file: 'x.xlsx', sheet: 'gone' } });
    expect((await refusal(workbook([{ name: 'a', rows: [] }]), {}, 'x.xlsx')).code).toBe('emptyFile');
    expect((await refusal(workbook([{ name: 'a', rows: [['x', 'y']] }]), {}, 'x.xlsx')).code).toBe('headerOnly');
  });

  it('refuses archives that are no workbooks', async () => {
    expect((await refusal(zipSync({ 'a.txt': strToU8('hello') }) as Uint8Array<ArrayBuffer>, {}, 'x.xlsx')).code).toBe('unreadableSheet');
    expect((await refusal(book.slice(0, 400), {}, 'x.xlsx')).code).toBe('unreadableSheet');
  });

  it('refuses workbooks that are too large, packed or unpacked', async () => {
    const large = new Blob([book.slice(0, 4), new Uint8Array(52_428_800)]);
    expect(await refusal(large, {}, 'x.xlsx')).toMatchObject({ code: 'sheetTooLarge', details: { limit: 52_428_800 } });
    const bomb = zipSync({ 'xl/worksheets/sheet1.xml': new Uint8Array(40_000_000) });
    expect(bomb.length).toBeLessThan(100_000);
    expect((await refusal(bomb as Uint8Array<ArrayBuffer>, {}, 'x.xlsx')).code).toBe('sheetTooLarge');
  });

  it('throws nothing but refusals, whatever the bytes', async () => {
    const change = fc.tuple(fc.nat(book.length - 1), fc.integer({ min: 0, max: 255 }));
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), async (changes) => {
        const copy = book.slice();
        for (const [at, value] of changes) copy[at] = value;
        const outcome = await imported(copy, { format: 'xlsx', delimiter: ',', quote: '"', header: true, encoding: 'utf-8', decimal: '.', missing: [''], types: [], sheet: null }).then(
          () => true,
          (error: unknown) => error instanceof Refusal || Promise.reject(error as Error),
        );
        expect(outcome).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});
