import { describe, expect, it } from 'vitest';
import { freshStore } from '../../../storage/memoryStore';
import { cellsHeldBack, type CorrectedRow, type HeldBackKind } from '../../../../../src/domain/data/corrections';
import type { Json } from '../../../../../src/domain/canonical';
import { cellText } from '../../../../../src/domain/data/cell';
import type { Edit } from '../../../../../src/domain/data/edit';
import type { QuarantinedRow } from '../../../../../src/domain/data/import/importer';
import { keyHex } from '../../../../../src/domain/data/keyHex';
import type { Hash } from '../../../../../src/domain/pipeline/digest';
import type { StepRequest } from '../../../../../src/domain/pipeline/step';
import { artifactOf, keepArtifact } from '../../../../../src/storage/artifacts';
import { jsonOf, keysOf, wholeTable, type TableArtifact } from '../../../../../src/storage/tables';
import { DataWorker } from '../../../../../workers/data/dataWorker';
import { detectOptions } from '../../../../../workers/data/import/detectOptions';

const performer = new DataWorker();
const header = 'age,city,since,bought';
const good = Array.from({ length: 40 }, (_, at) => `${20 + at},${at % 2 ? 'Oslo' : 'Lima'},${13 + (at % 15)}/3/2021,${at % 3 ? 'yes' : 'no'}`);
const whole = ['61,Pune,1/2/2021,yes', '62,Oslo,2/3/2021,no', '63,Lima,4/5/2021,no'];
const broken = ['61,Pune,1/2/2021', '62 years,Oslo,2/3/2021,no', '63,Lima,4/5/2021,no,extra'];

async function workbench() {
  const { database, pen } = await freshStore();
  let sources = 0;
  const perform = (request: StepRequest, files: readonly { input: string; file: Blob; name: string }[] = []) => performer.perform({ database: database.name, pen, request, files }, () => undefined);
  const done = async (outcome: ReturnType<typeof perform>): Promise<Hash> => {
    const ended = await outcome;
    if (ended.kind !== 'done') throw new Error(JSON.stringify(ended));
    return ended.record.output;
  };
  const options = await detectOptions(new Blob([[header, ...good].join('\n')]), 'a.csv');
  const read = async (lines: readonly string[]): Promise<Hash> => {
    const file = new Blob([`${[header, ...lines].join('\n')}\n`]);
    const source = await keepArtifact(database, pen, { kind: 'source', schema: 1, body: { number: ++sources }, chunks: [] });
    return done(perform({ op: 'import', params: { options, target: 'bought', group: null } as unknown as Json, inputs: { source } }, [{ input: 'source', file, name: 'a.csv' }]));
  };
  const artifact = async (table: Hash): Promise<TableArtifact> => (await artifactOf(database, table)) as unknown as TableArtifact;
  const edit = (table: Hash, edits: readonly Edit[]): Promise<Hash> => done(perform({ op: 'edit', params: { edits } as unknown as Json, inputs: { table } }));
  const correct = (table: Hash, rows: readonly CorrectedRow[]) => perform({ op: 'correct', params: { rows, reading: { decimal: '.', missing: [] } } as unknown as Json, inputs: { table } });
  const without = (table: Hash, kind: HeldBackKind) => perform({ op: 'correct', params: { without: kind, options } as unknown as Json, inputs: { table } });
  const held = async (table: Hash): Promise<readonly QuarantinedRow[]> => {
    const known = await artifact(table);
    return ((await jsonOf(database, known, known.body.quarantine.pieces)) ?? []) as unknown as readonly QuarantinedRow[];
  };
  const keys = async (table: Hash): Promise<string[]> => {
    const bytes = await keysOf(database, await artifact(table));
    return Array.from({ length: bytes.length / 16 }, (_, row) => keyHex(bytes, row));
  };
  const cells = async (table: Hash): Promise<string[]> => {
    const all = await wholeTable(database, await artifact(table));
    return Array.from({ length: all.rows }, (_, row) => all.columns.map((column) => cellText(column, row) ?? '').join());
  };
  return { read, edit, correct, without, done, held, keys, cells, artifact, options };
}

const rowsOf = (held: readonly QuarantinedRow[]): CorrectedRow[] => held.map(({ line }, at) => ({ line, cells: whole[at]!.split(',') }));

