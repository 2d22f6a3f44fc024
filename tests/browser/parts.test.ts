/** A cross-validation on real workers: the same bytes on two as on one, whichever of them dies; and nothing is left when it ends. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { pageQueue, useShare } from '../../src/jobs/queue';
import type { Json } from '../../src/domain/canonical';
import { describedLearner } from '../../src/domain/modelling/learners/registry';
import { seeded } from '../../src/domain/random';
import { currentSplit, importFile } from '../../src/state/data';
import { OpenProject, type Asked } from '../../src/state/project.svelte';
import { planOf } from '../../src/state/training';
import { Workspace } from '../../src/state/workspace.svelte';
import { Database } from '../../src/storage/database';
import { detectOptions } from '../../workers/data/import/detectOptions';
import type { StepRequest } from '../../src/domain/pipeline/step';
import { jobView } from '../../src/ui/shell/jobView';

const name = `parts-test-${crypto.randomUUID()}`;
const cores = Object.getOwnPropertyDescriptor(Navigator.prototype, 'hardwareConcurrency')!;

/** The training workers of a test, in the order in which they were started. */
const started: SeenWorker[] = [];
const TrueWorker = Worker;
class SeenWorker extends TrueWorker {
  ended = false;
  constructor(address: string | URL, options?: WorkerOptions) {
    super(address, options);
    if (options?.name === 'training') started.push(this);
  }
  override terminate(): void {
    this.ended = true;
    super.terminate();
  }
  /** Dies as a worker does that runs out of memory. */
  kill(): void {
    super.terminate();
    this.onerror!.call(this, new ErrorEvent('error', { message: 'killed by the test' }));
  }
}
const alive = (): SeenWorker[] => started.filter(({ ended }) => !ended);

let workspace: Workspace;
let project: OpenProject;
let request: StepRequest;

beforeAll(async () => {
  Object.defineProperty(Navigator.prototype, 'hardwareConcurrency', { configurable: true, get: () => 2 });
  vi.stubGlobal('Worker', SeenWorker);
  const random = seeded(5);
  const lines = ['a,b,c,label'];
  for (let row = 0; row < 3_000; row++) {
    const [a, b] = [random.normal(), random.normal()];
    lines.push(`${a.toFixed(4)},${b.toFixed(4)},${'xyz'[row % 3]!},${a - b + random.normal() > 0 ? 'yes' : 'no'}`);
  }
  const file = new File([`${lines.join('\n')}\n`], 'table.csv');
  workspace = await Workspace.open(new Database(name));
  const head = await workspace.create('A test');
  project = await OpenProject.open(workspace.database, head.id, workspace.jobs);
  await importFile(project, { file, name: file.name, options: await detectOptions(file, file.name), target: 'label', group: null }, file.name);
  const split = await currentSplit(project);
  const table = project.state.versions[0]!.table;
  const recipe = (await project.ask({ op: 'recipe', params: { target: 'label', exclude: [], spec: null, choice: null }, inputs: { table, split: split.id } })).record.output;
  // The slowest, so that the folds outlast the start of a worker.
  const { engines } = describedLearner('dense')!;
  const engine = engines.includes('plain') ? 'plain' : engines[0]!;
  const plan = planOf({ learner: 'dense', hyperparameters: { hidden: '32,32', epochs: 150, batch_size: 64, patience: 0 }, seed: 3, engine });
  request = { op: 'crossValidate', params: { plan, balanced: false, folds: 4 } as unknown as Json, inputs: { table, split: split.id, recipe } };
});
afterAll(async () => {
  await project.close();
  await workspace.database.close();
  indexedDB.deleteDatabase(name);
  Object.defineProperty(Navigator.prototype, 'hardwareConcurrency', cores);
  vi.unstubAllGlobals();
});
beforeEach(() => {
  started.length = 0;
  useShare('all');
});
afterEach(() => vi.waitFor(() => expect([alive().length, pageQueue.running, pageQueue.waiting, workspace.jobs.running.length]).toEqual([0, 0, 0, 0]), { timeout: 30_000 }));

