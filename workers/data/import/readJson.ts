/** @file Reads JSON Lines, or a JSON array of objects, row by row. */

import { cellsOfObject, withLongIntegers } from '../../../src/domain/data/import/jsonCells';
import { RecordScanner, type LostLine } from '../../../src/domain/data/import/csvRecords';
import { recordText } from '../../../src/domain/data/import/csvFields';
import { columnLimit, quarantineTextLimit, type ImportOptions, type QuarantineReason } from '../../../src/domain/data/import/importer';
import { Refusal } from '../../../src/domain/refusal';
import type { ReadingStep, RowReader } from './rowReader';
import { bytesOf, checkText, sourceText, textDecoder } from './sourceText';

/** An array must be parsed whole. JSON Lines have no such limit. */
export const jsonArrayLimit = 67_108_864;
const sampleRows = 20_000;
const batchRows = 4_096;

interface Parsed {
  readonly line: number;
  readonly raw: string;
  /** Keys and values in file order, or why there are none. */
  readonly cells: ReadonlyMap<string, string> | QuarantineReason;
}

function parsedLine(raw: string, line: number): Parsed {
  let value: unknown;
  try {
    value = JSON.parse(withLongIntegers(raw));
    // A value nested so deeply that it parses but cannot be written again ends here too.
    return { line, raw, cells: cellsOfObject(value) ?? 'notAnObject' };
  } catch {
    return { line, raw, cells: 'notJson' };
  }
}

async function* parsedLines(source: Blob, encoding: string): AsyncGenerator<Parsed | LostLine | { kind: 'read'; bytes: number; replaced: number }, void, undefined> {
  const scanner = new RecordScanner(',', '');
  for await (const piece of sourceText(source, encoding)) {
    for (const event of scanner.push(piece.text, piece.last)) {
      if (event.kind === 'lost') yield event;
      else
        for (let index = 0; index < event.lines.length; index += 1) {
          const raw = recordText(event, index);
          if (raw.trim() !== '') yield parsedLine(raw, event.lines[index]!);
        }
    }
    yield { kind: 'read', bytes: piece.bytes, replaced: piece.replaced };
  }
}

/** @throws Refusal jsonTooLarge, unreadableJson */
async function* parsedArray(source: Blob, name: string, encoding: string): AsyncGenerator<Parsed | { kind: 'read'; bytes: number; replaced: number }, void, undefined> {
  if (source.size > jsonArrayLimit) throw new Refusal('jsonTooLarge', { file: name, bytes: source.size, limit: jsonArrayLimit });
  const text = textDecoder(encoding).decode(await bytesOf(source));
  let items: unknown;
  try {
    items = JSON.parse(withLongIntegers(text));
  } catch {
    throw new Refusal('unreadableJson', { file: name });
  }
  if (!Array.isArray(items)) throw new Refusal('unreadableJson', { file: name });
  for (let index = 0; index < items.length; index += 1) {
    let raw = '';
    let cells: Parsed['cells'] = 'notJson';
    try {
      raw = JSON.stringify(items[index]);
      cells = cellsOfObject(items[index]) ?? 'notAnObject';
    } catch {
      // Too deep to be written again: quarantined as unreadable.
    }
    yield { line: index + 1, raw, cells };
  }
  yield { kind: 'read', bytes: source.size, replaced: text.split('\ufffd').length - 1 };
}

class JsonReader implements RowReader {
  headers: readonly string[] = [];
  sample: readonly (readonly string[])[] = [];
  replacedCharacters = 0;
  readonly raggedInSample = 0;

  constructor(
    private readonly source: Blob,
    private readonly name: string,
    private readonly encoding: string,
    private readonly isArray: boolean,
  ) {}

  private parsed(): AsyncGenerator<Parsed | LostLine | { kind: 'read'; bytes: number; replaced: number }, void, undefined> {
    return this.isArray ? parsedArray(this.source, this.name, this.encoding) : parsedLines(this.source, this.encoding);
  }

