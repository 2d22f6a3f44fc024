/** @file A newcomer goes all the way round with the census sample, by pressing what is on the pages: from the first screen to a watched batch and back to the data. */
import type { Browser, Locator, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Server } from '../../scripts/tools/serve.mjs';
import { launched, served, type Heard } from './harness';
import { allIsWell, button, csv, drifted, fact, firstScreen, handIn, link, patience, railLink, region, runOf, stands, title, toStage, toView } from './person';

let server: Server;
let browser: Browser;
let heard: Heard;
let page: Page;
/** Numbers of the runs that are compared. */
let network: number;
let linear: number;

beforeAll(async () => {
  server = await served();
  browser = await launched();
  heard = await firstScreen(browser, server.origin);
  page = heard.page;
});
afterEach(() => allIsWell(heard));
afterAll(async () => {
  await browser.close();
  await server.close();
});

/** Writes a criterion by its fields. */
async function promised(metric: string, target: string, slice?: readonly [column: string, value: RegExp]): Promise<void> {
  const editor = region(page, 'A new criterion');
  await editor.getByLabel('What is measured').selectOption({ label: metric });
  await editor.getByLabel(/^Target/).fill(target);
  if (slice) {
    await button(editor, 'Only some rows').click();
    await editor.getByLabel('Column').selectOption(slice[0]);
    const value = editor.getByLabel('Value');
    await value.selectOption({ label: (await value.getByRole('option').allInnerTexts()).find((text) => slice[1].test(text))! });
  }
  await button(editor, 'Add the criterion').click();
}

/** The marks of a criterion's thread on the project's home, from scoping to monitoring. */
async function thread(criterion: RegExp): Promise<string[]> {
  const cells = page.getByRole('row', { name: criterion }).getByRole('cell');
  await cells.first().waitFor();
  return await Promise.all((await cells.all()).map((cell: Locator) => cell.getByRole('img').first().getAttribute('aria-label').then((name) => name ?? '')));
}

/** The number in a text such as “> 99.9 %”. */
const percent = (text: string): number => Number(/\d[\d.]*/.exec(text)?.[0]);

const ranking = /^Ranking \(ROC AUC\), every row/;
const home = async (): Promise<void> => {
  await page.getByRole('navigation', { name: 'Stages' }).getByRole('link', { name: 'Project home' }).click();
  await title(page, /whether they earn over \$50,000/);
};

