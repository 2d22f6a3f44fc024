import { beforeAll, describe, expect, it, vi } from 'vitest';
import { performedProject, type PerformedProject } from './performedProject';
import { addToData, watchFile } from '../../../src/state/monitoring';
import { importFile } from '../../../src/state/data';
import { renameColumn } from '../../../src/state/dataEdits';
import { registerRun } from '../../../src/state/deployment';
import { trainRun } from '../../../src/state/training';
import { readWatch } from '../../../src/state/watchReading';
import { appendFile, previewLike } from '../../../src/state/versions';
import { comparedOnNewRows, retrain, tablesWith, wayBackOf } from '../../../src/state/wayBack';
import { detectOptions } from '../../../workers/data/import/detectOptions';
import { modelNumbered, type Run } from '../../../src/domain/pipeline/project';
import { seeded } from '../../../src/domain/random';
import { parseCriterion } from '../../../src/domain/scoping/criterionGrammar';
import type { RecipeBody } from '../../../src/domain/data/recipeManifest';
import type { TableBody } from '../../../src/domain/data/tableManifest';

vi.mock('../../../src/jobs/sources', async () => (await import('./performedProject')).sourcesHere);

/** Semicolons, decimal commas and a word of its own for what is missing. */
function csv(rows: number, seed: number, columns: readonly string[] = ['age', 'score', 'city', 'bought']): Blob {
  const random = seeded(seed);
  const lines = Array.from({ length: rows }, (_, row) => {
    const age = 20 + Math.floor(50 * random.next());
    const score = (age / 10 + random.normal()).toFixed(2).replace('.', ',');
    const cells = new Map([
      ['age', String(age)],
      ['score', row % 9 === 4 ? 'k.A.' : score],
      ['city', ['Oslo', 'Lima', 'Pune'][Math.floor(3 * random.next())]!],
      ['bought', age + 8 * random.normal() > 45 ? 'yes' : 'no'],
    ]);
    return columns.map((name) => cells.get(name) ?? '').join(';');
  });
  return new Blob([[columns.join(';'), ...lines, ''].join('\n')]);
}

const choice = { learner: 'linear', hyperparameters: {}, seed: 1, engine: 'cpu', balanced: false } as const;

async function trained(): Promise<{ project: PerformedProject; run: Run }> {
  const project = await performedProject();
  const file = csv(400, 1);
  const options = { ...(await detectOptions(file, 'data.csv')), missing: ['k.A.'] };
  await importFile(project, { file, name: 'data.csv', options, target: 'bought', group: null }, 'data.csv');
  await project.move('criteriaChanged', {}, (state) => ({ ...state, criteria: ['accuracy>=0.5', 'accuracy[city=Oslo]>=0.5'].map((text) => parseCriterion(text)) }));
  const run = await trainRun(project, choice);
  await registerRun(project, run, []);
  return { project, run };
}

describe('a batch', () => {
  let project: PerformedProject;
  let run: Run;
  beforeAll(async () => ({ project, run } = await trained()));

  it('is read as the data was: its words for missing, its decimal mark, its types', async () => {
    // Whole numbers alone: nothing in the file tells that the comma is its decimal mark, or that k.A. is a missing value.
    const file = new Blob(['age;score;city;bought\n30;1,500;Oslo;yes\n31;k.A.;Lima;no\n44;2,250;Pune;no\n']);
    const detected = { ...(await detectOptions(file, 'b.csv')), decimal: '.' as const };
    const { read } = await watchFile(project, file, 'b.csv', detected, modelNumbered(project.state, 1));
    const { body } = await project.artifact<TableBody>(read.record.output);
    expect(body.quarantine.count).toBe(0);
    expect(body.columns.find(({ name }) => name === 'score')).toEqual({ name: 'score', type: 'number', missing: 1 });
    expect(read.record.params).toMatchObject({ options: { decimal: ',', missing: ['k.A.'] } });
    const preview = await previewLike(project, run.table, file, 'b.csv');
    expect(preview.options).toMatchObject({ decimal: ',', missing: ['k.A.'], delimiter: ';' });
    expect((await previewLike(project, run.table, file, 'b.csv', { decimal: '.' })).options.decimal).toBe('.');
  });

  it('keeps what the user decided about it', async () => {
    const file = csv(20, 8);
    const { read } = await watchFile(project, file, 'own.csv', await detectOptions(file, 'own.csv'), undefined, { missing: ['none'] });
    expect(read.record.params).toMatchObject({ options: { missing: ['none'] } });
  });

  it('is watched although a criterion slices on a column that it lacks: that criterion is not computed, and fails', async () => {
    const { project: own, run: learnt } = await trained();
    // A model that does not read the city.
    await own.move('questionChanged', {}, (state) => ({ ...state, question: { ...state.question, exclude: ['city'] } }));
    const run2 = await trainRun(own, choice);
    expect(run2.id).not.toBe(learnt.id);
    const model = await registerRun(own, run2, []);
    const file = csv(80, 3, ['age', 'score', 'bought']);
    const watched = await watchFile(own, file, 'no city.csv', await detectOptions(file, 'no city.csv'), model);
    expect(own.state.watches.map((watch) => watch.name)).toEqual(['no city.csv']);
    expect(watched.performance!.criteria).toHaveLength(1);
    expect(watched.alerts.filter((alert) => alert.kind === 'criterion' && alert.severity === 'critical').map((alert) => alert.facts.slice)).toEqual(['city = Oslo']);
    const reading = await readWatch(own, watched.watch);
    expect(reading.judged.map((result) => result.reason)).toEqual(['meets', 'notComputed']);
  });
});

