/** @file Tests of previewOf. */

import { describe, expect, it } from 'vitest';
import type { ImportOptions, ImportPreview } from '../../../../../src/domain/data/import/importer';
import { detectOptions } from '../../../../../workers/data/import/detectOptions';
import { previewOf } from '../../../../../workers/data/import/previewOf';

async function preview(text: string, change: Partial<ImportOptions> = {}): Promise<ImportPreview> {
  const source = new Blob([text]);
  return previewOf(source, 'x.csv', { ...(await detectOptions(source, 'x.csv')), ...change });
}

describe('previewOf', () => {
  it('shows columns, counts and the first twenty rows', async () => {
    const { columns, rows, problems } = await preview(`n,c\n${Array.from({ length: 50 }, (_, at) => `${at % 10 ? at : 'NA'},${at % 2 ? 'x' : 'y'}\n`).join('')}`);
    expect(columns).toEqual([
      { name: 'n', type: 'integer', order: null, missing: 5, distinct: 45, samples: ['1', '2', '3', '4', '5'] },
      { name: 'c', type: 'category', order: null, missing: 0, distinct: 2, samples: ['y', 'x'] },
    ]);
    expect(rows).toHaveLength(20);
    expect(rows[0]).toEqual(['NA', 'y']);
    expect(problems).toEqual([]);
  });

  it('names what to look at', async () => {
    const { problems } = await preview('a,a,d\n1,2,1/2/2011\n3,\ufffd,3/4/2011\n5,6\n', { types: [{ column: 'gone', type: 'number' }] });
    expect(problems).toEqual([
      { code: 'renamedColumns', details: { count: 1, first: 'a (2)' } },
      { code: 'raggedRows', details: { rows: 1 } },
      { code: 'ambiguousDates', details: { column: 'd', read: 'text' } },
      { code: 'replacedCharacters', details: { cells: 1 } },
      { code: 'columnNotFound', details: { column: 'gone' } },
    ]);
  });

  it('foretells the rows that will be held back', async () => {
    const text = `n,c\n${Array.from({ length: 50 }, (_, at) => `${at === 7 || at === 9 ? 'many' : at},x\n`).join('')}`;
    expect((await preview(text)).problems).toEqual([{ code: 'misfits', details: { column: 'n', type: 'integer', cells: 2, example: 'many' } }]);
    expect((await preview(text, { types: [{ column: 'n', type: 'text' }] })).problems).toEqual([]);
  });

  it('says in which order dates are read, and asks where the cells leave it open', async () => {
    const text = (first: string): string => `d\n${first}\n3/4/2011\n5/6/2011\n`;
    expect((await preview(text('25/2/2011'))).columns[0]).toMatchObject({ type: 'date', order: 'dayFirst' });
    const open = await preview(text('1/2/2011'));
    expect(open.columns[0]).toMatchObject({ type: 'text', order: 'ambiguous' });
    const said = await preview(text('1/2/2011'), { types: [{ column: 'd', type: 'date', order: 'dayFirst' }] });
    expect(said.columns[0]).toMatchObject({ type: 'date', order: 'ambiguous' });
    expect(said.problems).toEqual([]);
    expect((await preview(text('1/2/2011'), { types: [{ column: 'd', type: 'date' }] })).problems).toEqual([{ code: 'ambiguousDates', details: { column: 'd', read: 'monthFirst' } }]);
  });

  it('shows the type that the user asks for', async () => {
    expect((await preview('a\n1\n2\n', { types: [{ column: 'a', type: 'category' }] })).columns[0]!.type).toBe('category');
  });
});
