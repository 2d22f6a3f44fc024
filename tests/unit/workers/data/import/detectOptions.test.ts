/** @file Tests of detectOptions. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ImportOptions } from '../../../../../src/domain/data/import/importer';
import { missingByDefault } from '../../../../../src/domain/data/import/missingWords';
import { Refusal } from '../../../../../src/domain/refusal';
import { detectOptions, isComplete } from '../../../../../workers/data/import/detectOptions';

const detect = (content: BlobPart, name = 'x.csv'): Promise<ImportOptions> => detectOptions(new Blob([content]), name);

describe('detectOptions', () => {
  it('finds every option of delimited text', async () => {
    expect(await detect('name;price\nAnn;1,5\nBob;2,25\n')).toEqual({ format: 'csv', delimiter: ';', quote: '"', header: true, encoding: 'utf-8', decimal: ',', missing: missingByDefault, types: [], sheet: null });
  });

  it('tells JSON Lines from text in braces, by content and name', async () => {
    expect((await detect('{"a":1}\n{"a":2}', 'data.txt')).format).toBe('jsonl');
    expect((await detect('[\n{"a":1},\n{"a":2}]', 'data.txt')).format).toBe('jsonl');
    expect((await detect('{a},{b}\n{c},{d}\n', 'data.csv')).format).toBe('csv');
  });

  it('finds a character of windows-1252 far behind the beginning', async () => {
    const bytes = new Uint8Array(3_000_000).fill(97);
    bytes.set([97, 44, 98, 10]);
    bytes[2_900_000] = 0xe9;
    expect((await detect(bytes)).encoding).toBe('windows-1252');
  });

  it('refuses what it cannot read', async () => {
    await expect(detect('')).rejects.toMatchObject({ code: 'emptyFile' });
    await expect(detect('  \n')).rejects.toMatchObject({ code: 'emptyFile' });
    await expect(detect(Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0))).rejects.toMatchObject({ code: 'binaryFile', details: { looksLike: 'png' } });
    await expect(detect('a,b\n1,2\n', 'x.parquet')).rejects.toMatchObject({ code: 'unsupportedFormat' });
  });

  it('throws nothing but refusals, whatever the bytes and the name', async () => {
    const start = fc.constantFrom([], [0x50, 0x4b, 3, 4], [0x50, 0x41, 0x52, 0x31], [0xff, 0xfe], [0xef, 0xbb, 0xbf], [0x7b], [0x5b]);
    await fc.assert(
      fc.asyncProperty(start, fc.uint8Array({ maxLength: 80 }), fc.constantFrom('x.csv', 'x.xlsx', 'x.json', 'x'), async (head, tail, name) => {
        const outcome = await detect(Uint8Array.from([...head, ...tail]), name).then(
          () => true,
          (error: unknown) => error instanceof Refusal || Promise.reject(error as Error),
        );
        expect(outcome).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

it('has nothing left to detect once every option is said', async () => {
  const options = await detectOptions(new Blob(['a;b\n1;2\n']), 'x.csv');
  const { delimiter: _delimiter, ...rest } = options;
  expect([isComplete(options), isComplete(rest), isComplete({})]).toEqual([true, false, false]);
});
