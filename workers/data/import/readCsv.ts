/** @file Reads delimited text row by row. */

import { Refusal } from '../../../src/domain/refusal';
import { firstRecords, usualWidth } from '../../../src/domain/data/import/csvDialect';
import { fieldSplitter, recordText } from '../../../src/domain/data/import/csvFields';
import { RecordScanner, type LostLine, type RecordBlock } from '../../../src/domain/data/import/csvRecords';
import type { ImportOptions } from '../../../src/domain/data/import/importer';
import { checkText, linesWithin, pieceBytes, sourceText, textDecoder } from './sourceText';
import type { ReadingStep, RowBatch, RowReader } from './rowReader';

const stretches = 8;
const stretchBytes = 131_072;
/** Files up to this size are sampled whole, larger ones by their first piece and the stretches. */
const largeFile = 4_194_304;

function batchOf(block: RecordBlock, rows: (string[] | undefined)[]): RowBatch {
  const kept: number[] = [];
  for (let index = 0; index < rows.length; index += 1) {
    const row = rows[index];
    const isBlank = block.starts[index + 1]! - block.starts[index]! === 1 || (row?.length === 1 && row[0]!.trim() === '' && recordText(block, index).trim() === '');
    if (!isBlank) kept.push(index);
  }
  if (kept.length === rows.length) return { kind: 'rows', rows, lines: block.lines, raw: (index) => recordText(block, index) };
  return { kind: 'rows', rows: kept.map((index) => rows[index]), lines: kept.map((index) => block.lines[index]!), raw: (index) => recordText(block, kept[index]!) };
}

const without = (batch: RowBatch, first: number): RowBatch => ({ kind: 'rows', rows: batch.rows.slice(first), lines: batch.lines.slice(first), raw: (index) => batch.raw(index + first) });

/** @throws Refusal unusableDelimiter */
function checkMarks({ delimiter, quote }: ImportOptions): void {
  const isMark = (text: string): boolean => text.length === 1 && !/[\r\n\ufeff]/.test(text);
  if (!isMark(delimiter) || delimiter === '"' || delimiter === quote || (quote !== '' && !isMark(quote))) throw new Refusal('unusableDelimiter', { delimiter: delimiter.slice(0, 20), quote: quote.slice(0, 20) });
}

class CsvReader implements RowReader {
  headers: readonly string[] = [];
  sample: readonly (readonly string[])[] = [];
  replacedCharacters = 0;
  raggedInSample = 0;

  constructor(
    private readonly source: Blob,
    private readonly options: ImportOptions,
  ) {}

  /** Lines that are empty or only spaces are no records, except in the middle of a quoted cell. */
  private async *records(): AsyncGenerator<RowBatch | LostLine | { kind: 'read'; bytes: number; replaced: number }, void, undefined> {
    const { delimiter, quote, encoding } = this.options;
    const scanner = new RecordScanner(delimiter, quote);
    const split = fieldSplitter(delimiter, quote);
    for await (const piece of sourceText(this.source, encoding)) {
      for (const event of scanner.push(piece.text, piece.last)) {
        if (event.kind === 'lost') yield event;
        else {
          const batch = batchOf(event, split(event));
          if (batch.rows.length > 0) yield batch;
        }
      }
      yield { kind: 'read', bytes: piece.bytes, replaced: piece.replaced };
    }
  }

  /** @throws Refusal emptyFile, headerOnly */
  async look(name: string): Promise<void> {
    const found: string[][] = [];
    let lost = 0;
    let reason = 'unclosedQuote';
    for await (const step of this.records()) {
      if (step.kind === 'rows') for (const row of step.rows) if (row) found.push([...row] as string[]);
      if (step.kind === 'lost') {
        lost += 1;
        reason = step.reason;
      }
      if (step.kind === 'read' && found.length > 1 && this.source.size > largeFile) break;
    }
    const [first] = found;
    if (!first) {
      if (lost > 0) throw new Refusal('noRowsLeft', { file: name, quarantined: lost, reason });
      throw new Refusal('emptyFile', { file: name });
    }
    const { header } = this.options;
    const width = header ? first.length : usualWidth(found.slice(0, 1000)).width;
    this.headers = header ? first : Array.from({ length: width }, () => '');
    const rows = header ? found.slice(1) : found;
    if (rows.length === 0 && lost === 0) throw new Refusal('headerOnly', { file: name, columns: width });
    const head = rows.filter((row) => row.length === width);
    this.raggedInSample = rows.length - head.length;
    this.sample = head.concat((await this.further()).filter((row) => row.length === width));
  }

  private async further(): Promise<string[][]> {
    const { delimiter, quote, encoding } = this.options;
    const rows: string[][] = [];
    if (this.source.size <= largeFile) return rows;
    for (let index = 1; index <= stretches; index += 1) {
      const from = pieceBytes + Math.floor(((this.source.size - pieceBytes) * index) / (stretches + 1));
      for (const row of firstRecords(await linesWithin(this.source, encoding, from, stretchBytes), delimiter, quote)) rows.push(row);
    }
    return rows;
  }

  async *read(): AsyncGenerator<ReadingStep, void, undefined> {
    let skip = this.options.header ? 1 : 0;
    let replaced = 0;
    for await (const step of this.records()) {
      if (step.kind === 'read') replaced += step.replaced;
      if (step.kind !== 'rows' || skip === 0) yield step;
      else {
        // A header whose quotes cannot be read is passed over, as `look` does.
        const at = step.rows.findIndex((row) => row !== undefined);
        if (at < 0) yield step;
        else {
          skip = 0;
          yield without(step, at + 1);
        }
      }
    }
    this.replacedCharacters = replaced;
  }
}

/** @throws Refusal emptyFile, headerOnly, binaryFile, encodingUnknown, unusableDelimiter, noRowsLeft */
export async function csvReader(source: Blob, name: string, options: ImportOptions): Promise<RowReader> {
  checkMarks(options);
  textDecoder(options.encoding);
  await checkText(source, name, options.encoding);
  const reader = new CsvReader(source, options);
  await reader.look(name);
  return reader;
}
