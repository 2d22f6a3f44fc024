/** @file Tests of readParquet, through importTable. hyparquet-writer writes the files, pyarrow those of every compression. */

import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, it } from 'vitest';
import { Refusal } from '../../../../../src/domain/refusal';
import { imported, refusal } from './imported';

const table = (rows = 3): ArrayBuffer =>
  parquetWriteBuffer({
    columnData: [
      { name: 'd', data: Array.from({ length: rows }, (_, at) => (at === 1 ? null : at + 0.5)), type: 'DOUBLE' },
      { name: 'i', data: Array.from({ length: rows }, (_, at) => at), type: 'INT32' },
      { name: 'l', data: Array.from({ length: rows }, (_, at) => BigInt(at)), type: 'INT64' },
      { name: 'b', data: Array.from({ length: rows }, (_, at) => at % 2 === 0), type: 'BOOLEAN' },
      { name: 's', data: Array.from({ length: rows }, (_, at) => (at % 2 ? 'x' : '007')), type: 'STRING' },
      { name: 't', data: Array.from({ length: rows }, (_, at) => new Date(Date.UTC(2021, 0, 1 + (at % 28), 5))), type: 'TIMESTAMP' },
      { name: '__proto__', data: Array.from({ length: rows }, () => ({ x: 1 })), type: 'JSON' },
    ],
    rowGroupSize: 40_000,
  });

describe('Parquet', () => {
  it('takes the types that the file declares', async () => {
    const { options, summary, rows, lines } = await imported(table(), {}, 'x.parquet');
    expect(options.format).toBe('parquet');
    expect(summary.columns).toEqual([
      { name: 'd', type: 'number' },
      { name: 'i', type: 'integer' },
      { name: 'l', type: 'integer' },
      { name: 'b', type: 'boolean' },
      { name: 's', type: 'category' },
      { name: 't', type: 'date' },
      { name: '__proto__', type: 'category' },
    ]);
    expect(rows).toEqual([
      [0.5, 0, 0, 1, '007', Date.UTC(2021, 0, 1, 5), '{"x":1}'],
      [null, 1, 1, 0, 'x', Date.UTC(2021, 0, 2, 5), '{"x":1}'],
      [2.5, 2, 2, 1, '007', Date.UTC(2021, 0, 3, 5), '{"x":1}'],
    ]);
    expect(lines).toEqual([1, 2, 3]);
  });

  it('cuts its own groups, whatever groups the file has', async () => {
    const { groups, rows, lines } = await imported(table(100_000), {}, 'x.parquet');
    expect(groups.map(({ table: { rows: count } }) => count)).toEqual([65_536, 34_464]);
    expect(rows[99_999]![1]).toBe(99_999);
    expect(lines[99_999]).toBe(100_000);
  });

  it('makes integers beyond 2^53 text, digit by digit', async () => {
    const file = parquetWriteBuffer({ columnData: [{ name: 'l', data: [1n, 9007199254740993n], type: 'INT64' }] });
    const { types, rows, restarts } = await imported(file, {}, 'x.parquet');
    expect(types).toEqual(['text']);
    expect(rows).toEqual([['1'], ['9007199254740993']]);
    expect(restarts).toBe(1);
  });

  it('quarantines infinities and takes NaN for missing', async () => {
    const file = parquetWriteBuffer({ columnData: [{ name: 'd', data: [1, NaN, Infinity], type: 'DOUBLE' }] });
    const { rows, summary } = await imported(file, {}, 'x.parquet');
    expect(rows).toEqual([[1], [null]]);
    expect(summary.quarantined).toEqual([{ line: 3, reason: 'notFinite', column: 'd', text: '["Infinity"]', length: 12 }]);
  });

  it.each(['none', 'snappy', 'gzip', 'brotli', 'zstd', 'lz4'].flatMap((codec) => [`${codec}-v1`, `${codec}-v2`]))('reads what pyarrow wrote: %s', async (name) => {
    const file = readFileSync(new URL(`../../../../fixtures/parquet/${name}.parquet`, import.meta.url));
    const { rows, types } = await imported(new Uint8Array(file).buffer, {}, 'x.parquet');
    expect(types).toEqual(['integer', 'number', 'category', 'category', 'identifier']);
    expect(rows).toEqual(
      Array.from({ length: 300 }, (_, i) => [
        i,
        i % 7 === 3 ? null : ((i * 37) % 1000) / 8,
        i % 11 === 5 ? null : ['Oslo', 'Lima', 'Pune'][i % 3],
        null,
        `row ${i}, again row ${i}, and row ${i}`,
      ]),
    );
  });

  it("reads the older LZ4, framed as Hadoop does: blocks with their sizes before them", async () => {
    /** A block of literals alone is LZ4 too: a token, the rest of the length in bytes of 255, the bytes. */
    const literals = (bytes: Uint8Array): number[] => {
      const long = bytes.length - 15;
      return long < 0 ? [bytes.length << 4, ...bytes] : [0xf0, ...new Array<number>(Math.floor(long / 255)).fill(255), long % 255, ...bytes];
    };
    const bigEndian = (size: number): number[] => [size >>> 24, (size >>> 16) & 255, (size >>> 8) & 255, size & 255];
    const framed = (input: Uint8Array): Uint8Array => {
      const half = input.length >> 1;
      return Uint8Array.from([input.subarray(0, half), input.subarray(half)].flatMap((part) => [...bigEndian(part.length), ...bigEndian(literals(part).length), ...literals(part)]));
    };
    const data = Array.from({ length: 500 }, (_, i) => i / 4);
    const file = parquetWriteBuffer({ columnData: [{ name: 'd', data, type: 'DOUBLE' }], codec: 'LZ4', compressors: { LZ4: framed } });
    const { rows } = await imported(file, {}, 'x.parquet');
    expect(rows).toEqual(data.map((value) => [value]));
  });

  it('obeys the user', async () => {
    const { types, rows } = await imported(table(), { types: [{ column: 'i', type: 'category' }, { column: 't', type: 'text' }] }, 'x.parquet');
    expect([types[1], types[5]]).toEqual(['category', 'text']);
    expect([rows[2]![1], rows[2]![5]]).toEqual(['2', '2021-01-03T05:00:00Z']);
  });

  it('refuses what is none', async () => {
    expect(await refusal('PAR1 and nothing', {}, 'x.parquet')).toEqual({ code: 'unreadableParquet', details: { file: 'x.parquet' } });
    const bytes = new Uint8Array(table(1000));
    expect((await refusal(bytes.slice(0, bytes.length - 100), {}, 'x.parquet')).code).toBe('unreadableParquet');
    const empty = parquetWriteBuffer({ columnData: [{ name: 'a', data: [], type: 'DOUBLE' }] });
    expect((await refusal(empty, {}, 'x.parquet')).code).toBe('headerOnly');
  });

  it('throws nothing but refusals, whatever the bytes', async () => {
    const base = new Uint8Array(table(20));
    const change = fc.tuple(fc.nat(base.length - 1), fc.integer({ min: 0, max: 255 }));
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), async (changes) => {
        const copy = base.slice();
        for (const [at, value] of changes) copy[at] = value;
        const outcome = await imported(copy, { format: 'parquet', delimiter: ',', quote: '"', header: true, encoding: 'utf-8', decimal: '.', missing: [''], types: [], sheet: null }).then(
          () => true,
          (error: unknown) => error instanceof Refusal || Promise.reject(error as Error),
        );
        expect(outcome).toBe(true);
      }),
      { numRuns: 400 },
    );
  });
});
