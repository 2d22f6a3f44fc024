/** @file Guesses how to read a file from its name and content. The user may change every guess. */

import { csvDialect } from '../../../src/domain/data/import/csvDialect';
import type { ImportFormat, ImportOptions } from '../../../src/domain/data/import/importer';
import { missingByDefault } from '../../../src/domain/data/import/missingWords';
import { fileKind, isBinary, isUtf8, markedEncoding } from '../../../src/domain/data/import/textEncoding';
import { Refusal } from '../../../src/domain/refusal';
import { sheetHasHeader, sheetRows } from './readSheet';
import { bytesOf, sourceText } from './sourceText';

const asked: Readonly<Record<keyof ImportOptions, true>> = { format: true, delimiter: true, quote: true, header: true, encoding: true, decimal: true, missing: true, types: true, sheet: true };

/** Whether nothing is left to detect: a second look at a file need not read it twice. */
export const isComplete = (options: Partial<ImportOptions>): options is ImportOptions => Object.keys(asked).every((name) => name in options);

const headBytes = 262_144;
const wholeBytes = 8_388_608;
const stretches = 16;

/** Characters of several bytes, and places where the bytes are no UTF-8. */
function wideAndBroken(bytes: Uint8Array): { wide: number; broken: number } {
  const counts = { wide: 0, broken: 0 };
  // A character cut at either end of a stretch is not broken.
  const isSound = isUtf8(bytes);
  for (const character of new TextDecoder('utf-8').decode(bytes)) {
    if (character > '\x7f' && character !== '\ufffd') counts.wide += 1;
    else if (character === '\ufffd' && !isSound) counts.broken += 1;
  }
  return counts;
}

/** A few broken bytes among many good characters are a fault in UTF-8 and no other encoding: they become U+FFFD, and are counted. */
async function isMeantAsUtf8(source: Blob): Promise<boolean> {
  let wide = 0;
  let broken = 0;
  const count = source.size <= wholeBytes ? 0 : stretches;
  for (let index = 0; index <= count; index += 1) {
    const from = count === 0 ? 0 : Math.floor(((source.size - headBytes) * index) / count);
    const found = wideAndBroken(await bytesOf(source, from, count === 0 ? source.size : from + headBytes));
    wide += found.wide;
    broken += found.broken;
  }
  return 4 * broken <= wide;
}

/**
 * The encoding of a text file: what a mark of byte order says, UTF-16 by its zeros, UTF-8 if at most one in five of its characters
 * beyond ASCII is broken (of files above 8 MiB: in 17 stretches of 256 KiB), else windows-1252.
 */
async function encodingOf(source: Blob, head: Uint8Array): Promise<string> {
  return markedEncoding(head) ?? ((await isMeantAsUtf8(source)) ? 'utf-8' : 'windows-1252');
}

/** The text of the beginning, cut after the last whole line unless it is the whole file or has no line end. */
async function headText(source: Blob, encoding: string): Promise<string> {
  for await (const { text, last } of sourceText(source, encoding, headBytes)) {
    const end = text.lastIndexOf('\n');
    return last || end < 0 ? text : text.slice(0, end + 1);
  }
  return '';
}

function isJson(text: string, name: string): boolean {
  const start = text.trimStart();
  if (!start.startsWith('{') && !start.startsWith('[')) return false;
  if (/\.(?:jsonl|ndjson|json)$/i.test(name)) return true;
  const line = start.slice(0, start.indexOf('\n') < 0 ? start.length : start.indexOf('\n'));
  try {
    const value: unknown = JSON.parse(line);
    return value !== null && typeof value === 'object';
  } catch {
    return /^\[\s*\{/.test(start);
  }
}

const options = (format: ImportFormat, more: Partial<ImportOptions> = {}): ImportOptions => ({
  format,
  delimiter: ',',
  quote: '"',
  header: true,
  encoding: 'utf-8',
  decimal: '.',
  missing: missingByDefault,
  types: [],
  sheet: null,
  ...more,
});

/**
 * Options for a file, by content first and by name where content does not tell.
 * @throws Refusal emptyFile, binaryFile, unsupportedFormat, sheetTooLarge, unreadableSheet
 */
export async function detectOptions(source: Blob, name: string): Promise<ImportOptions> {
  if (source.size === 0) throw new Refusal('emptyFile', { file: name });
  const head = await bytesOf(source, 0, headBytes);
  const kind = fileKind(head);
  if (kind === 'parquet') return options('parquet');
  if (kind === 'zip' && (/\.xls[xm]$/i.test(name) || new TextDecoder('latin1').decode(head).includes('xl/'))) {
    return options('xlsx', { header: sheetHasHeader(await sheetRows(source, name, null)) });
  }
  if (kind === 'xls' || kind === 'arrow') throw new Refusal('unsupportedFormat', { file: name, looksLike: kind });
  const encoding = await encodingOf(source, head);
  if (isBinary(head.subarray(0, 65_536), encoding)) throw new Refusal('binaryFile', { file: name, looksLike: kind ?? 'unknown' });
  if (/\.(?:xlsx|xlsm|xls|parquet|ods|feather|arrow|sav|dta|rds|rdata|pkl|sqlite|db)$/i.test(name)) throw new Refusal('unsupportedFormat', { file: name, looksLike: 'text' });
  const text = await headText(source, encoding);
  if (text.trim() === '') throw new Refusal('emptyFile', { file: name });
  return isJson(text, name) ? options('jsonl', { encoding }) : options('csv', { encoding, ...csvDialect(text) });
}
