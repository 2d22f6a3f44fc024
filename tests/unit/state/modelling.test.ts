import 'fake-indexeddb/auto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { askQuestion } from '../../../src/state/data';
import { registerRun } from '../../../src/state/deployment';
import { chooseThreshold, validationReport } from '../../../src/state/modelling';
import { trainRun } from '../../../src/state/training';
import { storageProblem } from '../../../src/state/problem';
import { RunBook } from '../../../src/state/runBook.svelte';
import { servingForm } from '../../../src/state/servingInputs';
import { sourceHash } from '../../../workers/data/sourceHash';
import { openedProject } from './openedProject';

vi.mock('../../../src/jobs/steps', async () => ({ startStep: (await import('./inProcess')).startStep }));
vi.mock('../../../src/jobs/sources', () => ({ sourceHash: (file: Blob) => sourceHash(file, () => undefined) }));
afterEach(() => vi.unstubAllGlobals());

const baseline = { learner: 'baseline', hyperparameters: {}, seed: 1, engine: 'cpu', balanced: false } as const;

describe('the threshold', () => {
  it('moves alone: one event, and every figure is asked for under it', async () => {
    const project = await openedProject();
    await askQuestion(project, { positive: 'yes' });
    const run = await trainRun(project, baseline);
    const version = await registerRun(project, run, []);
    const [events, runs] = [project.events.length, project.state.runs];
    await chooseThreshold(project, 0.3);
    expect(project.events.slice(events).map(({ kind }) => kind)).toEqual(['thresholdChanged']);
    expect(project.state.runs).toEqual(runs);

    const { report, problem } = await validationReport(project, run);
    expect(problem).toBeNull();
    expect(report.body.threshold).toBe(0.3);
    expect((await servingForm(project, version)).validation.threshold).toBe(0.3);
    const book = new RunBook(project);
    await book.read();
    expect(book.detail(run.id)!.report.id).toBe(report.id);

    await project.undo();
    expect((await validationReport(project, run)).report.id).toBe(run.report);
  });

  it('leaves the kept report, with the reason, where none can be made under it', async () => {
    const project = await openedProject();
    await askQuestion(project, { positive: 'yes' });
    const run = await trainRun(project, baseline);
    await chooseThreshold(project, 0.3);
    vi.spyOn(project, 'ask').mockRejectedValue(storageProblem('fenced'));
    expect(await validationReport(project, run)).toMatchObject({ report: { id: run.report }, problem: { code: 'storageFenced' } });
  });
});