describe('a newcomer', () => {
  it('opens the census sample: the table is there, and the question with it', async () => {
    await button(page, 'Open the census sample').click();
    await title(page, 'Do a person’s census answers say whether they earn over $50,000 a year?');
    await stands(page, 'Data', 'version 1 · 48,842 rows');
    await stands(page, 'Scoping', 'question asked, no criteria');
    await region(page, 'Next: write down what must hold').waitFor();
  });

  it('promises how well people are ranked, and how many women are found', async () => {
    await link(page, 'Write the first criterion').click();
    await title(page, 'What must hold');
    await promised('Ranking (ROC AUC)', '0.85');
    await promised('Recall', '0.4', ['sex', /^Female/]);
    await promised('Latency (p95)', '500');
    const criteria = region(page, 'Criteria');
    await criteria.getByRole('heading', { name: 'Ranking (ROC AUC) at least .85 for every row' }).waitFor();
    await criteria.getByRole('heading', { name: 'Recall at least .40 for rows with sex is Female' }).waitFor();
    await criteria.getByRole('heading', { name: 'Latency (p95) at most 500 ms on the device at hand' }).waitFor();
    expect(await criteria.getByRole('code').allInnerTexts()).toEqual(['roc_auc>=0.85', 'recall[sex=Female]>=0.4', 'latency_p95<=500']);
    await stands(page, 'Scoping', '3 criteria');
  });

  it('looks at rows, columns and findings', async () => {
    await toStage(page, 'Data');
    await toView(page, 'Views of the data', 'Rows');
    const grid = page.getByRole('grid', { name: 'Rows of version 1' });
    await grid.getByRole('row', { name: /^1 39 State-gov/ }).waitFor();
    await grid.getByRole('columnheader', { name: /^income to predict/ }).waitFor();
    await toView(page, 'Views of the data', /^Columns/);
    const age = region(page, 'age');
    await age.getByRole('img', { name: 'Distribution of age' }).waitFor();
    expect(await fact(age, 'Mean')).toBe('38.64');
    await toView(page, 'Views of the data', /^Findings/);
    const finding = page.getByRole('article').filter({ hasText: '55 rows say exactly 90 in age' });
    await link(finding, 'See the rows').click();
    await page.getByRole('grid').getByRole('row', { name: /^\d+ 90 / }).first().waitFor();
  });

  it('trains four models side by side', async () => {
    await toStage(page, 'Modelling');
    await button(page, 'Train all four').click();
    await region(page, 'Learning now').waitFor();
    await title(page, 'Four ways to predict “income”, on the same rows');
    await stands(page, 'Modelling', '4 runs');
    await region(page, 'Learning now').waitFor({ state: 'hidden' });
    [network, linear] = [await runOf(page, 'Boosted trees'), await runOf(page, 'Logistic regression')];
    expect([network, linear, await runOf(page, 'Baseline')].sort()).toEqual([1, 2, 3]);
    await region(page, `May run ${network} go out?`).getByText('Holds').first().waitFor();
  });

  it('opens a run, presses a cell of its mistakes and sees their rows, and moves the threshold', async () => {
    await link(page, `Run ${network}`).click();
    await title(page, `Run ${network}: boosted trees`);
    const missed = button(page, /^truly >50K, predicted <=50K:/);
    const before = Number((await missed.locator('b').innerText()).replace(',', ''));
    await missed.click();
    const rows = region(page, 'Truly “>50K”, called “<=50K”');
    await rows.getByText(`${before.toLocaleString('en-GB')} rows`).waitFor();
    await rows.getByRole('row', { name: /^\d+ .* >50K$/ }).first().waitFor();
    expect(await rows.getByRole('row', { name: /^\d+ .* <=50K$/ }).count()).toBe(0);
    const panel = region(page, 'Where to draw the line');
    expect(await fact(panel, 'Missed')).toBe(before.toLocaleString('en-GB'));
    await panel.getByRole('slider').fill('0.4');
    await button(panel, 'Use threshold .40').click();
    await region(page, 'Right and wrong').getByText('from a probability of .40 on').waitFor();
    expect(Number((await missed.locator('b').innerText()).replace(',', ''))).toBeLessThan(before);
  });

  it('reloads the page, and everything is still there', async () => {
    await page.reload();
    await title(page, `Run ${network}: boosted trees`);
    await region(page, 'Right and wrong').getByText('from a probability of .40 on').waitFor();
    await stands(page, 'Scoping', '3 criteria');
    await stands(page, 'Modelling', '4 runs');
  });

  it('follows a run back to the file it came from', async () => {
    await region(page, `Where run ${network} comes from`).getByRole('link', { name: 'whole graph' }).click();
    await title(page, `Run ${network}: where it comes from`);
    const graph = region(page, 'What it was made from, and what was made from it');
    for (const name of [new RegExp(`Run ${network}`), /Recipe\b.*made from Split/, /Split .*made from Version 1/, /Version 1 .*made from Source file/, /Source file 5\.3 MB/]) await graph.getByRole('link', { name }).first().waitFor();
    await page.goBack();
  });

  it('compares two runs in pairs', async () => {
    await toView(page, 'Views of modelling', /^Runs/);
    for (const run of [network, linear]) await page.getByRole('row', { name: new RegExp(`^Run ${run}`) }).getByRole('checkbox', { name: 'Compare' }).check();
    await page.getByText(`Compare runs ${network} and ${linear}`).click();
    await title(page, 'Runs side by side');
    await page.getByRole('row', { name: /^Ranking \(ROC AUC\)/ }).getByRole('cell').last().filter({ hasText: /[+−]\.\d+ \[[+−].*p [=<]/ }).waitFor();
  });

  it('judges a run once on the sealed test rows, and registers it', async () => {
    await link(page, `Take run ${network} to deployment`).click();
    await title(page, 'Is a model ready to be used?');
    await button(page, 'Open the sealed test rows and judge').click();
    const dialog = page.getByRole('dialog', { name: 'Open the sealed test rows?' });
    await dialog.getByText('as look 1 and cannot be undone').waitFor();
    await button(dialog, `Open and judge run ${network}`).click();
    const test = region(page, 'On the test rows');
    await test.getByText('All 3 criteria pass.').waitFor();
    await button(test, `Register run ${network}`).click();
    await page.getByRole('row', { name: /^Model 1\b/ }).waitFor();
  });

  it('makes the model champion, with a reason', async () => {
    const role = region(page, 'Move a role');
    await role.getByLabel('To').selectOption({ label: 'Model 1' });
    await role.getByLabel('Why').fill('It keeps both promises.');
    await button(role, 'Move').click();
    await title(page, 'Model 1 is champion');
    await region(page, 'Who was champion when').getByRole('listitem').filter({ hasText: 'It keeps both promises.' }).waitFor();
  });

  it('writes the model as files, which answer as the app does', async () => {
    await toView(page, 'Parts of deployment', 'Model 1');
    const files = region(page, 'Files for elsewhere');
    await button(files, 'Check and write the files').click();
    await files.getByText('Same answers', { exact: true }).waitFor();
    await files.getByRole('row', { name: /model\.onnx/ }).waitFor();
  });

  it('asks the model, and the answer follows what is changed', async () => {
    await toView(page, 'Parts of deployment', 'Predict');
    await title(page, 'Ask model 1 about “income”');
    await button(page, 'Begin with a row of the data').click();
    const answer = region(page, 'Answer');
    await answer.getByText('Every input is stated.').or(answer.getByText(/inputs? (?:is|are) not stated/)).first().waitFor();
    await page.getByLabel('marital-status').selectOption('Never-married');
    await answer.getByText('<=50K', { exact: true }).first().waitFor();
    const before = await fact(answer, '>50K');
    await page.getByLabel('marital-status').selectOption('Married-civ-spouse');
    await page.getByLabel('relationship').selectOption('Husband');
    await page.getByLabel('capital-gain').fill('50000');
    await answer.getByRole('paragraph').filter({ hasText: /^>50K$/ }).waitFor();
    expect(percent(await fact(answer, '>50K'))).toBeGreaterThan(percent(before));
  });

  it('measures how fast it answers', async () => {
    await toView(page, 'Parts of deployment', 'Speed');
    // The gate timed it already, since a criterion asks about it.
    await region(page, 'What was promised').getByText('Holds').waitFor();
    await button(page, 'Measure again').click();
    const latest = region(page, 'Latest measurement');
    expect(await fact(latest, '95 of 100 within')).toMatch(/^\d+(\.\d+)?\s*ms$/);
  });

  it('watches a batch whose hours moved: the alert names the column, and its two distributions open', async () => {
    await toStage(page, 'Monitoring');
    await link(page, 'Watch a batch').first().click();
    await handIn(page, 'A file', csv('later.csv', drifted('census/census.csv', 'hours-per-week', 12, 40)));
    await button(page, 'Watch later.csv').click();
    await title(page, /later\.csv/);
    await region(page, 'Alert: “hours-per-week” moved').waitFor();
    await page.getByRole('row', { name: /^hours-per-week/ }).filter({ hasText: 'Moved' }).waitFor();
    await page.getByRole('row', { name: /^education-num/ }).filter({ hasText: 'Same' }).waitFor();
    await button(page, 'hours-per-week').click();
    const column = region(page, 'hours-per-week');
    await column.getByRole('img', { name: 'The values of hours-per-week in the training rows and in later.csv, as shares of the rows' }).waitFor();
    expect(await fact(column, 'Stability index (PSI)')).toMatch(/^[1-9]/);
    await stands(page, 'Monitoring', /alert.* · later\.csv/);
  });

  it('sees every promise as one thread, through all five stages', async () => {
    await home();
    await expect.poll(() => thread(ranking), { timeout: patience }).toEqual(['Evidence', 'Evidence', 'Evidence', 'Evidence', expect.stringMatching(/Evidence|Undecided|Failed/)]);
    await region(page, /^Next: look at/, false).waitFor();
  });

  it('adds the batch to the data: what was built before is shown as out of date, until it is undone', async () => {
    await link(page, 'See what moved').click();
    await button(region(page, 'The way back to data'), 'Make version 2').click();
    await page.getByText('4 runs and 1 model are now out of date.').waitFor();
    await stands(page, 'Data', /version 2 · 50,0\d\d rows/);
    await stands(page, 'Modelling', '4 runs, built on older data');
    await stands(page, 'Deployment', 'model 1 is champion, built on older data');
    await toStage(page, 'Modelling');
    await title(page, 'Every run that predicts “income” is out of date');
    await page.getByRole('row', { name: new RegExp(`^Run ${network}`) }).getByText('Out of date').waitFor();
    await toStage(page, 'Deployment');
    await page.getByRole('row', { name: /^Model 1\b/ }).getByText('Out of date').waitFor();
    await home();
    await expect.poll(async () => (await thread(ranking)).slice(2, 4), { timeout: patience }).toEqual(['Out of date', 'Out of date']);

    await page.getByRole('banner').getByRole('button', { name: /^Undo/ }).click();
    await stands(page, 'Data', 'version 1 · 48,842 rows');
    await stands(page, 'Deployment', /model 1 is champion \(Evidence\)/);
    await railLink(page, 'Modelling').filter({ hasText: /4 runs \(Evidence\)/ }).waitFor();
    await expect.poll(async () => (await thread(ranking)).slice(2, 4), { timeout: patience }).toEqual(['Evidence', 'Evidence']);
  });

  it('reads in the log what happened, in sentences', async () => {
    await page.getByRole('link', { name: /^whole log/ }).click();
    await title(page, 'Everything that happened');
    const entries = page.getByRole('main').getByRole('listitem');
    await entries.filter({ hasText: 'The last change was undone' }).waitFor();
    const texts = await entries.allInnerTexts();
    for (const part of ['census.csv was imported: 48,842 rows, version 1', 'The threshold is 0.4', `The test rows were opened for run ${network}`, `Run ${network} was registered as model 1`, 'Model 1 is champion now', 'later.csv was watched'])
      expect(texts.some((text) => text.includes(part)), part).toBe(true);
    expect(texts.filter((text) => /undefined|NaN|\[object|\b[a-z]+[A-Z][a-z]+\b/.test(text))).toEqual([]);
  });
});
