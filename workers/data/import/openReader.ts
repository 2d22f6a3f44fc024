/** @file The reader of each format. */

import { Refusal } from '../../../src/domain/refusal';
import { columnLimit, type ImportOptions } from '../../../src/domain/data/import/importer';
import { csvReader } from './readCsv';
import { jsonReader } from './readJson';
import { parquetReader } from './readParquet';
import type { RowReader } from './rowReader';
import { sheetReader } from './readSheet';

/** @throws Refusal see `importTable` */
export async function openReader(source: Blob, name: string, options: ImportOptions): Promise<RowReader> {
  if (source.size === 0) throw new Refusal('emptyFile', { file: name });
  const open = async (): Promise<RowReader> => {
    switch (options.format) {
      case 'csv':
        return csvReader(source, name, options);
      case 'jsonl':
        return jsonReader(source, name, options);
      case 'parquet':
        return parquetReader(source, name);
      case 'xlsx':
        return sheetReader(source, name, options);
    }
  };
  const reader = await open();
  if (reader.headers.length > columnLimit) throw new Refusal('tooManyColumns', { columns: reader.headers.length, limit: columnLimit });
  return reader;
}
