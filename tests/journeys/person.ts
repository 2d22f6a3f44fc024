/** @file What a person does on every page: open the app, go to a stage, hand in a file, press a button, read a fact. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright';
import { expect } from 'vitest';
import { root } from '../../scripts/tools/place.mjs';
import { opened, type Heard } from './harness';

export type Stage = 'Scoping' | 'Data' | 'Modelling' | 'Deployment' | 'Monitoring';

/** The longest that one step of a person may take here; training and packaging are among them. */
export const patience = 60_000;

/** The first screen, in a browser that has never seen the app. */
export async function firstScreen(browser: Browser, address: string, options: BrowserContextOptions = {}): Promise<Heard> {
  const heard = await opened(browser, address, options);
  heard.page.setDefaultTimeout(patience);
  await title(heard.page, 'Take a table all the way to a model you can answer for');
  return heard;
}

/** Waits until the page is the one with this title. */
export const title = (page: Page, name: string | RegExp): Promise<void> => page.getByRole('heading', { level: 1, name }).waitFor();

export const region = (page: Page, name: string | RegExp, exact = true): Locator => page.getByRole('region', { name, exact });
export const button = (place: Page | Locator, name: string | RegExp): Locator => place.getByRole('button', { name, exact: true });
export const link = (place: Page | Locator, name: string | RegExp): Locator => place.getByRole('link', { name, exact: true });

/** A stage's link in the rail; its name says where the stage stands. */
export const railLink = (page: Page, stage: Stage): Locator => page.getByRole('navigation', { name: 'Stages' }).getByRole('link', { name: new RegExp(`^${stage}\\b`) });

/** Waits until the rail says this of a stage. */
export const stands = (page: Page, stage: Stage, sentence: string | RegExp): Promise<void> => railLink(page, stage).filter({ hasText: sentence }).waitFor();

export async function toStage(page: Page, stage: Stage): Promise<void> {
  await railLink(page, stage).click();
  await page.getByText(stage, { exact: true }).first().waitFor();
}

/** A view of the stage in hand, by its tab. */
export const toView = (page: Page, views: string, name: string | RegExp): Promise<void> => page.getByRole('navigation', { name: views }).getByRole('link', { name }).click();

type File = string | { readonly name: string; readonly mimeType: string; readonly buffer: Buffer };

/** Presses the button of a place for files, and chooses one. */
export async function handIn(page: Page, place: string, file: File): Promise<void> {
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), button(page.getByRole('group', { name: place }), 'Choose a file').click()]);
  await chooser.setFiles(file as string);
}

export const csv = (name: string, text: string): File => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });

/** A sample of the app as lines, the header first. */
export const sampleLines = (path: string): string[] => readFileSync(join(root, 'public/samples', path), 'utf8').trimEnd().split('\n');

/** A later batch from rows of a sample: every so-many-th row, with one numeric column shifted. */
export function drifted(path: string, column: string, by: number, every: number): string {
  const [header = '', ...lines] = sampleLines(path);
  const at = header.split(',').indexOf(column);
  expect(at, column).toBeGreaterThanOrEqual(0);
  const rows = lines.filter((_, i) => i % every === 0).map((line) => line.split(',').map((cell, i) => (i === at ? String(Number(cell) + by) : cell)).join(','));
  return `${[header, ...rows].join('\n')}\n`;
}

/** The number that the run of a learner was given: three that train at once are numbered as they end. */
export async function runOf(page: Page, learner: string): Promise<number> {
  const text = await page.getByRole('rowheader').filter({ hasText: learner }).innerText();
  return Number(/^Run (\d+)/.exec(text)![1]);
}

/** The text of a fact of a list of terms. */
export const fact = (place: Locator, term: string | RegExp): Promise<string> =>
  place.getByRole('term').filter({ hasText: term }).locator('xpath=following-sibling::dd[1]').innerText();

/** Nothing went wrong on the way: no error on the console, nothing that the content policy refused, no problem told. */
export async function allIsWell(heard: Heard): Promise<void> {
  expect(heard.errors).toEqual([]);
  expect(heard.violations).toEqual([]);
  expect(await heard.page.getByRole('alert').allInnerTexts()).toEqual([]);
}
