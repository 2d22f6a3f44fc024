/** @file A person's own table, untidy as tables are, from the file to a prediction; and the bicycles sample, a regression, to the batch that arrives a year later. */
import type { Browser, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Server } from '../../scripts/tools/serve.mjs';
import { seeded } from '../../src/domain/random';
import { launched, served, type Heard } from './harness';
import { allIsWell, button, fact, firstScreen, handIn, link, patience, region, runOf, stands, title, toStage, toView } from './person';

let server: Server;
let browser: Browser;
let heard: Heard;
let page: Page;
/** The run that is looked at. */
let run: number;

beforeAll(async () => {
  server = await served();
  browser = await launched();
});
afterEach(() => allIsWell(heard));
afterAll(async () => {
  await browser.close();
  await server.close();
});

const rows = 420;
const short = '17.05.2023;Köln;70,5';
const long = '18.08.2023;Bonn;70,5;3,1;neu;120,5;zu viel';

/** Flats with their rents, as a German spreadsheet writes them: a byte order mark, semicolons, decimal commas, days first, a word for “no answer”, and two rows that do not fit. */
function flats(): Buffer {
  const random = seeded(21);
  const places = [['Köln', 400], ['Bonn', 300], ['Aachen', 200], ['Trier', 0]] as const;
  const german = (x: number): string => x.toFixed(2).replace('.', ',');
  const lines = ['Datum;Ort;Größe;Zimmer;Zustand;Miete'];
  for (let row = 0; row < rows; row++) {
    const day = new Date(Date.UTC(2023, 0, 1 + row)).toISOString().slice(0, 10).split('-').reverse().join('.');
    const [place, more] = places[Math.floor(4 * random.next())]!;
    const size = 70 + 15 * random.normal();
    const state = ['neu', 'alt', 'saniert'][Math.floor(3 * random.next())]!;
    const rent = 9 * size + more + (state === 'neu' ? 150 : 0) + 40 * random.normal();
    lines.push([day, place, row % 30 === 4 ? 'k.A.' : german(size), 1 + Math.round(size / 30), state, german(rent)].join(';'));
    if (row === 100) lines.push(short);
    if (row === 200) lines.push(long);
  }
  return Buffer.from(`\ufeff${lines.join('\r\n')}\r\n`);
}

