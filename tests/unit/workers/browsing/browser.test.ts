import { beforeAll, describe, expect, it, vi } from 'vitest';
import { performedProject, type PerformedProject } from '../../state/performedProject';
import { importFile } from '../../../../src/state/data';
import { trainRun } from '../../../../src/state/training';
import type { Hash } from '../../../../src/domain/pipeline/digest';
import { detectOptions } from '../../../../workers/data/import/detectOptions';
import { Browser } from '../../../../workers/browsing/browser';

vi.mock('../../../../src/jobs/sources', async () => (await import('../../state/performedProject')).sourcesHere);

const rows = 9_000;
const csv = new Blob([['size,kind,paid,bought', ...Array.from({ length: rows }, (_, row) => `${row % 100},${'abc'[row % 3]},${(row % 7) + 0.5},${row % 100 > 60 ? 'yes' : 'no'}`), ''].join('\n')]);

async function scored(target: string): Promise<{ project: PerformedProject; table: Hash; scores: Hash }> {
  const project = await performedProject();
  await importFile(project, { file: csv, name: 'a.csv', options: await detectOptions(csv, 'a.csv'), target, group: null }, 'a.csv');
  const run = await trainRun(project, { learner: 'linear', hyperparameters: {}, seed: 1, engine: 'cpu', balanced: false });
  const asked = await project.ask({ op: 'score', params: { part: 'all' }, inputs: { model: run.model, recipe: run.recipe, table: run.table } });
  return { project, table: run.table, scores: asked.record.output };
}

describe('predictions in the browsing worker', () => {
  let made: { readonly classes: Awaited<ReturnType<typeof scored>>; readonly values: Awaited<ReturnType<typeof scored>> };
  beforeAll(async () => (made = { classes: await scored('bought'), values: await scored('paid') }), 60_000);
  const pieces = async ({ project, table, scores }: Awaited<ReturnType<typeof scored>>, threshold: number): Promise<string[]> => {
    const all: string[] = [];
    let arriving = 0;
    await new Browser().predictions(project.database.name, table, scores, threshold, async (text) => {
      expect(++arriving, 'one piece at a time').toBe(1);
      await Promise.resolve();
      arriving--;
      all.push(text);
    });
    return all;
  };

  it('leave it in pieces that make one file of every row', async () => {
    const all = await pieces(made.classes, 0.5);
    expect(all.length).toBeGreaterThan(1);
    const lines = all.join('').trimEnd().split(/\r?\n/);
    expect(lines[0]).toBe('row_key,predicted bought,probability of no,probability of yes');
    expect(lines).toHaveLength(rows + 1);
    expect(lines.every((line, at) => at === 0 || /^[0-9a-f]{32},(yes|no),[-\d.e]+,[-\d.e]+$/.test(line))).toBe(true);
  });

  it('are counted by class as the file has them, under the threshold given', async () => {
    const { project, table, scores } = made.classes;
    const browser = new Browser();
    for (const threshold of [0.5, 0.999999]) {
      const lines = (await pieces(made.classes, threshold)).join('').trimEnd().split(/\r?\n/).slice(1);
      const summary = await browser.predictionSummary(project.database.name, table, scores, threshold, 20);
      expect(summary.counts).toEqual(['no', 'yes'].map((label) => lines.filter((line) => line.split(',')[1] === label).length));
      expect(summary).toMatchObject({ rows, summary: null });
    }
  });

  it('begin with the first rows, each with its cells, its class and the probability of the positive one', async () => {
    const { project, table, scores } = made.classes;
    const { first, task } = await new Browser().predictionSummary(project.database.name, table, scores, 0.5, 3);
    const lines = (await pieces(made.classes, 0.5)).join('').split(/\r?\n/).slice(1, 4);
    const positive = task.kind === 'classification' ? task.positive! : 0;
    expect(first.map(({ row, predicted, probability }) => [row, predicted, String(probability)])).toEqual(lines.map((line, row) => [row, line.split(',')[1], line.split(',')[2 + positive]]));
    expect(first[1]!.cells).toEqual(['1', 'b', '1.5', 'no']);
  });

  it('are values with their mean and range where a value is predicted', async () => {
    const { project, table, scores } = made.values;
    const values = (await pieces(made.values, 0.5)).join('').trimEnd().split(/\r?\n/).slice(1).map((line) => Number(line.split(',')[1]));
    const { counts, summary, first } = await new Browser().predictionSummary(project.database.name, table, scores, 0.5, 2);
    expect(counts).toEqual([]);
    expect(summary).toEqual({ mean: values.reduce((sum, value) => sum + value, 0) / rows, low: Math.min(...values), high: Math.max(...values) });
    expect(first.map(({ predicted, probability }) => [predicted, probability])).toEqual([[values[0], null], [values[1], null]]);
  });
});

describe('row keys in the browsing worker', () => {
  it('are those of the rows chosen, and counted where a table or a split has them', async () => {
    const project = await performedProject();
    const twice = new Blob([['id,size', 'a,1', 'b,2', 'a,1', 'c,3', ''].join('\n')]);
    await importFile(project, { file: twice, name: 'twice.csv', options: await detectOptions(twice, 'twice.csv'), target: 'size', group: null }, 'twice.csv');
    const { table } = project.state.versions[0]!;
    const browser = new Browser();
    const rows = await browser.rows(project.database.name, table, { kind: 'all' }, 0, 9);
    const keys = await browser.keysOf(project.database.name, table, { kind: 'all' });
    expect(keys).toEqual(rows.map(({ key }) => key));
    const [a] = await browser.keysOf(project.database.name, table, { kind: 'slice', conditions: [{ column: 'id', operator: '=', value: 'a' }] });
    expect(await browser.keysIn(project.database.name, table, [a!, keys[1]!, 'f'.repeat(32)])).toEqual(new Map([[a, keys.filter((key) => key === a).length], [keys[1], 1]]));
  });
});
