import 'fake-indexeddb/auto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { currentSplit, makeVersion } from '../../../src/state/data';
import { missingProblem } from '../../../src/state/deletedVersions';
import { deleteVersion } from '../../../src/state/deletion';
import { measureService, packageOf, registerRun } from '../../../src/state/deployment';
import { reportOn, testReport } from '../../../src/state/modelling';
import { trainRun } from '../../../src/state/training';
import type { OpenProject } from '../../../src/state/project.svelte';
import { RunBook } from '../../../src/state/runBook.svelte';
import type { ProjectEvent, Run } from '../../../src/domain/pipeline/project';
import { sourceHash } from '../../../workers/data/sourceHash';
import { words } from '../../../src/words/words';
import { openedProject } from './openedProject';

vi.mock('../../../src/jobs/steps', async () => ({ startStep: (await import('./inProcess')).startStep }));
vi.mock('../../../src/jobs/sources', () => ({ sourceHash: (file: Blob) => sourceHash(file, () => undefined) }));
vi.mock('../../../src/jobs/browsing', () => ({ browse: () => undefined, endBrowsing: () => undefined, csvOf: () => undefined }));

let project: OpenProject;
let run: Run;

beforeAll(async () => {
  project = await openedProject();
  await currentSplit(project);
  run = await trainRun(project, { learner: 'baseline', hyperparameters: {}, seed: 1, engine: 'cpu', balanced: false });
  await registerRun(project, run, [], '');
  await makeVersion(project, 'edit', { edits: [{ op: 'dropColumn', column: 'b' }] } as never, {}, 'without b');
  expect(await deleteVersion(project, 1)).toMatchObject({ left: [] });
});
afterAll(() => vi.unstubAllGlobals());

describe('what rests on a version that was deleted for good', () => {
  it.each<[string, () => Promise<unknown>]>([
    ['its package', () => packageOf(project, project.state.models[0]!)],
    ['a score of its test rows', () => testReport(project, run)],
    ['an evaluation under another threshold', () => reportOn(project, run.scores, run.table, '', [{ metric: 'accuracy', slice: [], direction: '>=', target: 0.5, why: '' }])],
    ['its latency', () => measureService(project, run)],
    ['the table itself', () => project.artifact(run.table)],
  ])('says so when %s is asked for, and calls no storage damaged', async (_what, ask) => {
    await expect(ask()).rejects.toMatchObject({ refusal: { code: 'removedForGood', details: { what: 'version', version: 1, at: expect.any(Number) as number } } });
    expect(project.failing).toBeNull();
    expect(project.jobs.running).toEqual([]);
  });

  it('keeps the report it has, is told why there is no new one, and is not asked for again', async () => {
    const book = new RunBook(project);
    await book.read();
    const { report } = book.detail(run.id)!;
    await project.move('criteriaChanged', {}, (state) => ({ ...state, criteria: [{ metric: 'accuracy', slice: [], direction: '>=', target: 0.4, why: '' }] }));
    await book.read(run.id);
    expect(book.detail(run.id)).toMatchObject({ report, problem: { code: 'removedForGood' } });
    const ask = vi.spyOn(project, 'ask');
    await book.read(run.id);
    expect(ask).not.toHaveBeenCalled();
  });

  it('is told from what is lost', async () => {
    const lost = `sha256:${'7'.repeat(64)}` as const;
    await expect(project.ask({ op: 'profile', params: {}, inputs: { table: lost } })).rejects.toMatchObject({ refusal: { code: 'storageDamaged' } });
    expect(project.failing).toBe('damaged');
  });
});

describe('the reason why something is not there', () => {
  const table = `sha256:${'1'.repeat(64)}` as const;
  const at = Date.UTC(2026, 2, 3, 12);
  const event = { kind: 'deletedForGood', at, sequence: 9, detail: { what: 'version', version: 2, table, message: '' } } as unknown as ProjectEvent;

  it('is read off the tombstones, and off the log where a backup brought none', () => {
    expect(missingProblem(table, [{ artifact: table, at: 4, what: 'rows' }], []).refusal).toEqual({ code: 'removedForGood', details: { what: 'rows', at: 4 } });
    expect(missingProblem(table, [], [event]).refusal).toEqual({ code: 'removedForGood', details: { what: 'version', at, version: 2 } });
    expect(missingProblem(table, [], []).refusal.code).toBe('storageDamaged');
  });

  it('names what was deleted, when, and what to do', () => {
    const told = words.problem(missingProblem(table, [], [event]).refusal);
    expect(told).toContain('Version 2 of the data');
    expect(told).toContain('3 March 2026');
    expect(told).toContain('train again');
    expect(words.problem({ code: 'removedForGood', details: { what: 'rows' } })).toMatch(/^Rows of the data that this rests on were deleted for good, so/);
  });
});