/** Asks for the cross-validation, whatever is kept. `together` resolves whenever two workers compute. */
function crossValidated(): { readonly asked: Promise<Asked>; together(): Promise<void>; most(): number } {
  let most = 0;
  let workers = 0;
  const asked = project.ask(request, {
    subject: 'dense',
    afresh: true,
    progress: ({ facts }) => {
      workers = Number(facts.workers ?? 1);
      most = Math.max(most, alive().length);
    },
  });
  asked.catch(() => undefined);
  return { asked, together: () => ((workers = 0), vi.waitFor(() => expect(workers).toBe(2), { timeout: 20_000, interval: 5 })), most: () => most };
}

describe('a cross-validation', () => {
  let sequential: string;
  it('on one worker starts no other', async () => {
    useShare('one');
    const { asked, most } = crossValidated();
    sequential = (await asked).record.output;
    expect([started.length, most()]).toEqual([1, 1]);
  });

  it('on two workers gives the same bytes, and is one job', async () => {
    const { asked, together, most } = crossValidated();
    await together();
    expect(workspace.jobs.running.map((job) => jobView(job, 'classification').detail)).toEqual([expect.stringMatching(/^fold \d of 4 on 2 workers$/)]);
    expect((await asked).record.output).toBe(sequential);
    expect([started.length, most()]).toEqual([2, 2]);
  });

  it('whose helper dies goes on with another, to the same bytes', async () => {
    const { asked, together, most } = crossValidated();
    await together();
    started[1]!.kill();
    expect((await asked).record.output).toBe(sequential);
    expect(started.length).toBeGreaterThan(2);
    expect(most()).toBe(2);
  });

  it('whose own worker dies ends with its reason, and its helper with it', async () => {
    const { asked, together } = crossValidated();
    await together();
    started[0]!.kill();
    await expect(asked).rejects.toMatchObject({ name: 'WorkerDied', message: expect.stringContaining('killed by the test') as string });
  });

  it('that is thrown away ends all its workers at once', async () => {
    const { asked, together } = crossValidated();
    await together();
    workspace.jobs.running[0]!.abort();
    expect(alive()).toEqual([]);
    await expect(asked).rejects.toMatchObject({ name: 'Aborted' });
  });

  it('that is stopped keeps nothing, and says so', async () => {
    const { asked, together } = crossValidated();
    await together();
    workspace.jobs.running[0]!.stop();
    await expect(asked).rejects.toMatchObject({ refusal: { code: 'crossValidationStopped' } });
  });

  it('gives its second place to a training that was asked for meanwhile', async () => {
    const { asked, together, most } = crossValidated();
    await together();
    const { plan } = request.params as { plan: Json };
    const training = project.ask({ op: 'train', params: { plan, balanced: false }, inputs: request.inputs }, { subject: 'dense', afresh: true });
    await vi.waitFor(() => expect(workspace.jobs.running.map(({ progress }) => progress.phase)).toEqual(['crossValidating', 'training']), { timeout: 20_000, interval: 5 });
    expect(alive().length).toBe(2);
    await training;
    expect((await asked).record.output).toBe(sequential);
    expect(most()).toBe(2);
  });

  it('of which one fold ends two workers ends with what they died of', async () => {
    const { asked, together } = crossValidated();
    await together();
    started[1]!.kill();
    await vi.waitFor(() => expect(started).toHaveLength(3), { timeout: 20_000, interval: 5 });
    await together();
    // The second helper has the fold that the first had: the lowest that nobody computed, and the step's own worker has its own still.
    started[2]!.kill();
    await expect(asked).rejects.toMatchObject({ name: 'WorkerDied', message: expect.stringContaining('killed by the test') as string });
  });
});
