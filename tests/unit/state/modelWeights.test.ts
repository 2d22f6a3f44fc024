import 'fake-indexeddb/auto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { fitRecipe } from '../../../src/domain/data/recipe/recipe';
import type { StepSpec } from '../../../src/domain/data/recipe/recipeSpec';
import type { ModelBody } from '../../../src/domain/modelling/modelManifest';
import { modelWeights, weightFeatures, type Weight } from '../../../src/state/modelWeights';
import { trainRun } from '../../../src/state/training';
import type { StepJob } from '../../../src/jobs/steps';
import type { StepCall } from '../../../workers/steps/api';
import { sourceHash } from '../../../workers/data/sourceHash';
import { coded, numeric, tableOf } from '../domain/data/tables';
import { openedProject } from './openedProject';

vi.mock('../../../src/jobs/steps', async () => {
  const { startStep } = await import('./inProcess');
  return { startStep: (call: StepCall): StepJob => startStep(call, () => undefined) };
});
vi.mock('../../../src/jobs/sources', () => ({ sourceHash: (file: Blob) => sourceHash(file, () => undefined) }));
afterEach(() => vi.unstubAllGlobals());

/** y says something of a, hardly anything of b. */
const classOf = (i: number, count: number): string => ['no', 'yes', 'maybe'][(i * i + (i > 45 ? 1 : 0) + (i % 4 ? (i > 60 ? 1 : 0) : 0)) % count]!;
const file = (answer: (i: number) => unknown): File => new File([`a,b,y\n${Array.from({ length: 90 }, (_, i) => `${i},${(i * 7) % 13},${answer(i)}`).join('\n')}\n`], 'rows.csv');
const shared = { learner: 'linear', seed: 1, engine: 'plain', balanced: false } as const;

describe('the weights of a linear model', () => {
  it('come with errors, an interval and their unit, the strongest first', async () => {
    const project = await openedProject(file((i) => 3 * i + ((i * 37) % 11) + 0.5));
    const run = await trainRun(project, { ...shared, hyperparameters: { penalty: 'none' } });
    const found = (await modelWeights(project, run))!;
    expect([found.statistic, found.reason, found.tables.length, found.tables[0]!.classes]).toEqual(['t', null, 1, null]);
    const { weights, constant } = found.tables[0]!;
    expect(weights.map(({ feature }) => feature)).toEqual([
      { kind: 'number', name: 'a' },
      { kind: 'number', name: 'b' },
    ]);
    const a = weights[0]!;
    // Scaled: three for one more of a is three deviations for one of them.
    const size = a.unit.kind === 'deviation' ? a.unit.size : NaN;
    expect(a.estimate / size).toBeGreaterThan(2.9);
    expect(a.estimate / size).toBeLessThan(3.1);
    for (const { estimate, inference } of [...weights, constant]) {
      const { error, value, low, high } = inference!;
      expect(estimate / error).toBeCloseTo(value, 2);
      expect((low + high) / 2).toBeCloseTo(estimate, 6);
      expect((high - low) / 2 / error).toBeGreaterThan(1.96);
      expect((high - low) / 2 / error).toBeLessThan(2.02);
    }
  });

  it('of a penalised model are read off it, against the first class, and say why they have no errors', async () => {
    const project = await openedProject(file((i) => classOf(i, 3)));
    const run = await trainRun(project, { ...shared, hyperparameters: { penalty: 'l2' } });
    const { task } = (await project.artifact<ModelBody>(run.model)).body;
    const classes = task.kind === 'classification' ? task.classes : [];
    const found = (await modelWeights(project, run))!;
    expect([found.statistic, found.reason]).toEqual([null, 'penalised']);
    expect(found.tables.map((table) => table.classes)).toEqual(classes.slice(1).map((one) => [one, classes[0]]));
    for (const { weights, constant } of found.tables) {
      const sizes = weights.map(({ estimate }) => Math.abs(estimate));
      expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
      expect(weights.map(({ inference }) => inference)).toEqual([null, null]);
      expect(Number.isFinite(constant.estimate)).toBe(true);
    }
  });

  it('read off a model are those of its table', async () => {
    const project = await openedProject(file((i) => classOf(i, 2)));
    const run = await trainRun(project, { ...shared, hyperparameters: { penalty: 'none' } });
    const found = (await modelWeights(project, run))!;
    expect(found.statistic).toBe('z');
    const old = await modelWeights({ database: project.database, artifact: async <Body>(id: Parameters<typeof project.artifact>[0]) => {
      const artifact = await project.artifact<Body>(id);
      return id === run.model ? { ...artifact, body: { ...artifact.body, facts: {} } } : artifact;
    } }, run);
    expect([old!.statistic, old!.reason]).toEqual([null, 'notKept']);
    const byIndex = (weights: readonly Weight[]): number[] => [...weights].sort((a, b) => a.index - b.index).map(({ estimate }) => estimate);
    byIndex(old!.tables[0]!.weights).forEach((estimate, index) => expect(estimate).toBeCloseTo(byIndex(found.tables[0]!.weights)[index]!, 4));
    expect(old!.tables[0]!.constant.estimate).toBeCloseTo(found.tables[0]!.constant.estimate, 4);
  });

  it('are none for a model that is not linear', async () => {
    const project = await openedProject();
    const run = await trainRun(project, { ...shared, learner: 'tree', hyperparameters: {} });
    expect(await modelWeights(project, run)).toBeNull();
  });
});

describe('a feature of a recipe', () => {
  const table = tableOf(numeric('n', [1, 2, NaN, 5]), coded('c', ['x', null, 'y', 'x']));
  const step = (transformer: string, params: StepSpec['params'] = {}): StepSpec => ({ transformer, params });
  const featuresOf = (...chains: readonly (readonly [column: 'n' | 'c', ...StepSpec[]])[]): ReturnType<typeof weightFeatures> =>
    weightFeatures(fitRecipe({ version: 1, leftOut: [], entries: chains.map(([column, ...steps]) => ({ column, type: column === 'n' ? 'number' : 'category', steps })) }, table, () => true));

  it('says which category it stands for, and where it marks what was missing', () => {
    expect(featuresOf(['n', step('impute', { indicator: true }), step('scaleQuantile')], ['c', step('impute'), step('oneHot')])).toEqual([
      { feature: { kind: 'number', name: 'n' }, unit: { kind: 'ranks' } },
      { feature: { kind: 'missing', name: 'n' }, unit: { kind: 'indicator' } },
      ...['', 'x', 'y'].map((category) => ({ feature: { kind: 'category', column: 'c', category }, unit: { kind: 'indicator' } })),
    ]);
  });

  it('says by what it was divided, or that it was not', () => {
    const [scaled] = featuresOf(['n', step('impute', { strategy: 'constant', constant: 4 }), step('scaleRobust')]);
    expect(scaled!.unit).toMatchObject({ kind: 'quartiles', size: expect.closeTo(2.5, 5) as number });
    expect(featuresOf(['n', step('impute')])).toEqual([{ feature: { kind: 'number', name: 'n' }, unit: { kind: 'own' } }]);
  });

  it('is not guessed at where several entries make features of one column', () => {
    expect(featuresOf(['n', step('impute')], ['n', step('impute'), step('scaleStandard')])).toEqual([undefined, undefined]);
  });
});
