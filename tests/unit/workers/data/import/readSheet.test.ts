/** @file Tests of readSheet, through importTable. The workbooks are made by hand. */

import fc from 'fast-check';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { Refusal } from '../../../../../src/domain/refusal';
import { imported, refusal } from './imported';

type SheetCell = string | number | boolean | Date | null;

const letters = 'ABCDEFGH';

function sheetXml(rows: readonly (readonly SheetCell[])[]): string {
  const cell = (value: SheetCell, at: string): string => {
    if (value === null) return '';
    if (typeof value === 'number') return `<c r="${at}"><v>${value}</v></c>`;
    if (typeof value === 'boolean') return `<c r="${at}" t="b"><v>${value ? 1 : 0}</v></c>`;
    // Days since 1899-12-30, the way spreadsheets count; style 1 is a date.
    if (value instanceof Date) return `<c r="${at}" s="1"><v>${value.getTime() / 86_400_000 + 25_569}</v></c>`;
    return `<c r="${at}" t="inlineStr"><is><t>${value}</t></is></c>`;
  };
  const body = rows.map((row, index) => `<row r="${index + 1}">${row.map((value, at) => cell(value, `${letters[at]}${index + 1}`)).join('')}</row>`).join('');
  return `<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${body}</sheetData></worksheet>`;
}

function workbook(sheets: readonly { name: string; rows: readonly (readonly SheetCell[])[] }[]): Uint8Array<ArrayBuffer> {
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
  const relation = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const files: Record<string, Uint8Array> = {
    '[Content_Types].xml': strToU8('<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>'),
    'xl/workbook.xml': strToU8(`<?xml version="1.0"?><workbook xmlns="${main}" xmlns:r="${relation}"><sheets>${sheets.map(({ name }, at) => `<sheet name="${name}" sheetId="${at + 1}" r:id="rId${at + 1}"/>`).join('')}</sheets></workbook>`),
    'xl/_rels/workbook.xml.rels': strToU8(`<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${sheets.map((_, at) => `<Relationship Id="rId${at + 1}" Type="${relation}/worksheet" Target="worksheets/sheet${at + 1}.xml"/>`).join('')}<Relationship Id="rIdS" Type="${relation}/styles" Target="styles.xml"/></Relationships>`),
    'xl/styles.xml': strToU8(`<?xml version="1.0"?><styleSheet xmlns="${main}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>`),
  };
  sheets.forEach(({ rows }, at) => (files[`xl/worksheets/sheet${at + 1}.xml`] = strToU8(sheetXml(rows))));
  return zipSync(files) as Uint8Array<ArrayBuffer>;
}

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
