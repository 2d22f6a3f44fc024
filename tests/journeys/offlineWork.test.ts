/** @file Once the app says that it is ready offline, the host may go: a sample is opened, models are trained, judged, packaged and asked without it. */
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Server } from '../../scripts/tools/serve.mjs';
import { launched, served, type Heard } from './harness';
import { allIsWell, button, fact, firstScreen, link, region, stands, title, toStage, toView } from './person';

let server: Server;
let browser: Browser;
let heard: Heard;
let page: Page;

beforeAll(async () => {
  // A host that cannot send headers: what the policy needs comes from the service worker.
  server = await served({ sendHeaders: false });
  browser = await launched();
  heard = await firstScreen(browser, server.origin);
  page = heard.page;
});
afterAll(() => browser.close());

/** Whether the host still answers, asked past the browser. */
const answers = (): Promise<boolean> => fetch(server.origin).then(() => true, () => false);

describe('with the host gone', () => {
  it('the app has said that it is ready', async () => {
    await page.getByText('Ready offline. Nothing leaves this device.').first().waitFor();
    await server.close();
    expect(await answers()).toBe(false);
  });

  it('a sample is opened and a criterion written', async () => {
    await page.getByRole('button', { name: /^Leaving customers/ }).click();
    await title(page, 'Which customers of a telephone company are about to leave?');
    await stands(page, 'Data', 'version 1 · 7,043 rows');
    await link(page, 'Write the first criterion').click();
    await region(page, 'A new criterion').getByLabel('The same as text').fill('roc_auc>=0.8');
    await button(page, 'Add the criterion').click();
    await stands(page, 'Scoping', '1 criterion');
  });

  it('the page is loaded anew, from the device', async () => {
    const response = await page.reload();
    expect(response?.fromServiceWorker()).toBe(true);
    await title(page, 'What must hold');
    await stands(page, 'Scoping', '1 criterion');
  });

  it('models are trained, and one passes the gate', async () => {
    await toStage(page, 'Modelling');
    await button(page, 'Train all four').click();
    await title(page, 'Four ways to predict “churn”, on the same rows');
    await page.getByRole('link', { name: /^Take run \d to deployment$/ }).click();
    await button(page, 'Open the sealed test rows and judge').click();
    await page.getByRole('dialog').getByRole('button', { name: /^Open and judge run/ }).click();
    await page.getByText('The one criterion passes.').waitFor();
    await page.getByRole('button', { name: /^Register run \d$/ }).click();
  });

  it('it is written as files, which are run and agree, and it is asked', async () => {
    await link(page, 'See model 1').click();
    const files = region(page, 'Files for elsewhere');
    await button(files, 'Check and write the files').click();
    await files.getByText('Same answers', { exact: true }).waitFor();
    await toView(page, 'Parts of deployment', 'Predict');
    await button(page, 'Begin with a row of the data').click();
    const answer = region(page, 'Answer');
    await answer.getByRole('term').first().waitFor();
    expect(await fact(answer, /^Yes$/)).toMatch(/\d.*%$/);
    expect(await answers()).toBe(false);
    // A request that finds no host is told on the console by the browser itself; it is no fault of the app.
    await allIsWell({ ...heard, errors: heard.errors.filter((text) => !text.includes('ERR_CONNECTION_REFUSED')) });
  });
});
