import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Aborted, Left } from '../../../src/jobs/remote';
import type { StepJob } from '../../../src/jobs/steps';
import { begunTrainings } from '../../../src/state/begunTrainings';
import { OpenProject } from '../../../src/state/project.svelte';
import { trainRun, type TrainingChoice } from '../../../src/state/training';
import type { StepCall } from '../../../workers/steps/api';
import { sourceHash } from '../../../workers/data/sourceHash';
import { openedProject } from './openedProject';

interface Held {
  readonly learner: string;
  readonly job: StepJob;
  /** Lets the training begin. */
  readonly go: () => void;
  readonly end: (error: Error) => void;
}
/** Trainings that wait to be let go, in the order in which they were started; `holding` says whether they do. */
const held = vi.hoisted(() => ({ trainings: [] as Held[], holding: true }));
vi.mock('../../../src/jobs/steps', async () => {
  const { startStep } = await import('./inProcess');
  return {
    startStep: (call: StepCall): StepJob => {
      if (call.request.op !== 'train' || !held.holding) return startStep(call, () => undefined);
      let go!: () => void;
      let end!: (error: Error) => void;
      const outcome = new Promise<void>((resolve, reject) => ([go, end] = [resolve, reject])).then(() => startStep(call, () => undefined).outcome);
      const job: StepJob = { outcome, stop: () => undefined, abort: () => end(new Aborted('aborted')), leave: () => Promise.resolve(end(new Left('left'))) };
      held.trainings.push({ learner: (call.request.params as { plan: { learner: string } }).plan.learner, job, go, end });
      return job;
    },
  };
});
vi.mock('../../../src/jobs/sources', () => ({ sourceHash: (file: Blob) => sourceHash(file, () => undefined) }));

beforeEach(() => {
  held.trainings.length = 0;
  held.holding = true;
});
afterEach(() => vi.unstubAllGlobals());

const choice = (learner: string, seed = 1): TrainingChoice => ({ learner, hyperparameters: {}, seed, engine: 'cpu', balanced: false });
const started = (count: number): Promise<void> => vi.waitFor(() => expect(held.trainings).toHaveLength(count));
const numbered = (project: OpenProject): readonly (readonly [number, string])[] => project.state.runs.map(({ number, plan }) => [number, plan.learner]);

describe('the number of a run', () => {
  it('is that of its turn, whichever ends first', async () => {
    const project = await openedProject();
    const runs = [choice('baseline'), choice('linear')].map((one) => trainRun(project, one));
    await started(2);
    held.trainings.find(({ learner }) => learner === 'linear')!.go();
    expect((await runs[1]!).number).toBe(2);
    held.trainings.find(({ learner }) => learner === 'baseline')!.go();
    await runs[0];
    expect(numbered(project)).toEqual([[1, 'baseline'], [2, 'linear']]);
    expect(begunTrainings(project.id)).toEqual([]);
  });

  it('waits for a training that was cut off, through a reload', async () => {
    const project = await openedProject();
    const runs = [choice('baseline'), choice('linear')].map((one) => trainRun(project, one));
    const cut = expect(runs[0]).rejects.toBeInstanceOf(Left);
    await started(2);
    held.trainings.find(({ learner }) => learner === 'linear')!.go();
    await runs[1];
    await project.close();
    await cut;

    const again = await OpenProject.open(project.database, project.id);
    held.holding = false;
    expect((await trainRun(again, choice('linear', 2))).number).toBe(3);
    expect((await trainRun(again, choice('baseline'))).number).toBe(1);
    expect(numbered(again)).toEqual([[1, 'baseline'], [2, 'linear'], [3, 'linear']]);
  });

  it('is free again when the training is thrown away', async () => {
    const project = await openedProject();
    const thrown = expect(trainRun(project, choice('linear'))).rejects.toBeInstanceOf(Aborted);
    await started(1);
    held.trainings[0]!.job.abort();
    await thrown;
    held.holding = false;
    expect((await trainRun(project, choice('baseline'))).number).toBe(1);
  });

  it('is not used up by a training that is a run already, nor by one that is asked for twice at once', async () => {
    const project = await openedProject();
    held.holding = false;
    const first = await trainRun(project, choice('baseline'));
    const twice = await Promise.all([trainRun(project, choice('baseline')), trainRun(project, choice('linear')), trainRun(project, choice('linear'))]);
    expect(twice[0]).toEqual(first);
    expect(numbered(project)).toEqual([[1, 'baseline'], [2, 'linear']]);
  });
});