describe('the way back', () => {
  it('finds the version by the batch, and trains without what is no input any more, under the present names', async () => {
    const { project, run } = await trained();
    const file = csv(300, 5);
    const { watch } = await watchFile(project, file, 'data.csv', await detectOptions(file, 'data.csv'), modelNumbered(project.state, 1));
    expect(wayBackOf(project, await tablesWith(project, watch.batch), run).added).toBeNull();
    await addToData(project, watch);
    const added = wayBackOf(project, await tablesWith(project, watch.batch), run).added!;
    expect([added.number, added.rows]).toEqual([2, 700]);
    await renameColumn(project, 'age', 'years', 'renamed');
    expect(wayBackOf(project, await tablesWith(project, watch.batch), run).added).toEqual(added);
    await project.move('questionChanged', {}, (state) => ({ ...state, question: { ...state.question, exclude: ['city'] } }));
    const again = await retrain(project, run);
    const { spec } = (await project.artifact<RecipeBody>(again.recipe)).body;
    expect(spec.entries.map((entry) => entry.column)).toEqual(['years', 'score']);
    expect(spec.leftOut).toEqual([
      { column: 'city', reason: 'excluded' },
      { column: 'bought', reason: 'target' },
    ]);
  });

  it('compares on validation rows that neither was trained on, although the split is another one', async () => {
    const { project, run } = await trained();
    await appendFile(project, csv(300, 6), 'more.csv', 'more');
    // Another seed deals the rows out anew: validation rows of this split were training rows of the first run.
    await project.move('questionChanged', {}, (state) => ({ ...state, splitChoice: { ...state.splitChoice, seed: 99 }, split: null }));
    const candidate = await retrain(project, run);
    const whole = (await project.artifact<{ counts: { validation: number } }>(candidate.split)).body.counts.validation;
    const body = await comparedOnNewRows(project, candidate, run, 'accuracy');
    expect(body.n).toBeGreaterThanOrEqual(30);
    expect(body.n).toBeLessThan(whole - 20);
  });

  it('refuses to compare where hardly a row is new to both', async () => {
    const { project, run } = await trained();
    await project.move('questionChanged', {}, (state) => ({ ...state, splitChoice: { ...state.splitChoice, seed: 99 }, split: null }));
    const candidate = await retrain(project, run);
    await expect(comparedOnNewRows(project, candidate, run, 'accuracy')).rejects.toThrow(/^tooFewUnseenRows \{"rows":\d+,"needed":30\}$/);
  });
});

describe('renaming a column', () => {
  it('takes the question and the criteria with it in one move, and back in one undo', async () => {
    const { project } = await trained();
    const before = project.state;
    const moves = project.events.filter((event) => event.state !== null).length;
    await renameColumn(project, 'city', 'town', 'city is now town');
    expect(project.events.filter((event) => event.state !== null)).toHaveLength(moves + 1);
    expect(project.state.criteria.map((criterion) => criterion.slice.map((condition) => condition.column))).toEqual([[], ['town']]);
    await renameColumn(project, 'bought', 'sold', 'bought is now sold');
    expect(project.state.question.target).toBe('sold');
    await project.undo();
    await project.undo();
    expect(project.state).toEqual(before);
  });

  it('lets rows be added under the old names', async () => {
    const { project } = await trained();
    await renameColumn(project, 'bought', 'sold', 'bought is now sold');
    await renameColumn(project, 'score', 'points', 'score is now points');
    const { table } = project.state.versions.at(-1)!;
    const { options, problems } = await previewLike(project, table, csv(40, 7), 'old names.csv');
    expect(options.types).toContainEqual({ column: 'score', type: 'number' });
    // Present names that lack are told; nobody misses a former one.
    expect(problems.map(({ details }) => details.column)).toEqual(['points', 'sold']);
    expect((await previewLike(project, table, csv(40, 7, ['age']), 'new names.csv')).problems.map(({ details }) => details.column)).toEqual(['points', 'city', 'sold']);
    expect(await appendFile(project, csv(40, 7), 'old names.csv', 'more')).toEqual({ added: 40, heldBack: 0 });
    expect(project.measuredOf('append')).toMatchObject({ lackingForKeys: [] });
  });
});
