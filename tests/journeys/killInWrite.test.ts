/** @file The whole browser is killed in the middle of an import and of a training. The store opens, is sound, and the work ends as if nothing had been. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Server } from '../../scripts/tools/serve.mjs';
import { seeded } from '../../src/domain/random';
import { served } from './harness';
import { freshProfile, heardLines, livedThrough, openHeadless, ownBrowser, resultsOf, writtenTable } from './ownBrowser';

let server: Server;
let files: ReturnType<typeof freshProfile>;
let table: string;
let expected: unknown;
/** How long the two phases take when nothing happens: from its first line of progress to its end, in ms. */
let lasting: { import: number; training: number };

const starts = { import: /^reading /, training: /^training / };

beforeAll(async () => {
  server = await served();
  files = freshProfile();
  table = writtenTable(files.folder, 4_000);
  const profile = freshProfile();
  const browser = await ownBrowser(profile.folder, server.port);
  const lines = await heardLines(browser.page);
  await openHeadless(browser.page);
  expected = resultsOf(await livedThrough(browser.page, table));
  const at = (pattern: RegExp): number => lines.find((line) => pattern.test(line.text))!.at;
  lasting = { import: at(starts.training) - at(starts.import), training: at(/^champion by/) - at(starts.training) };
  console.log(`uninterrupted: import ${Math.round(lasting.import)} ms, training ${Math.round(lasting.training)} ms`);
  await browser.close();
  profile.remove();
});
afterAll(async () => {
  await server.close();
  files.remove();
});

const random = seeded(11);
const trials = (['import', 'training'] as const).flatMap((phase) => Array.from({ length: 4 }, () => ({ phase, share: random.next() })));

describe('the browser, killed', () => {
  it.each(trials)('in the $phase, after $share of its time', async ({ phase, share }) => {
    const profile = freshProfile();
    try {
      const victim = await ownBrowser(profile.folder, server.port);
      const killed = new Promise<void>((resolve) => {
        void victim.page.exposeFunction('perennialProgress', (text: string) => {
          if (starts[phase].test(text)) setTimeout(() => void victim.kill().then(resolve), share * lasting[phase]);
        });
      });
      const cut = livedThrough(victim.page, table).then(
        () => 'ended',
        () => 'cut off',
      );
      await killed;
      expect(await cut, 'the kill came before the end').toBe('cut off');

      const browser = await ownBrowser(profile.folder, server.port);
      expect(await browser.page.evaluate(() => globalThis.perennial.check()), 'faults after the kill').toEqual([]);
      expect(resultsOf(await livedThrough(browser.page, table))).toEqual(expected);
      expect(await browser.page.evaluate(() => globalThis.perennial.check()), 'faults in the end').toEqual([]);
      await browser.close();
    } finally {
      profile.remove();
    }
  });
});
