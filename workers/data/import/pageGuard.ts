/**
 * @file Walks the pages of a Parquet file before hyparquet decodes them. hyparquet believes every count that it reads: one damaged byte in a run
 * or a page header keeps it busy for hours or makes it fill the memory, and nothing can stop a loop from outside but the end of its worker.
 */

import { parquetSchema, type FileMetaData, type SchemaTree } from 'hyparquet';
import { parquetHeader } from 'hyparquet/src/column.js';
import { decompressPage } from 'hyparquet/src/datapage.js';
import { parquetCodecs } from './parquetCodecs';
import { bytesOf } from './sourceText';

type ColumnMeta = NonNullable<FileMetaData['row_groups'][number]['columns'][number]['meta_data']>;
type PageHeader = ReturnType<typeof parquetHeader>;

interface Levels {
  readonly repetition: number;
  readonly definition: number;
}

/** Writers may pad the last bit-packed run of a page. */
const padding = 512;
const pageByteLimit = 268_435_456;

function demand(holds: boolean): asserts holds {
  if (!holds) throw new RangeError('a page of the file contradicts itself');
}

const bitsFor = (level: number): number => 32 - Math.clz32(level);

/** Depths of a column: how many of the fields on its path are optional or repeated. */
function levelsOf(root: SchemaTree, path: readonly string[]): Levels {
  let node = root;
  let repetition = 0;
  let definition = 0;
  for (const name of path) {
    const child = node.children.find(({ element }) => element.name === name);
    demand(child !== undefined);
    node = child;
    if (node.element.repetition_type === 'REPEATED') repetition += 1;
    if (node.element.repetition_type !== 'REQUIRED') definition += 1;
  }
  return { repetition, definition };
}

/** Checks that no run between two offsets claims more values than its page has. Runs beyond the last value are not read. */
function checkRuns(bytes: Uint8Array, from: number, to: number, width: number, count: number): void {
  demand(from >= 0 && from <= to && to <= bytes.length && width <= 32);
  let seen = 0;
  let at = from;
  while (at < to && seen < count) {
    let header = 0;
    let scale = 1;
    for (;;) {
      demand(at < to && scale <= 2 ** 28);
      const byte = bytes[at]!;
      at += 1;
      header += (byte & 127) * scale;
      scale *= 128;
      if (byte < 128) break;
    }
    const isPacked = header % 2 === 1;
    const half = Math.floor(header / 2);
    const values = isPacked ? half * 8 : half;
    demand(seen + values <= count + padding);
    seen += values;
    at += isPacked ? half * width : Math.ceil(width / 8);
  }
}

const isCoded = (encoding: string | undefined): boolean => encoding === 'PLAIN_DICTIONARY' || encoding === 'RLE_DICTIONARY';

function checkValues(page: Uint8Array, from: number, encoding: string | undefined, type: string, count: number): void {
  if (encoding === 'RLE' || (isCoded(encoding) && type === 'BOOLEAN')) {
    // The values may all be missing: then there is no run, nor its length.
    if (page.length >= from + 4) checkRuns(page, from + 4, page.length, 1, count);
  } else if (isCoded(encoding) && page.length > from) checkRuns(page, from + 1, page.length, page[from]!, count);
}

/** First version: levels with their lengths before them, all compressed together. */
function checkFirst(packed: Uint8Array<ArrayBuffer>, header: PageHeader, meta: ColumnMeta, levels: Levels): number {
  const data = header.data_page_header;
  demand(data !== undefined);
  const page = decompressPage(packed, Number(header.uncompressed_page_size), meta.codec, parquetCodecs);
  const view = new DataView(page.buffer, page.byteOffset, page.byteLength);
  let at = 0;
  for (const level of [levels.repetition, levels.definition]) {
    if (level === 0) continue;
    const length = view.getUint32(at, true);
    checkRuns(page, at + 4, at + 4 + length, bitsFor(level), data.num_values);
    at += 4 + length;
  }
  checkValues(page, at, data.encoding, meta.type, data.num_values);
  return data.num_values;
}

/** Second version: levels of stated length, not compressed, before the values. */
function checkSecond(packed: Uint8Array<ArrayBuffer>, header: PageHeader, meta: ColumnMeta, levels: Levels): number {
  const data = header.data_page_header_v2;
  demand(data !== undefined);
  const { repetition_levels_byte_length: repetition, definition_levels_byte_length: definition, num_values: count } = data;
  demand(repetition >= 0 && definition >= 0 && data.num_nulls >= 0 && data.num_nulls <= count && data.num_rows >= 0 && data.num_rows <= count);
  if (levels.repetition > 0) checkRuns(packed, 0, repetition, bitsFor(levels.repetition), count);
  if (levels.definition > 0) checkRuns(packed, repetition, repetition + definition, bitsFor(levels.definition), count);
  const rest = packed.subarray(repetition + definition);
  const page = data.is_compressed === false ? rest : decompressPage(rest, Number(header.uncompressed_page_size) - repetition - definition, meta.codec, parquetCodecs);
  checkValues(page, 0, data.encoding, meta.type, count);
  return count;
}

function checkColumn(bytes: Uint8Array<ArrayBuffer>, meta: ColumnMeta, levels: Levels): void {
  const reader = { view: new DataView(bytes.buffer), offset: 0 };
  const total = Number(meta.num_values);
  let seen = 0;
  while (seen < total && reader.offset < bytes.length - 1) {
    const header = parquetHeader(reader);
    const size = header.compressed_page_size;
    const unpacked = Number(header.uncompressed_page_size);
    demand(size >= 0 && reader.offset + size <= bytes.length && unpacked >= 0 && unpacked <= pageByteLimit);
    const packed = bytes.subarray(reader.offset, reader.offset + size);
    reader.offset += size;
    const dictionary = header.dictionary_page_header;
    const stated = header.data_page_header?.num_values ?? header.data_page_header_v2?.num_values ?? dictionary?.num_values ?? -1;
    // A dictionary may hold words that no row has, but none without a byte.
    demand(stated >= 0 && stated <= (dictionary ? unpacked : total));
    if (header.type === 'DATA_PAGE') seen += checkFirst(packed, header, meta, levels);
    else if (header.type === 'DATA_PAGE_V2') seen += checkSecond(packed, header, meta, levels);
    else demand(header.type === 'DICTIONARY_PAGE' && dictionary !== undefined);
  }
  demand(seen === total);
}

/**
 * Reads every page once and checks that sizes and counts agree with one another. It costs a second unpacking of the file.
 * @throws RangeError, and whatever the decompressors throw, if they do not
 */
export async function checkPages(source: Blob, metadata: FileMetaData): Promise<void> {
  const root = parquetSchema(metadata);
  for (const { columns, num_rows: rows } of metadata.row_groups) {
    for (const { meta_data: meta } of columns) {
      demand(meta !== undefined);
      const levels = levelsOf(root, meta.path_in_schema);
      demand(levels.repetition > 0 || meta.num_values === rows);
      const first = Number(meta.data_page_offset);
      const dictionary = Number(meta.dictionary_page_offset ?? 0);
      const start = dictionary > 0 && dictionary < first ? dictionary : first;
      const end = start + Number(meta.total_compressed_size);
      demand(start >= 0 && start <= end && end <= source.size);
      checkColumn(await bytesOf(source, start, end), meta, levels);
    }
  }
}