  /** Reads the whole file for its keys, which may appear anywhere. @throws Refusal tooManyColumns, noRowsLeft, emptyFile */
  async look(): Promise<void> {
    const keys = new Set<string>();
    const maps: ReadonlyMap<string, string>[] = [];
    const refused = new Map<QuarantineReason, number>();
    let rows = 0;
    let every = 1;
    for await (const step of this.parsed()) {
      if ('kind' in step && step.kind === 'read') continue;
      if ('kind' in step || typeof step.cells === 'string') {
        const reason = 'kind' in step ? step.reason : (step.cells as QuarantineReason);
        refused.set(reason, (refused.get(reason) ?? 0) + 1);
        continue;
      }
      for (const key of step.cells.keys()) keys.add(key);
      if (keys.size > columnLimit) throw new Refusal('tooManyColumns', { columns: keys.size, limit: columnLimit });
      // Every row, then every second, every fourth: a sample of bounded size from the whole file.
      if (rows % every === 0) maps.push(step.cells);
      rows += 1;
      if (maps.length >= sampleRows) {
        every *= 2;
        for (let index = 0; 2 * index < maps.length; index += 1) maps[index] = maps[2 * index]!;
        maps.length = Math.ceil(maps.length / 2);
      }
    }
    if (rows === 0) {
      const [worst] = [...refused].sort((a, b) => b[1] - a[1]);
      if (!worst) throw new Refusal('emptyFile', { file: this.name });
      throw new Refusal('noRowsLeft', { file: this.name, quarantined: [...refused.values()].reduce((sum, count) => sum + count, 0), reason: worst[0] });
    }
    this.headers = [...keys];
    if (this.headers.length === 0) throw new Refusal('emptyFile', { file: this.name });
    const limit = Math.max(100, Math.floor(4_000_000 / this.headers.length));
    this.sample = maps.slice(0, limit).map((map) => this.headers.map((key) => map.get(key) ?? ''));
  }

  async *read(): AsyncGenerator<ReadingStep, void, undefined> {
    let rows: string[][] = [];
    let lines: number[] = [];
    let raws: string[] = [];
    let replaced = 0;
    const batch = (): ReadingStep => {
      const texts = raws;
      const step: ReadingStep = { kind: 'rows', rows, lines, raw: (index) => texts[index]! };
      rows = [];
      lines = [];
      raws = [];
      return step;
    };
    for await (const step of this.parsed()) {
      if (rows.length >= batchRows || (rows.length > 0 && ('kind' in step || typeof step.cells === 'string'))) yield batch();
      if ('kind' in step) {
        if (step.kind === 'read') replaced += step.replaced;
        yield step;
      } else if (typeof step.cells === 'string') {
        yield { kind: 'lost', line: step.line, reason: step.cells, text: step.raw.slice(0, quarantineTextLimit), length: step.raw.length };
      } else {
        const { cells } = step;
        rows.push(this.headers.map((key) => cells.get(key) ?? ''));
        lines.push(step.line);
        raws.push(step.raw);
      }
    }
    if (rows.length > 0) yield batch();
    this.replacedCharacters = replaced;
  }
}

/**
 * A reader of objects, one on each line, or of an array of objects if the first character is `[`. Keys are columns in order of first appearance
 * (except that names such as `7` come first within an object, as JavaScript orders them), values become text and are typed as in CSV, nested values are kept as JSON.
 * @throws Refusal emptyFile, binaryFile, encodingUnknown, jsonTooLarge, unreadableJson, tooManyColumns, noRowsLeft
 */
export async function jsonReader(source: Blob, name: string, options: ImportOptions): Promise<RowReader> {
  textDecoder(options.encoding);
  await checkText(source, name, options.encoding);
  const head = textDecoder(options.encoding).decode(await bytesOf(source, 0, 4096)).trimStart();
  const reader = new JsonReader(source, name, options.encoding, head.startsWith('['));
  await reader.look();
  return reader;
}
