/** @file The same table as JSON Lines, as Parquet and as a workbook of two sheets: each is handed in, looked at, corrected where need be, and imported. */
import { parquetWriteBuffer } from 'hyparquet-writer';
import type { Browser, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Server } from '../../scripts/tools/serve.mjs';
import { workbook, type SheetCell } from '../unit/workers/data/import/workbook';
import { launched, served, type Heard } from './harness';
import { allIsWell, button, firstScreen, handIn, region, stands, title } from './person';

let server: Server;
let browser: Browser;
let heard: Heard;
let page: Page;

beforeAll(async () => {
  server = await served();
  browser = await launched();
});
afterEach(async () => {
  await allIsWell(heard);
  await heard.close();
});
afterAll(async () => {
  await browser.close();
  await server.close();
});

interface Row {
  readonly day: Date;
  readonly town: string | null;
  readonly visits: number;
  readonly weight: number;
  readonly bought: boolean;
}
const rows: readonly Row[] = Array.from({ length: 90 }, (_, at) => ({
  day: new Date(Date.UTC(2024, 0, 1 + at)),
  town: at % 9 === 4 ? null : ['Zürich', 'Łódź', 'Αθήνα'][at % 3]!,
  visits: at % 7,
  weight: 60 + at / 4,
  bought: at % 3 > 0,
}));
const names = ['day', 'town', 'visits', 'weight', 'bought'] as const;
const values = <Name extends (typeof names)[number]>(name: Name): Row[Name][] => rows.map((row) => row[name]);

const lines = Buffer.from(rows.map((row) => JSON.stringify({ ...row, day: row.day.toISOString().slice(0, 10) })).join('\n'));
const parquet = Buffer.from(
  parquetWriteBuffer({
    columnData: [
      { name: 'day', data: values('day'), type: 'TIMESTAMP' },
      { name: 'town', data: values('town'), type: 'STRING' },
      { name: 'visits', data: values('visits'), type: 'INT32' },
      { name: 'weight', data: values('weight'), type: 'DOUBLE' },
      { name: 'bought', data: values('bought'), type: 'BOOLEAN' },
    ],
  }),
);
const cellsOf = ({ day, town, visits, weight, bought }: Row): readonly SheetCell[] => [day, town, visits, weight, bought];
const book = Buffer.from(workbook([{ name: 'notes', rows: [['about', 'these', 'data'], ['made', 'up', null]] }, { name: 'people', rows: [names, ...rows.map(cellsOf)] }]));

const types = ['date', 'category', 'whole number', 'number', 'true or false'];
const typesShown = (): Promise<string[]> => region(page, 'The first rows').getByRole('columnheader').evaluateAll((heads) => heads.map((head) => head.querySelector('select')!.selectedOptions[0]!.text));

async function looksAt(name: string, mimeType: string, buffer: Buffer): Promise<void> {
  heard = await firstScreen(browser, server.origin);
  page = heard.page;
  await handIn(page, 'Your own data', { name, mimeType, buffer });
  await title(page, 'Begin with a table');
  await region(page, 'The first rows').getByRole('row').nth(1).waitFor();
}

async function imports(): Promise<void> {
  await page.getByLabel('What should be predicted?').selectOption('bought');
  await button(page, 'Import').click();
  await page.getByText(/^90 rows imported\./).waitFor();
  await stands(page, 'Data', 'version 1 · 90 rows');
  const grid = page.getByRole('grid');
  await grid.getByRole('row', { name: /^1 2024-01-01 Zürich 0 60 false/ }).waitFor();
  await grid.getByRole('row', { name: /^3 2024-01-03 Αθήνα 2 60\.5 true/ }).waitFor();
}

describe('a table', () => {
  it('comes as JSON Lines', async () => {
    await looksAt('people.jsonl', 'application/x-ndjson', lines);
    expect(await typesShown()).toEqual(types);
    await imports();
  });

  it('comes as Parquet', async () => {
    await looksAt('people.parquet', 'application/octet-stream', parquet);
    expect(await typesShown()).toEqual(types);
    await imports();
  });

  it('comes as a workbook, of which another sheet is chosen', async () => {
    await looksAt('people.xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', book);
    expect(await typesShown()).toHaveLength(3);
    await page.getByLabel('Sheet').selectOption('people');
    await expect.poll(typesShown, { timeout: 20_000 }).toEqual(types);
    await imports();
  });
});