describe('a person with a table of their own', () => {
  beforeAll(async () => {
    heard = await firstScreen(browser, server.origin);
    page = heard.page;
  });
  afterAll(() => heard.close());

  it('chooses the file and sees it read rightly before anything is kept', async () => {
    await handIn(page, 'Your own data', { name: 'wohnungen.csv', mimeType: 'text/csv', buffer: flats() });
    await title(page, 'Begin with a table');
    const preview = region(page, 'The first rows');
    await preview.getByRole('row', { name: /^01\.01\.2023 / }).waitFor();
    expect(await preview.getByRole('columnheader').evaluateAll((heads) => heads.map((head) => head.querySelector('select')!.selectedOptions[0]!.text))).toEqual(['date', 'category', 'number', 'whole number', 'category', 'number']);
    await preview.getByRole('combobox', { name: 'Type of Datum' }).waitFor();
    const reading = region(page, 'How it is read');
    expect(await reading.getByLabel('Columns are parted by').inputValue()).toBe(';');
    expect(await reading.getByLabel('Letters are written as').inputValue()).toBe('utf-8');
    expect(await button(reading, 'comma: 3,14').getAttribute('aria-pressed')).toBe('true');
    await region(page, 'What to know before').getByText('2 rows of the sample have more or fewer fields than the header.').waitFor();
  });

  it('names its word for “no answer”, says what to predict, and imports', async () => {
    const words = page.getByLabel('Words for “no answer”');
    await words.fill(`${await words.inputValue()}, k.A.`);
    await page.getByLabel('What should be predicted?').selectOption('Miete');
    await button(page, 'Import').click();
    await page.getByText(`${rows} rows imported, 2 rows held back.`).waitFor();
    await stands(page, 'Data', `version 1 · ${rows} rows`);
    await page.getByRole('grid').getByRole('row', { name: /^1 2023-01-01 / }).waitFor();
    await page.getByRole('columnheader', { name: /^Größe number, \d+, 3\.3 % missing/ }).waitFor();
    await page.getByRole('columnheader', { name: /^Miete to predict, number/ }).waitFor();
  });

  it('finds the two rows that were held back, with their text and why', async () => {
    await toView(page, 'Views of the data', /^Held back 2/);
    const grid = page.getByRole('grid', { name: 'Rows held back, with their text' });
    await grid.getByRole('row', { name: `it has fewer fields than the header (3, not 6) ${short}` }).waitFor();
    await grid.getByRole('row', { name: `it has more fields than the header (7, not 6) ${long}` }).waitFor();
    expect(await grid.getByRole('rowheader').count()).toBe(2);
  });

  it('corrects the one in place, and leaves the other out on purpose', async () => {
    const form = region(page, /^Correct line 103/);
    await form.waitFor();
    expect(await form.getByRole('textbox').evaluateAll((fields) => fields.map((field) => (field as HTMLInputElement).value))).toEqual(['17.05.2023', 'Köln', '70,5', '', '', '']);
    await form.getByLabel('Miete').fill('teuer');
    await button(form, 'Add this row').click();
    await page.getByText('Line 103: “teuer” does not fit the column “Miete”, since a cell of a number column is not a number.').waitFor();
    await form.getByLabel('Miete').fill('1.050,25');
    await form.getByLabel('Zustand').fill('neu');
    await button(form, 'Add this row').click();
    await page.getByText('1 row that was held back is in the data now.').waitFor();
    await stands(page, 'Data', `version 2 · ${rows + 1} rows`);
    await link(page, /^Held back 1/).waitFor();
    await button(page, 'Leave out: that is right').click();
    await page.getByText('Left out on purpose').waitFor();
    await toView(page, 'Views of the data', /^Rows/);
    await page.getByRole('grid').press('Control+End');
    await page.getByRole('grid').getByRole('row', { name: /^421 2023-05-17 Köln 70\.5 .* neu 1,?050\.25/ }).waitFor();
  });

  it('trains, and learns what rents depend on', async () => {
    await toStage(page, 'Modelling');
    await button(page, 'Train all four').click();
    await title(page, 'Four ways to predict “Miete”, on the same rows');
    run = await runOf(page, 'Linear regression');
    await link(page, `Run ${run}`).click();
    await title(page, `Run ${run}: linear regression`);
    const r2 = page.getByRole('row', { name: /^R² / });
    expect(Number(/(\.\d+) \[/.exec(await r2.innerText().then((text) => text.replaceAll(/\s+/g, ' ')))?.[1])).toBeGreaterThan(0.8);
    await region(page, 'How wrong, and where').getByRole('img', { name: 'Errors against predicted Miete' }).waitFor();
  });

  it('takes it through the gate without a promise, and asks it about a flat', async () => {
    await link(page, `Take run ${run} to deployment`).click();
    await page.getByText('Nothing was promised, so there is nothing to pass.').waitFor();
    await button(page, 'Open the sealed test rows and judge').click();
    await button(page.getByRole('dialog'), `Open and judge run ${run}`).click();
    await button(page, `Register run ${run}`).click();
    await link(page, 'See model 1').click();
    await toView(page, 'Parts of deployment', 'Predict');
    await title(page, 'Ask model 1 about “Miete”');
    await button(page, 'Begin with a row of the data').click();
    const rent = async (size: string, place: string): Promise<number> => {
      await page.getByLabel('Größe').fill(size);
      await page.getByLabel('Ort').selectOption(place);
      // The answer is asked for after a moment's rest, so it is read until it stands still.
      let last = NaN;
      await expect
        .poll(
          async () => {
            const before = last;
            last = Number((await region(page, 'Answer').getByRole('paragraph').first().innerText()).replaceAll(/[^\d.−-]/g, ''));
            return last === before;
          },
          { timeout: patience, interval: 400 },
        )
        .toBe(true);
      return last;
    };
    const [small, large, elsewhere] = [await rent('40', 'Köln'), await rent('100', 'Köln'), await rent('100', 'Trier')];
    expect(large - small).toBeGreaterThan(400);
    expect(large - elsewhere).toBeGreaterThan(200);
  });
});

describe('the bicycles sample', () => {
  beforeAll(async () => {
    heard = await firstScreen(browser, server.origin);
    page = heard.page;
  });
  afterAll(() => heard.close());

  it('opens as a regression in order of time, and trains', async () => {
    await page.getByRole('button', { name: /^Hired bicycles/ }).click();
    await title(page, 'How many bicycles will be hired on a day, from its date and its weather?');
    await link(page, 'Write the first criterion').click();
    await region(page, 'A new criterion').getByLabel('The same as text').fill('r2>=0.5');
    await button(page, 'Add the criterion').click();
    await stands(page, 'Scoping', '1 criterion');
    await toStage(page, 'Modelling');
    await button(page, 'Train all four').click();
    await title(page, 'Four ways to predict “Total Users”, on the same rows');
  });

  it('passes the gate or says why not, and registers', async () => {
    await page.getByRole('link', { name: /^Take run \d to deployment$/ }).click();
    await button(page, 'Open the sealed test rows and judge').click();
    await page.getByRole('dialog').getByRole('button', { name: /^Open and judge run/ }).click();
    const verdict = region(page, 'On the test rows').getByText(/(The one criterion passes|\d+ of \d+ criteri\w+ do(es)? not pass)\.$/);
    await verdict.waitFor();
    if ((await verdict.innerText()).includes('not pass')) await page.getByLabel('Why register it all the same?').fill('To see how it fares a year later.');
    await page.getByRole('button', { name: /^Register run \d$/ }).click();
    await page.getByRole('row', { name: /^Model 1\b/ }).waitFor();
    const role = region(page, 'Move a role');
    if (!(await role.getByText('it is there already').isVisible())) {
      await role.getByLabel('Why').fill('It is the first.');
      await button(role, 'Move').click();
    }
    await title(page, 'Model 1 is champion');
  });

  it('watches 2012, which the sample offers: its hires moved, and the promise is judged on it', async () => {
    await toStage(page, 'Monitoring');
    await link(page, 'Watch a batch').first().click();
    await button(page, 'Take the sample’s later batch, bikes-2012.csv').click();
    await button(page, 'Watch bikes-2012.csv').click();
    await title(page, /bikes-2012\.csv/);
    const right = region(page, 'Were the answers right?');
    await right.getByText('n 366 with a known answer').waitFor();
    await right.getByText('R²').first().waitFor();
    await region(page, 'What the model says').getByRole('row', { name: /^bikes-2012\.csv/ }).waitFor();
    expect(await fact(region(page, 'What the model says'), 'Difference')).toMatch(/^[+−]/);
    await stands(page, 'Monitoring', /bikes-2012\.csv/);
  });
});
