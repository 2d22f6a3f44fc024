/** @file No page has a serious fault for people who cannot see well, cannot use a mouse or listen to the page: axe on every page, in light and dark. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { RunOptions } from 'axe-core';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Server } from '../../scripts/tools/serve.mjs';
import { launched, served } from './harness';
import { livedProject, type Lived } from './livedProject';
import { allIsWell, firstScreen } from './person';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let server: Server;
let browser: Browser;
let lived: Lived;

/** The serious and critical findings of axe on the page as it stands, one line each. */
async function findings(page: Page, options: RunOptions = {}): Promise<string[]> {
  // The content policy allows no script of others; what the debugger evaluates is not the page's.
  await page.evaluate(`if (!('axe' in globalThis)) { ${source}; }`);
  return await page.evaluate(async (asks) => {
    const { axe } = globalThis as unknown as { axe: typeof import('axe-core') };
    const { violations } = await axe.run(document, { resultTypes: ['violations'], ...asks });
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) => nodes.slice(0, 3).map((node) => `${id}: ${node.html.slice(0, 160)} (${(node.any[0] ?? node.all[0] ?? node.none[0])?.message ?? ''})`));
  }, options);
}

/** What the colours decide; all other rules see the same page in light and dark. */
const colours: RunOptions = { runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] } };

async function inBothThemes(page: Page): Promise<string[]> {
  await page.emulateMedia({ colorScheme: 'light' });
  const light = await findings(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  const dark = await findings(page, colours);
  return [...light.map((text) => `light ${text}`), ...dark.map((text) => `dark ${text}`)];
}

beforeAll(async () => {
  server = await served();
  browser = await launched();
  lived = await livedProject(browser, server.origin, { reducedMotion: 'reduce' });
});
afterAll(async () => {
  await browser.close();
  await server.close();
});

describe('axe finds nothing serious', () => {
  it('on the first screen', async () => {
    const heard = await firstScreen(browser, server.origin, { reducedMotion: 'reduce' });
    expect(await inBothThemes(heard.page)).toEqual([]);
    await allIsWell(heard);
    // That silence means something: a button without a name is found.
    await heard.page.getByRole('main').evaluate((main) => main.append(document.createElement('button')));
    expect(await findings(heard.page)).toEqual([expect.stringMatching(/^button-name: /)]);
    await heard.close();
  });

  it('on any page of a project that has been all the way round', async () => {
    const found: string[] = [];
    for (const place of lived.places) {
      await lived.visit(place);
      found.push(...(await inBothThemes(lived.page)).map((text) => `${place.name}: ${text}`));
    }
    expect(found).toEqual([]);
    await allIsWell(lived);
  });
});
