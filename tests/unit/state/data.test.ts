import { describe, expect, it, vi } from 'vitest';
import { performedProject, sourcesHere, type PerformedProject } from './performedProject';
import { currentSplit, importFile, askQuestion, takeVersion } from '../../../src/state/data';
import { editData, renameColumn } from '../../../src/state/dataEdits';
import { previewFile } from '../../../src/state/preview';
import { bytesOf, keysOf, type TableArtifact } from '../../../src/storage/tables';
import { keyHex } from '../../../src/domain/data/keyHex';
import { versionInHand } from '../../../src/domain/pipeline/project';

vi.mock('../../../src/jobs/sources', () => sourcesHere);

const rowsFrom = (from: number, count: number): string[] => Array.from({ length: count }, (_, i) => `${from + i},${(from + i) % 7},${(from + i) % 3 === 0 ? 'yes' : 'no'}`);
const table = (name: string, rows: readonly string[]): { file: Blob; name: string } => ({ file: new Blob([['a,b,y', ...rows].join('\n')]), name });

async function imported(project: PerformedProject, { file, name }: { file: Blob; name: string }): Promise<void> {
  const { options } = await previewFile(project, file, name, {});
  await importFile(project, { file, name, options, target: 'y', group: null }, name);
}

/** The part of each row in hand, by its key. */
async function partsByKey(project: PerformedProject): Promise<Map<string, number>> {
  const split = await currentSplit(project);
  const parts = await bytesOf(project.database, split, split.body.parts);
  const keys = await keysOf(project.database, (await project.artifact(versionInHand(project.state)!.table)) as TableArtifact);
  return new Map([...parts].map((part, row) => [keyHex(keys, row), part]));
}

const movedRows = (before: ReadonlyMap<string, number>, after: ReadonlyMap<string, number>): number => [...after].filter(([key, part]) => before.has(key) && before.get(key) !== part).length;

describe('the split of a version', () => {
  it('moves no row: not for an edit, a new label, a filter that leaves a third, nor a renamed target', async () => {
    const project = await performedProject();
    await imported(project, table('a.csv', rowsFrom(0, 300)));
    const first = await partsByKey(project);
    await editData(project, [{ op: 'setCell', key: [...first.keys()][5]!, column: 'y', value: 'yes' }], 'a label');
    expect(movedRows(first, await partsByKey(project))).toBe(0);
    await renameColumn(project, 'y', 'outcome', 'renamed');
    expect(movedRows(first, await partsByKey(project))).toBe(0);
    await editData(project, [{ op: 'filterRows', conditions: [{ column: 'a', operator: '<', value: 100 }], keep: true }], 'a third');
    const third = await partsByKey(project);
    expect(third.size).toBe(100);
    expect(movedRows(first, third)).toBe(0);
  });

  it('is the same when a version is taken in hand again', async () => {
    const project = await performedProject();
    await imported(project, table('a.csv', rowsFrom(0, 300)));
    const split = (await currentSplit(project)).id;
    await editData(project, [{ op: 'dropColumn', column: 'b' }], 'dropped');
    await currentSplit(project);
    await takeVersion(project, 1);
    expect((await currentSplit(project)).id).toBe(split);
    // A report of this sitting names the step, although it was not asked for.
    const version = versionInHand(project.state)!;
    expect(project.asked.at(-1)).toMatchObject({ cached: true, record: { op: 'split', output: split, inputs: { table: version.table } } });
  });

  it('has cuts of its own for another import, and keeps them through its edits', async () => {
    const project = await performedProject();
    await imported(project, table('a.csv', rowsFrom(0, 300)));
    await currentSplit(project);
    await imported(project, table('b.csv', rowsFrom(1_000, 200)));
    const split = await currentSplit(project);
    expect(split.body.counts).toEqual({ train: 140, validation: 30, test: 30, none: 0 });
    const second = await partsByKey(project);
    await editData(project, [{ op: 'setCell', key: [...second.keys()][3]!, column: 'b', value: 5 }], 'a cell');
    expect(movedRows(second, await partsByKey(project))).toBe(0);
  });

  it('is dealt anew when it is asked for in another way', async () => {
    const project = await performedProject();
    await imported(project, table('a.csv', rowsFrom(0, 300)));
    const first = await partsByKey(project);
    await askQuestion(project, { target: 'b', task: 'regression' });
    expect(movedRows(first, await partsByKey(project))).toBeGreaterThan(0);
  });
});
