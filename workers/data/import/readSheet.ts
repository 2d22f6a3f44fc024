/** @file Reads one sheet of an XLSX workbook, whole. */

import readWorkbook, { readSheet } from 'read-excel-file/universal';
import type { ImportOptions } from '../../../src/domain/data/import/importer';
import { hasHeader, usualWidth } from '../../../src/domain/data/import/csvDialect';
import { isoText } from '../../../src/domain/data/import/instant';
import { Refusal } from '../../../src/domain/refusal';
import type { ReadingStep, RowReader } from './rowReader';
import { bytesOf } from './sourceText';
import { isModestZip } from './zipCaps';

/** A sheet is unpacked and parsed in memory, so larger workbooks are refused: save them as CSV. */
export const sheetLimit = 52_428_800;

function cellText(cell: unknown): string {
  if (cell instanceof Date) return Number.isNaN(cell.getTime()) ? '' : isoText(cell.getTime());
  return cell === null || cell === undefined ? '' : String(cell);
}

interface SheetRow {
  readonly cells: string[];
  /** Row of the sheet, from 1. */
  readonly line: number;
}

/**
 * The rows of a sheet that have a value, padded to the widest. Numbers, booleans and dates are spelled so that they are read back as the same.
 * @throws Refusal sheetTooLarge, unreadableSheet
 */
export async function sheetRows(source: Blob, name: string, sheet: string | null): Promise<SheetRow[]> {
  if (source.size > sheetLimit) throw new Refusal('sheetTooLarge', { file: name, bytes: source.size, limit: sheetLimit });
  const bytes = await bytesOf(source);
  const modest = isModestZip(bytes);
  if (modest === undefined) throw new Refusal('unreadableSheet', { file: name });
  if (!modest) throw new Refusal('sheetTooLarge', { file: name, bytes: source.size, limit: sheetLimit });
  let data: readonly (readonly unknown[])[];
  try {
    data = await (sheet === null ? readSheet(bytes.buffer) : readSheet(bytes.buffer, sheet));
  } catch {
    // The library names no closed set of errors; whatever a broken workbook makes it throw means the same to the user.
    throw new Refusal('unreadableSheet', { file: name, ...(sheet === null ? {} : { sheet }) });
  }
  const rows: SheetRow[] = [];
  data.forEach((row, index) => {
    const cells = Array.from(row, cellText);
    if (cells.some((cell) => cell.trim() !== '')) rows.push({ cells, line: index + 1 });
  });
  const width = rows.reduce((widest, { cells }) => Math.max(widest, cells.length), 0);
  for (const { cells } of rows) while (cells.length < width) cells.push('');
  return rows;
}

/** Names of the sheets of a workbook that `sheetRows` has read, in order. The library gives them with all the sheets only. */
export const sheetNames = async (source: Blob): Promise<readonly string[]> => (await readWorkbook((await bytesOf(source)).buffer)).map(({ sheet }) => sheet);

export const sheetHasHeader = (rows: readonly SheetRow[]): boolean => hasHeader(rows.slice(0, 1000).map(({ cells }) => cells), '.');

/** @throws Refusal emptyFile, headerOnly, sheetTooLarge, unreadableSheet */
export async function sheetReader(source: Blob, name: string, options: ImportOptions): Promise<RowReader> {
  const all = await sheetRows(source, name, options.sheet);
  const [first] = all;
  if (!first) throw new Refusal('emptyFile', { file: name });
  const rows = options.header ? all.slice(1) : all;
  if (rows.length === 0) throw new Refusal('headerOnly', { file: name, columns: first.cells.length });
  const { width } = usualWidth([first.cells]);
  const texts = rows.map(({ cells }) => cells);
  return {
    headers: options.header ? first.cells : Array.from({ length: width }, () => ''),
    sample: texts.slice(0, Math.max(100, Math.floor(4_000_000 / width))),
    replacedCharacters: 0,
    raggedInSample: 0,
    async *read(): AsyncGenerator<ReadingStep, void, undefined> {
      yield { kind: 'rows', rows: texts, lines: rows.map(({ line }) => line), raw: (index) => JSON.stringify(texts[index]) };
      yield { kind: 'read', bytes: source.size };
    },
  };
}
