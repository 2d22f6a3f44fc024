/** @file A project that has been all the way round, made by the headless entry in the same profile; and the address of every page that shows it. */
import type { Browser, BrowserContextOptions, Page } from 'playwright';
import { expect } from 'vitest';
import type {} from '../../src/headless';
import { opened, until, type Heard } from './harness';
import { csv, drifted, patience, sampleLines } from './person';

export interface Place {
  readonly name: string;
  /** Behind the # of the address. */
  readonly path: string;
  /** The title of the page. */
  readonly title: RegExp;
}

export interface Lived extends Heard {
  readonly places: readonly Place[];
  /** Goes to a page and waits until it stands still. */
  visit(place: Place): Promise<void>;
}

/** The churn sample with two rows that do not fit, four runs, a champion that was packaged, and a batch whose tenure moved. */
export async function livedProject(browser: Browser, origin: string, options: BrowserContextOptions = {}): Promise<Lived> {
  const heard = await opened(browser, `${origin}/?entry=headless`, options);
  const { page } = heard;
  page.setDefaultTimeout(patience);
  await until('the headless entry is ready', () => page.evaluate(() => typeof globalThis.perennial?.lifecycle === 'function'));
  const table = [...sampleLines('churn/churn.csv'), 'No,1,0', `${'No,'.repeat(30)}1`].join('\n');
  await page.locator('#data').setInputFiles(csv('churn.csv', `${table}\n`) as never);
  await page.locator('#batch').setInputFiles(csv('spring.csv', drifted('churn/churn.csv', 'tenure', 20, 9)) as never);
  const answer = await page.evaluate((asks) => globalThis.perennial.lifecycle(asks), {
    target: 'churn', task: null, criteria: ['roc_auc>=0.8', 'recall[senior_citizen=1]>=0.3'], gate: 'value' as const, positive: 'Yes', group: null, exclude: [], recipe: {}, learners: ['baseline', 'linear', 'ebm', 'dense'], engine: 'native' as const, seed: 1, wantFiles: false, hasBatch: true,
  });
  expect(answer).toMatchObject({ kind: 'done' });
  const made = await page.evaluate(async () => {
    const project = await globalThis.perennial.open();
    const { id } = project.head;
    const { runs, models, watches } = project.state;
    const found = { id, run: runs.find((one) => one.id === models[0]!.run)!, runs: runs.length, watches: watches.length };
    await project.close();
    await project.database.close();
    return { ...found, id: id.slice('project:'.length) };
  });
  expect(made).toMatchObject({ runs: 4, watches: 1 });
  await page.goto(`${origin}/#/`);
  const places = placesOf(made.id, made.run.number, made.run.model);
  return { ...heard, places, visit: (place) => visit(page, origin, place) };
}

function placesOf(id: string, run: number, model: string): Place[] {
  const place = (name: string, path: string, title: RegExp): Place => ({ name, path: `/project/${id}${path}`, title });
  const data = /^Headless, version 1$/;
  return [
    { name: 'projects', path: '/', title: /^Your projects$/ },
    place('project home', '', /churn/),
    place('scoping', '/scoping', /^What do you want to know\?$/),
    place('scoping, a criterion being changed', '/scoping?edit=0', /^What do you want to know\?$/),
    place('data: rows', '/data/rows', data),
    place('data: some rows', '/data/rows?where=tenure%3E%3D60', data),
    place('data: columns', '/data/columns', data),
    place('data: one column', '/data/columns/tenure', data),
    place('data: findings', '/data/findings', data),
    place('data: held back', '/data/quarantine', data),
    place('data: versions', '/data/versions', data),
    place('data: split', '/data/split', data),
    place('data: import', '/data/import', data),
    place('modelling: runs', '/modelling/runs', /^Four ways to predict “churn”/),
    place('modelling: a run', `/modelling/run/${run}`, new RegExp(`^Run ${run}: `)),
    place('modelling: weights of a linear model', '/modelling/run/2', /^Run 2: /),
    place('modelling: shapes of an additive model', '/modelling/run/3', /^Run 3: /),
    place('modelling: rows of a mistake', `/modelling/run/${run}?truth=1&predicted=0`, new RegExp(`^Run ${run}: `)),
    place('modelling: compare', '/modelling/compare?runs=3%2C2', /^Runs side by side$/),
    place('deployment: gate and models', '/deployment/registry', /champion/),
    place('deployment: the model', '/deployment/model/1', /^Model 1: /),
    place('deployment: predict', '/deployment/predict/1', /^Ask model 1/),
    place('deployment: speed', '/deployment/latency/1', /^How fast model 1/),
    place('monitoring: the batch', '/monitoring/watch/1', /spring\.csv/),
    place('monitoring: one column', '/monitoring/watch/1/contract', /spring\.csv/),
    place('monitoring: a new batch', '/monitoring/new', /^Watch a new batch$/),
    place('monitoring: all batches', '/monitoring/history', /^Every batch so far$/),
    place('lineage', `/lineage/${encodeURIComponent(model)}`, /where it comes from$/),
    place('log', '/log', /^Everything that happened$/),
  ];
}

async function visit(page: Page, origin: string, { path, title }: Place): Promise<void> {
  await page.goto(`${origin}/#${path}`);
  await page.getByRole('heading', { level: 1, name: title }).waitFor();
  const seen = (): Promise<string> => page.getByRole('main').innerText();
  let last = '';
  await expect
    .poll(
      async () => {
        const before = last;
        last = await seen();
        return last === before && !/\b(?:loading|computing)\b|^(?:Reading|Measuring|Looking at|Following)\b/m.test(last);
      },
      { timeout: patience, interval: 120 },
    )
    .toBe(true);
}
