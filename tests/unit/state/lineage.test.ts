import { describe, expect, it, vi } from 'vitest';
import { performedProject, sourcesHere } from './performedProject';
import { importFile } from '../../../src/state/data';
import { editData } from '../../../src/state/dataEdits';
import { importOptionsOf } from '../../../src/state/lineage';
import { previewFile } from '../../../src/state/preview';
import { appendFile } from '../../../src/state/versions';
import { versionInHand } from '../../../src/domain/pipeline/project';

vi.mock('../../../src/jobs/sources', () => sourcesHere);

const table = (from: number, delimiter: string): Blob => new Blob([['a', 'y'].join(delimiter), ...Array.from({ length: 30 }, (_, i) => [from + i, i % 2 ? 'yes' : 'no'].join(delimiter))].map((line) => `${line}\n`));

describe('how a table was read', () => {
  it('is how its first import was read, whatever was added and edited since', async () => {
    const project = await performedProject();
    const { options } = await previewFile(project, table(0, ';'), 'first.csv', {});
    await importFile(project, { file: table(0, ';'), name: 'first.csv', options, target: 'y', group: null }, 'first.csv');
    await appendFile(project, table(100, ','), 'more.csv', 'more');
    await editData(project, [{ op: 'filterRows', conditions: [{ column: 'a', operator: '<', value: 110 }], keep: true }], 'fewer');
    expect(await importOptionsOf(project, versionInHand(project.state)!.table)).toMatchObject({ delimiter: ';' });
    expect(await importOptionsOf(project, `sha256:${'0'.repeat(64)}`)).toBeNull();
  });
});
