/** @file Edits of a table of several row groups: those that an edit does not concern keep their chunks, and the counts of missing values stay right. */
import { describe, expect, it } from 'vitest';
import { freshStore } from '../../../storage/memoryStore';
import type { Json } from '../../../../../src/domain/canonical';
import type { Edit } from '../../../../../src/domain/data/edit';
import { cellText } from '../../../../../src/domain/data/cell';
import { keyHex } from '../../../../../src/domain/data/keyHex';
import type { VersionDiff } from '../../../../../src/domain/data/versionDiff';
import type { Hash } from '../../../../../src/domain/pipeline/digest';
import type { StepRequest } from '../../../../../src/domain/pipeline/step';
import { artifactOf, keepArtifact } from '../../../../../src/storage/artifacts';
import { keysOf, missingIn, rowsOf, wholeTable, type TableArtifact } from '../../../../../src/storage/tables';
import { DataWorker } from '../../../../../workers/data/dataWorker';
import { detectOptions } from '../../../../../workers/data/import/detectOptions';

const first = ['34,Oslo,3', ',Lima,1', '51,,7'];
const second = ['47,Pune,2', ',Bern,9'];

async function twoGroups() {
  const { database, pen } = await freshStore();
  const performer = new DataWorker();
  const perform = async (request: StepRequest, files: readonly { input: string; file: Blob; name: string }[] = []): Promise<Hash> => {
    const outcome = await performer.perform({ database: database.name, pen, request, files }, () => undefined);
    if (outcome.kind !== 'done') throw new Error(JSON.stringify(outcome));
    return outcome.record.output;
  };
  const read = async (lines: readonly string[]): Promise<Hash> => {
    const file = new Blob([`${['age,city,visits', ...lines].join('\n')}\n`]);
    const source = await keepArtifact(database, pen, { kind: 'source', schema: 1, body: { lines }, chunks: [] });
    const params = { options: await detectOptions(file, 'a.csv'), target: null, group: null } as unknown as Json;
    return perform({ op: 'import', params, inputs: { source } }, [{ input: 'source', file, name: 'a.csv' }]);
  };
  const artifact = async (id: Hash): Promise<TableArtifact> => (await artifactOf(database, id)) as unknown as TableArtifact;
  const table = await artifact(await perform({ op: 'append', params: {}, inputs: { table: await read(first), batch: await read(second) } }));
  const keys = await keysOf(database, table);
  const edited = async (...edits: readonly Edit[]): Promise<TableArtifact> => artifact(await perform({ op: 'edit', params: { edits } as unknown as Json, inputs: { table: table.id } }));
  const lines = async (of: TableArtifact): Promise<string[]> => {
    const whole = await wholeTable(database, of);
    expect(of.body.columns.map(({ missing }) => missing)).toEqual(whole.columns.map(({ values }) => missingIn(values)));
    return Array.from({ length: whole.rows }, (_, row) => whole.columns.map((column) => cellText(column, row) ?? '').join());
  };
  const chunks = (of: TableArtifact, group: number): string[] => [...of.body.cells.map((column) => column[group]!), of.body.keys[group]!].flat().map((piece) => of.chunks[piece]!.hash);
  const changed = async (after: TableArtifact): Promise<VersionDiff> =>
    (await artifactOf<VersionDiff>(database, await perform({ op: 'diff', params: {}, inputs: { before: table.id, after: after.id } }))).body;
  const rows = (names: readonly string[], positions: readonly number[]) => rowsOf(database, table, names, Uint32Array.from(positions));
  return { rows, changed, table, key: (row: number) => keyHex(keys, row), edited, lines, chunks };
}

describe('an edit of one of two row groups', () => {
  it('sets a cell by its place and leaves the other group', async () => {
    const { table, key, edited, lines, chunks } = await twoGroups();
    const after = await edited({ op: 'setCell', key: key(4), column: 'age', value: 60, row: 4 });
    expect(await lines(after)).toEqual([...first, '47,Pune,2', '60,Bern,9']);
    expect(chunks(after, 0)).toEqual(chunks(table, 0));
  });

  it('deletes rows by key, a whole group too', async () => {
    const { table, key, edited, lines, chunks } = await twoGroups();
    const one = await edited({ op: 'deleteRows', keys: [key(1)] });
    expect(await lines(one)).toEqual([first[0], first[2], ...second]);
    expect(chunks(one, 1)).toEqual(chunks(table, 1));
    const none = await edited({ op: 'deleteRows', keys: [key(3), key(4)] });
    expect([none.body.groups, await lines(none)]).toEqual([[3], first]);
  });

  it('keeps the rows of a slice', async () => {
    const { edited, lines } = await twoGroups();
    expect(await lines(await edited({ op: 'filterRows', conditions: [{ column: 'visits', operator: '>=', value: 3 }], keep: true }))).toEqual([first[0], first[2], second[1]]);
  });

  it('fills what is missing, and keeps the keys', async () => {
    const { table, edited, lines, chunks } = await twoGroups();
    expect(await lines(await edited({ op: 'fillMissing', column: 'age', with: 'median' }))).toEqual(['34,Oslo,3', '47,Lima,1', '51,,7', '47,Pune,2', '47,Bern,9']);
    const given = await edited({ op: 'fillMissing', column: 'city', with: { value: 'Rome' } });
    expect(await lines(given)).toEqual(['34,Oslo,3', ',Lima,1', '51,Rome,7', ...second]);
    expect([chunks(given, 1), chunks(given, 0).at(-1)]).toEqual([chunks(table, 1), chunks(table, 0).at(-1)]);
  });
});

describe('the difference of two versions that share chunks', () => {
  it('is that of their cells, in the columns that were changed alone', async () => {
    const { key, edited, changed } = await twoGroups();
    const { cells, rows, schema } = await changed(await edited({ op: 'setCell', key: key(3), column: 'city', value: 'Rome' }, { op: 'retypeColumn', column: 'visits', to: 'category' }));
    expect(cells).toEqual([{ column: 'city', changed: 1, changes: [{ key: key(3), before: 'Pune', after: 'Rome' }] }]);
    expect([rows.added, rows.removed, schema.retyped]).toEqual([0, 0, [{ name: 'visits', from: 'integer', to: 'category' }]]);
  });

  it('is found where rows went', async () => {
    const { key, edited, changed } = await twoGroups();
    expect((await changed(await edited({ op: 'deleteRows', keys: [key(1)] }))).rows).toMatchObject({ before: 5, after: 4, removed: 1, removedKeys: [key(1)] });
  });
});

it('some rows of some columns are read from the row groups that hold them', async () => {
  const { rows } = await twoGroups();
  const spelt = async (names: readonly string[], positions: readonly number[]): Promise<string[]> => {
    const { columns, rows: count } = await rows(names, positions);
    return Array.from({ length: count }, (_, row) => columns.map((column) => cellText(column, row) ?? '').join());
  };
  expect(await spelt(['visits', 'city'], [0, 2, 3])).toEqual(['Oslo,3', ',7', 'Pune,2']);
  expect(await spelt(['city'], [4])).toEqual(['Bern']);
  expect(await spelt(['city', 'age'], [])).toEqual([]);
});
