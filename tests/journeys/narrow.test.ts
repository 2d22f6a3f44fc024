/** @file On a telephone, 360 px wide: no page scrolls sideways, the stages stand at the foot, and what the page is for can be pressed. */
import type { Browser, Locator, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Server } from '../../scripts/tools/serve.mjs';
import { launched, served } from './harness';
import { livedProject, type Lived } from './livedProject';
import { allIsWell } from './person';

const viewport = { width: 360, height: 740 };

let server: Server;
let browser: Browser;
let lived: Lived;

beforeAll(async () => {
  server = await served();
  browser = await launched();
  lived = await livedProject(browser, server.origin, { viewport, hasTouch: true, isMobile: true, reducedMotion: 'reduce' });
});
afterAll(async () => {
  await browser.close();
  await server.close();
});

/** What each page is for. */
const actions: Readonly<Record<string, (main: Locator) => Locator>> = {
  projects: (main) => main.getByRole('button', { name: 'Start with your own data' }),
  'project home': (main) => main.getByRole('region', { name: /^Next: / }).getByRole('link'),
  scoping: (main) => main.getByRole('button', { name: 'Add the criterion' }),
  'scoping, a criterion being changed': (main) => main.getByRole('button', { name: 'Keep the change' }),
  'data: rows': (main) => main.getByRole('link', { name: 'Go on to modelling' }),
  'data: some rows': (main) => main.getByRole('button', { name: /^Remove tenure/ }),
  'data: columns': (main) => main.getByRole('link', { name: 'Open its page: tenure' }),
  'data: one column': (main) => main.getByRole('button', { name: 'Predict this column' }),
  'data: findings': (main) => main.getByRole('button', { name: 'It is right as it is' }).first(),
  'data: held back': (main) => main.getByRole('link', { name: 'Correct the file and import it again' }),
  'data: versions': (main) => main.getByRole('button', { name: 'Choose a file' }),
  'data: split': (main) => main.getByLabel('Seed'),
  'data: import': (main) => main.getByRole('button', { name: 'Choose a file' }),
  'modelling: runs': (main) => main.getByRole('link', { name: /^Take run \d to deployment$/ }),
  'modelling: a run': (main) => main.getByRole('button', { name: /^truly Yes, predicted No:/ }),
  'modelling: weights of a linear model': (main) => main.getByRole('button', { name: /^truly Yes, predicted No:/ }),
  'modelling: shapes of an additive model': (main) => main.getByRole('button', { name: /^truly Yes, predicted No:/ }),
  'modelling: rows of a mistake': (main) => main.getByRole('link', { name: 'Close' }),
  'modelling: compare': (main) => main.getByRole('checkbox', { name: /^Run 1/ }),
  'deployment: gate and models': (main) => main.getByRole('link', { name: 'See model 1' }),
  'deployment: the model': (main) => main.getByRole('button', { name: 'Save everything as one zip' }),
  'deployment: predict': (main) => main.getByRole('button', { name: 'Begin with a row of the data' }),
  'deployment: speed': (main) => main.getByRole('button', { name: 'Measure' }),
  'monitoring: the batch': (main) => main.getByRole('button', { name: 'The way back to data' }),
  'monitoring: one column': (main) => main.getByRole('button', { name: /^Make version/ }),
  'monitoring: a new batch': (main) => main.getByRole('button', { name: 'Choose a file' }),
  'monitoring: all batches': (main) => main.getByRole('link', { name: /spring\.csv/ }).first(),
  lineage: (main) => main.getByRole('link', { name: /Source file/ }).first(),
  log: (main) => main.getByRole('button', { name: /^Undo: / }),
};

/** How wide the page is, and what is to blame where it is wider than the screen. A telephone's own measure of the screen grows with the page. */
const width = (page: Page): Promise<{ scroll: number; blame: string[] }> =>
  page.evaluate((screen) => {
    const scroll = document.scrollingElement!.scrollWidth;
    if (scroll <= screen + 1) return { scroll, blame: [] };
    const wide = [...document.querySelectorAll('main *')].filter((element) => element.getBoundingClientRect().right > screen + 1);
    return { scroll, blame: wide.slice(0, 4).map((element) => element.outerHTML.slice(0, 120)) };
  }, viewport.width);

describe('at 360 px', () => {
  it('no page scrolls sideways, the stages stand at the foot, and the main action can be pressed', async () => {
    const { page } = lived;
    const found: string[] = [];
    for (const place of lived.places) {
      await lived.visit(place);
      const { scroll, blame } = await width(page);
      if (scroll > 361) found.push(`${place.name}: ${scroll} px wide: ${blame.join(' | ')}`);
      const bar = (await page.getByRole('navigation', { name: 'Stages' }).boundingBox())!;
      if (Math.abs(bar.y + bar.height - viewport.height) > 1 || bar.height > 120) found.push(`${place.name}: the stages stand from ${bar.y} to ${bar.y + bar.height}`);
      const action = actions[place.name]!(page.getByRole('main'));
      try {
        await action.click({ trial: true, timeout: 10_000 });
        const box = (await action.boundingBox())!;
        if (box.x < 0 || box.x + box.width > 361) found.push(`${place.name}: the action stands from ${box.x} to ${box.x + box.width}`);
      } catch (error) {
        found.push(`${place.name}: ${(error as Error).message.split('\n').slice(0, 12).join(' ')}`);
      }
    }
    expect(found).toEqual([]);
    await allIsWell(lived);
    // That silence means something: what is too wide is seen.
    await page.getByRole('main').evaluate((main) => {
      const wide = main.appendChild(document.createElement('pre'));
      wide.textContent = 'wide '.repeat(200);
    });
    expect((await width(page)).scroll).toBeGreaterThan(1_000);
  });
});