describe('rows held back', () => {
  it('are taken apart as far as they can be', async () => {
    const { read, held, artifact, options } = await workbench();
    const table = await read([...good, ...broken]);
    const { body } = await artifact(table);
    expect(body.quarantine.count).toBe(3);
    expect((await held(table)).map((row) => cellsHeldBack(row, options, body))).toEqual([
      ['61', 'Pune', '1/2/2021', null],
      ['62 years', 'Oslo', '2/3/2021', 'no'],
      ['63', 'Lima', '4/5/2021', 'no,extra'],
    ]);
  });

  it('become rows with the keys and the day order that they would have had, and are held back no more', async () => {
    const { read, correct, done, held, keys, cells, artifact } = await workbench();
    const table = await read([...good, ...broken]);
    const corrected = await done(correct(table, rowsOf(await held(table))));
    const right = await read([...good, ...whole]);
    expect(await keys(corrected)).toEqual(await keys(right));
    expect(await cells(corrected)).toEqual(await cells(right));
    expect((await cells(corrected)).at(-3)).toBe('61,Pune,2021-02-01,yes');
    const { body } = await artifact(corrected);
    expect(body.quarantine).toEqual({ count: 0, pieces: [] });
    expect(body.rows).toBe(43);
  });

  it('can be corrected one at a time, also after columns were renamed, retyped or dropped', async () => {
    const { read, edit, correct, done, held, keys, cells, artifact } = await workbench();
    const table = await edit(await read([...good, ...broken]), [
      { op: 'renameColumn', from: 'city', to: 'town' },
      { op: 'dropColumn', column: 'since' },
      { op: 'retypeColumn', column: 'age', to: 'category' },
    ]);
    const [first, ...others] = rowsOf(await held(table));
    const one = await done(correct(table, [first!]));
    const counted = await edit(table, [{ op: 'retypeColumn', column: 'town', to: 'number' }]);
    expect(await correct(counted, [first!])).toMatchObject({ refusal: { code: 'correctionMisfit', details: { column: 'town', value: 'Pune', reason: 'notANumber' } } });
    expect((await held(one)).map(({ line }) => line)).toEqual(others.map(({ line }) => line));
    const all = await done(correct(one, others));
    expect((await cells(all)).slice(-3)).toEqual(['61,Pune,yes', '62,Oslo,no', '63,Lima,no']);
    expect((await keys(all)).slice(-3)).toEqual((await keys(await read([...good, ...whole]))).slice(-3));
    expect((await artifact(all)).body.quarantine.count).toBe(0);
  });

  it('are refused with line and column while a cell does not fit', async () => {
    const { read, correct, held } = await workbench();
    const table = await read([...good, ...broken]);
    const line = (await held(table))[1]!.line;
    const row = { line, cells: ['62 years', 'Oslo', '2/3/2021', 'no'] };
    expect(await correct(table, [row])).toMatchObject({ kind: 'refused', refusal: { code: 'correctionMisfit', details: { line, column: 'age', value: '62 years', reason: 'notANumber' } } });
    expect(await correct(table, [{ line: 2, cells: row.cells }])).toMatchObject({ refusal: { code: 'notHeldBack', details: { line: 2 } } });
    expect(await correct(table, [row, row])).toMatchObject({ refusal: { code: 'notHeldBack', details: { line } } });
    expect(await correct(table, [{ line, cells: ['1'] }])).toMatchObject({ refusal: { code: 'correctionWidth' } });
  });

  it('come in without the one cell that does not fit, all of a kind at once; one with more that does not fit stays', async () => {
    const { read, without, done, held, cells } = await workbench();
    const table = await read([...good, '62 years,Oslo,2/3/2021,no', '63 years,Lima,31/31/2021,no', '64 years,"Pu,ne",4/3/2021,yes']);
    const kind = { reason: 'notANumber', column: 'age' } as const;
    const some = await done(without(table, kind));
    expect((await cells(some)).slice(-2)).toEqual([',Oslo,2021-03-02,no', ',Pu,ne,2021-03-04,yes']);
    expect((await held(some)).map(({ text }) => text)).toEqual(['63 years,Lima,31/31/2021,no']);
    expect(await without(some, kind)).toMatchObject({ kind: 'refused', refusal: { code: 'correctionLeavesAll', details: { rows: 1 } } });
  });
});
