import 'fake-indexeddb/auto';
import { afterEach, expect, it, vi } from 'vitest';
import { modelTerms } from '../../../src/state/modelTerms';
import { trainRun } from '../../../src/state/training';
import type { StepJob } from '../../../src/jobs/steps';
import type { StepCall } from '../../../workers/steps/api';
import { sourceHash } from '../../../workers/data/sourceHash';
import { openedProject } from './openedProject';

vi.mock('../../../src/jobs/steps', async () => {
  const { startStep } = await import('./inProcess');
  return { startStep: (call: StepCall): StepJob => startStep(call, () => undefined) };
});
vi.mock('../../../src/jobs/sources', () => ({ sourceHash: (file: Blob) => sourceHash(file, () => undefined) }));
afterEach(() => vi.unstubAllGlobals());

/** Bonn is mostly yes, the number is sometimes missing and says a little. */
const rows = Array.from({ length: 240 }, (_, i) => `${['Aachen', 'Bonn', 'Celle'][i % 3]},${i % 5 === 0 ? '' : (i * 7) % 31},${i % 3 === 1 ? (i % 20 ? 'yes' : 'no') : (i * 7) % 31 > 25 ? 'yes' : 'no'}`);
const file = (): File => new File([`town,size,y\n${rows.join('\n')}\n`], 'rows.csv');

it('the terms of a stored run come with the names of their columns and categories, the most important first', async () => {
  const project = await openedProject(file());
  const shared = { seed: 1, engine: 'native', balanced: false } as const;
  const run = await trainRun(project, { learner: 'ebm', hyperparameters: { bags: 3, rounds: 8, learning_rate: 0.1 }, ...shared });
  const found = (await modelTerms(project, run))!;
  expect(found.bags).toBe(3);
  const names = found.terms.filter(({ axes }) => axes.length === 1).map(({ axes }) => found.features[axes[0]!.feature]!.name);
  expect(names).toEqual(['town', 'size']);
  const town = found.terms[0]!;
  const { categories } = found.features[town.axes[0]!.feature]!;
  const best = town.curves[0]!.scores.indexOf(Math.max(...town.curves[0]!.scores));
  expect(town.axes[0]!.codes![best]!.map((code) => categories![code])).toEqual(['Bonn']);
  expect(found.terms.find(({ axes }) => axes.length === 1 && axes[0]!.kind === 'number')!.missing!.count).toBeGreaterThan(20);

  const linear = await trainRun(project, { learner: 'linear', hyperparameters: {}, ...shared, engine: 'plain' });
  expect(await modelTerms(project, linear)).toBeNull();
});
