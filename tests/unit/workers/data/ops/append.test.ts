import { describe, expect, it } from 'vitest';
import { freshStore } from '../../../storage/memoryStore';
import type { Json } from '../../../../../src/domain/canonical';
import type { Edit } from '../../../../../src/domain/data/edit';
import { keyHex } from '../../../../../src/domain/data/keyHex';
import type { Hash } from '../../../../../src/domain/pipeline/digest';
import type { StepRequest } from '../../../../../src/domain/pipeline/step';
import { cellText } from '../../../../../src/domain/data/cell';
import { artifactOf, keepArtifact } from '../../../../../src/storage/artifacts';
import { keysOf, wholeTable, type TableArtifact } from '../../../../../src/storage/tables';
import { DataWorker } from '../../../../../workers/data/dataWorker';
import { detectOptions } from '../../../../../workers/data/import/detectOptions';

const performer = new DataWorker();
const rows = ['34,Oslo,3,yes', '28,Lima,1,no', '51,Oslo,7,yes', '47,Pune,2,no'];
const header = 'age,city,visits,bought';

async function workbench() {
  const { database, pen } = await freshStore();
  let sources = 0;
  const perform = async (request: StepRequest, files: readonly { input: string; file: Blob; name: string }[] = []) => {
    const outcome = await performer.perform({ database: database.name, pen, request, files }, () => undefined);
    if (outcome.kind !== 'done') throw new Error(JSON.stringify(outcome));
    return { table: outcome.record.output, measured: outcome.measured };
  };
  const read = async (lines: readonly string[], target: string | null, group: string | null = null): Promise<Hash> => {
    const file = new Blob([`${lines.join('\n')}\n`]);
    const source = await keepArtifact(database, pen, { kind: 'source', schema: 1, body: { number: ++sources }, chunks: [] });
    const params = { options: await detectOptions(file, 'a.csv'), target, group } as unknown as Json;
    return (await perform({ op: 'import', params, inputs: { source } }, [{ input: 'source', file, name: 'a.csv' }])).table;
  };
  const edit = async (table: Hash, edits: readonly Edit[]): Promise<Hash> => (await perform({ op: 'edit', params: { edits } as unknown as Json, inputs: { table } })).table;
  const append = (table: Hash, batch: Hash, params: Json = {}) => perform({ op: 'append', params, inputs: { table, batch } });
  const keys = async (table: Hash): Promise<string[]> => {
    const bytes = await keysOf(database, (await artifactOf(database, table)) as unknown as TableArtifact);
    return Array.from({ length: bytes.length / 16 }, (_, row) => keyHex(bytes, row));
  };
  const cells = async (table: Hash): Promise<string[]> => {
    const whole = await wholeTable(database, (await artifactOf(database, table)) as unknown as TableArtifact);
    return [whole.columns.map(({ name }) => name).join(), ...Array.from({ length: whole.rows }, (_, row) => whole.columns.map((column) => cellText(column, row) ?? '').join())];
  };
  return { read, edit, append, keys, cells };
}

describe('rows added after the columns were edited', () => {
  it('keep their keys where the target was renamed, under its old name and under its new one', async () => {
    const { read, edit, append, keys, cells } = await workbench();
    const table = await edit(await read([header, ...rows], 'bought'), [{ op: 'renameColumn', from: 'bought', to: 'sold' }]);
    for (const name of ['bought', 'sold']) {
      const { table: appended } = await append(table, await read([`age,city,visits,${name}`, ...rows.slice(1)], null));
      const all = await keys(appended);
      expect(all.slice(4)).toEqual(all.slice(1, 4));
      expect((await cells(appended)).slice(5)).toEqual(rows.slice(1));
    }
  });

  it('keep their keys where a feature was renamed, retyped or dropped, and the target is left out of them as before', async () => {
    const { read, edit, append, keys, cells } = await workbench();
    const table = await edit(await read([header, ...rows], 'bought'), [
      { op: 'dropColumn', column: 'visits' },
      { op: 'renameColumn', from: 'age', to: 'years' },
      { op: 'renameColumn', from: 'city', to: 'age' },
      { op: 'retypeColumn', column: 'years', to: 'category' },
    ]);
    // Under the names in hand, where `age` is a city; the answer is another one, which makes no other row.
    const batch = await read(['years,age,visits,bought', ...rows.map((row) => row.replace(/yes$/, 'no'))], null);
    const { table: appended, measured } = await append(table, batch);
    const all = await keys(appended);
    expect(all.slice(4)).toEqual(all.slice(0, 4));
    expect((await cells(appended))[0]).toBe('years,age,bought');
    expect((await cells(appended)).slice(5, 7)).toEqual(['34,Oslo,no', '28,Lima,no']);
    expect(measured).toMatchObject({ lackingForKeys: [] });
  });

  it('count a dropped column that they lack as missing in their keys, and say so', async () => {
    const { read, edit, append, keys } = await workbench();
    const first = await read([header, '34,Oslo,,yes', ...rows.slice(1)], 'bought');
    const table = await edit(first, [{ op: 'dropColumn', column: 'visits' }]);
    const { table: appended, measured } = await append(table, await read(['age,city,bought', '34,Oslo,yes', '28,Lima,no'], null));
    const all = await keys(appended);
    expect(measured).toMatchObject({ rows: 2, lackingForKeys: ['visits'] });
    expect(all[4]).toBe(all[0]);
    expect(all[5]).not.toBe(all[1]);
  });

  it('are still aligned after one addition and another edit', async () => {
    const { read, edit, append, keys } = await workbench();
    const once = (await append(await read([header, ...rows], 'bought'), await read([header, '60,Bern,9,no', '61,Bern,9,no'], null))).table;
    const table = await edit(once, [{ op: 'renameColumn', from: 'visits', to: 'calls' }]);
    const all = await keys((await append(table, await read([header, '60,Bern,9,yes', '34,Oslo,3,no'], null))).table);
    expect([all[6], all[7]]).toEqual([all[4], all[0]]);
  });
});

describe('rows without labels', () => {
  it('are taken where rows are keyed by a group, after a rename too, and lie with their group', async () => {
    const { read, edit, append, keys, cells } = await workbench();
    const imported = await read([header, ...rows, '70,,1,no'], 'bought', 'city');
    const table = await edit(imported, [
      { op: 'renameColumn', from: 'city', to: 'town' },
      { op: 'renameColumn', from: 'bought', to: 'sold' },
    ]);
    const { table: appended } = await append(table, await read(['age,town,visits', '99,Oslo,5', '98,Lima,5', '70,,1'], null));
    const all = await keys(appended);
    expect([all[5], all[6]]).toEqual([all[0], all[1]]);
    // A row without a group keeps its own key, in which the answer took no part.
    expect(all[7]).toBe(all[4]);
    expect((await cells(appended)).slice(6)).toEqual(['99,Oslo,5,', '98,Lima,5,', '70,,1,']);
  });

  it('are taken where the target was chosen after the import, by the parameter; no other column may lack', async () => {
    const { read, append, cells } = await workbench();
    const table = await read([header, ...rows], null);
    const batch = await read(['age,city,visits', '99,Oslo,5', '98,Lima,4'], null);
    await expect(append(table, batch)).rejects.toThrow('"code":"columnsDiffer","details":{"column":"bought"}');
    expect((await cells((await append(table, batch, { target: 'bought' })).table)).slice(5)).toEqual(['99,Oslo,5,', '98,Lima,4,']);
  });
});
