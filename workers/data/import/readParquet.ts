/** @file Reads Parquet row group by row group. */

import { parquetMetadataAsync, parquetRead, parquetSchema, type AsyncBuffer, type FileMetaData, type SchemaTree } from 'hyparquet';
import type { ColumnPlan } from '../../../src/domain/data/import/columnPlan';
import type { Cell } from '../../../src/domain/data/import/groupBuilder';
import { columnLimit } from '../../../src/domain/data/import/importer';
import { isoText } from '../../../src/domain/data/import/instant';
import { isNumericType, type ColumnType } from '../../../src/domain/data/table';
import { Refusal } from '../../../src/domain/refusal';
import { checkPages } from './pageGuard';
import { parquetCodecs } from './parquetCodecs';
import type { ReadingStep, RowReader } from './rowReader';

/** A row group is decoded whole; more than this, unpacked, is refused. */
const groupByteLimit = 2_147_483_648;
const groupRowLimit = 20_000_000;
const sampleRows = 10_000;

const fileOf = (source: Blob): AsyncBuffer => ({ byteLength: source.size, slice: (start, end) => source.slice(start, end).arrayBuffer() });

function declaredType({ children, element }: SchemaTree): ColumnType {
  if (children.length > 0 || element.repetition_type === 'REPEATED') return 'text';
  const { type, converted_type: converted, logical_type: logical } = element;
  const meaning = logical?.type;
  if (converted === 'DATE' || converted === 'TIMESTAMP_MILLIS' || converted === 'TIMESTAMP_MICROS' || meaning === 'DATE' || meaning === 'TIMESTAMP' || type === 'INT96') return 'date';
  if (converted === 'DECIMAL' || meaning === 'DECIMAL' || meaning === 'FLOAT16' || type === 'FLOAT' || type === 'DOUBLE') return 'number';
  if (type === 'BOOLEAN') return 'boolean';
  return type === 'INT32' || type === 'INT64' ? 'integer' : 'text';
}

function plainText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? '' : isoText(value.getTime());
  if (typeof value !== 'object') return String(value);
  return JSON.stringify(value, (_key, item: unknown) => (typeof item === 'bigint' ? String(item) : ArrayBuffer.isView(item) ? Array.from(item as Uint8Array) : item)) ?? '';
}

/** A value as its column reads it: without a detour through text where both are numbers. */
function cellOf(value: unknown, type: ColumnType): Cell {
  if (value === null || value === undefined) return null;
  if (isNumericType(type)) {
    if (typeof value === 'number') return type === 'number' || type === 'integer' ? value : plainText(value);
    if (typeof value === 'bigint') {
      const number = Number(value);
      return (type === 'number' || type === 'integer') && Number.isSafeInteger(number) ? number : String(value);
    }
    if (typeof value === 'boolean' && type !== 'date') return value ? 1 : 0;
    if (value instanceof Date && type === 'date') return value.getTime();
  }
  return plainText(value);
}

/** hyparquet says what is wrong in many ways; to the user they are one. */
async function readable<T>(name: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal('unreadableParquet', { file: name });
  }
}

async function rowsBetween(source: Blob, metadata: FileMetaData, rowStart: number, rowEnd: number): Promise<unknown[][]> {
  let rows: unknown[][] = [];
  await parquetRead({ file: fileOf(source), metadata, rowStart, rowEnd, rowFormat: 'array', compressors: parquetCodecs, geoparquet: false, onComplete: (all) => (rows = all) });
  return rows;
}

/** Rows of each group. @throws Refusal unreadableParquet if a size is absurd */
function groupSizes(metadata: FileMetaData, source: Blob, name: string): number[] {
  return metadata.row_groups.map(({ num_rows, columns }) => {
    const bytes = columns.reduce((sum, { meta_data: meta }) => sum + Number(meta?.total_uncompressed_size ?? 0), 0);
    const isInside = columns.every(({ meta_data: meta }) => meta !== undefined && Number(meta.data_page_offset) <= source.size && Number(meta.total_compressed_size) <= source.size && Number(meta.num_values) >= 0);
    const rows = Number(num_rows);
    if (!(rows >= 0 && rows <= groupRowLimit) || !(bytes <= groupByteLimit) || !isInside) throw new Refusal('unreadableParquet', { file: name });
    return rows;
  });
}

/** Types are those that the file declares. @throws Refusal unreadableParquet, headerOnly, tooManyColumns */
export async function parquetReader(source: Blob, name: string): Promise<RowReader> {
  const { metadata, columns } = await readable(name, async () => {
    const footer = await parquetMetadataAsync(fileOf(source), { geoparquet: false });
    return { metadata: footer, columns: parquetSchema(footer).children };
  });
  if (columns.length === 0) throw new Refusal('unreadableParquet', { file: name });
  if (columns.length > columnLimit) throw new Refusal('tooManyColumns', { columns: columns.length, limit: columnLimit });
  const sizes = groupSizes(metadata, source, name);
  const total = sizes.reduce((sum, rows) => sum + rows, 0);
  if (total === 0) throw new Refusal('headerOnly', { file: name, columns: columns.length });
  await readable(name, () => checkPages(source, metadata));
  const first = await readable(name, () => rowsBetween(source, metadata, 0, Math.min(total, sampleRows)));
  const sample = await readable(name, async () => first.map((row) => columns.map((_, at) => plainText(row[at]))));
  return {
    headers: columns.map(({ element }) => String(element.name)),
    sample,
    declared: columns.map(declaredType),
    replacedCharacters: 0,
    raggedInSample: 0,
    async *read(plans: readonly ColumnPlan[]): AsyncGenerator<ReadingStep, void, undefined> {
      let start = 0;
      for (const size of sizes) {
        const from = start;
        const values = await readable(name, () => rowsBetween(source, metadata, from, from + size));
        const rows = await readable(name, async () => values.map((row) => plans.map(({ type }, at) => cellOf(row[at], type))));
        yield { kind: 'rows', rows, lines: rows.map((_, index) => from + index + 1), raw: (index) => JSON.stringify(values[index]!.map(plainText)) };
        start += size;
        yield { kind: 'read', bytes: Math.floor((source.size * start) / total) };
      }
    },
  };
}
