/** @file With the keyboard alone, from the first screen to a trained model: every stop of the Tab key can be seen, and nothing needs a mouse. */
import type { Browser, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Server } from '../../scripts/tools/serve.mjs';
import { launched, served, type Heard } from './harness';
import { allIsWell, firstScreen, stands, title } from './person';

let server: Server;
let browser: Browser;
let heard: Heard;
let page: Page;
/** Stops of the Tab key that could not be seen. */
const unseen: string[] = [];
let stops = 0;

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

/** What has the focus, as a screen reader would say it. */
const focused = async (): Promise<string> => {
  const found = page.locator(':focus');
  return (await found.count()) === 0 ? 'nothing' : ((await found.first().ariaSnapshot()).split('\n')[0] ?? '').replace(/^- '?/, '');
};

/** Whether it can be seen which element has the focus: a ring around it, and the element on the screen. */
const isSeen = (): Promise<boolean> =>
  page.evaluate(async () => {
    const element = document.activeElement!;
    await Promise.allSettled(element.getAnimations().map((animation) => animation.finished));
    const style = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    const ring = (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none';
    return ring && box.width > 0 && box.bottom > 0 && box.top < innerHeight;
  });

/** Presses Tab until the focus is on what is looked for. */
async function tabTo(wanted: RegExp, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  const met: string[] = [];
  for (let presses = 0; presses < 120; presses++) {
    await page.keyboard.press(key);
    const name = await focused();
    if (name === 'nothing') continue;
    met.push(name);
    stops++;
    if (!(await isSeen())) unseen.push(name);
    if (wanted.test(name)) return;
  }
  throw new Error(`${String(wanted)} was not met among: ${met.join(' · ')}`);
}

describe('with the keyboard alone', () => {
  it('the first stop leads past the header to the page', async () => {
    await page.keyboard.press('Tab');
    expect(await focused()).toMatch(/^link "Skip to the page"/);
    expect(await isSeen()).toBe(true);
    await page.keyboard.press('Enter');
    expect(await focused()).toMatch(/^main/);
    await page.keyboard.press('Tab');
    expect(await focused()).toMatch(/^button "Open the census sample"/);
  });

  it('a sample is opened', async () => {
    await tabTo(/^button "Leaving customers/);
    await page.keyboard.press('Enter');
    await title(page, 'Which customers of a telephone company are about to leave?');
    await stands(page, 'Data', 'version 1 · 7,043 rows');
  });

  it('a cell is changed in the grid, and Ctrl+Z takes it back', async () => {
    await tabTo(/^link "Data\b/);
    await page.keyboard.press('Enter');
    await title(page, 'Leaving customers, version 1');
    await page.getByRole('grid').getByRole('row', { name: /^1 / }).waitFor();
    await tabTo(/^(?:gridcell|columnheader)/);
    await page.keyboard.press('Control+Home');
    for (let i = 0; i < 5; i++) await page.keyboard.press('ArrowRight');
    const before = await focused();
    expect(before).toMatch(/^gridcell "\d+"/);
    await page.keyboard.press('F2');
    expect(await focused()).toMatch(/^textbox "tenure, row 1"/);
    await page.keyboard.press('Control+a');
    await page.keyboard.type('71');
    await page.keyboard.press('Enter');
    await stands(page, 'Data', 'version 2 · 7,043 rows');
    await page.getByRole('grid', { name: 'Rows of version 2' }).waitFor();
    expect(await focused()).toMatch(/^gridcell/);
    await page.keyboard.press('ArrowUp');
    expect(await focused()).toMatch(/^gridcell "71"/);
    await page.keyboard.press('Control+z');
    await stands(page, 'Data', 'version 1 · 7,043 rows');
    await page.getByRole('grid', { name: 'Rows of version 1' }).waitFor();
    await expect.poll(() => page.getByRole('grid').getByRole('row', { name: /^1 / }).getByRole('gridcell').nth(5).innerText()).toBe(/"(\d+)"/.exec(before)![1]);
  });

  it('four models are trained', async () => {
    await tabTo(/^link "Modelling\b/, 'Shift+Tab');
    await page.keyboard.press('Enter');
    await title(page, 'Nothing has learnt to predict “churn” yet');
    await tabTo(/^button "Train all four"/);
    await page.keyboard.press('Enter');
    await title(page, 'Four ways to predict “churn”, on the same rows');
  });

  it('a dialog opens, keeps the focus, and gives it back', async () => {
    await tabTo(/^link "Take run \d to deployment"/);
    await page.keyboard.press('Enter');
    await title(page, 'Is a model ready to be used?');
    await tabTo(/^button "Open the sealed test rows and judge"/);
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'Open the sealed test rows?' }).waitFor();
    expect(await focused(), 'the safe answer comes first').toMatch(/^button "Keep them sealed"/);
    for (let i = 0; i < 4; i++) {
      await page.keyboard.press('Tab');
      expect(await focused()).toMatch(/^(?:nothing|button "(?:Keep them sealed|Open and judge run \d)")/);
    }
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    expect(await focused()).toMatch(/^button "Open the sealed test rows and judge"/);
  });

  it('every stop on the way could be seen', () => {
    expect(unseen).toEqual([]);
    expect(stops).toBeGreaterThan(40);
  });
});
