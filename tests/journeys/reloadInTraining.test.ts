/** @file A training that a reload cuts off goes on from its checkpoint, and ends with the very bytes of one that was never cut off. */
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Server } from '../../scripts/tools/serve.mjs';
import { served, until } from './harness';
import { freshProfile, heardLines, livedThrough, openHeadless, ownBrowser, resultsOf, writtenTable } from './ownBrowser';

let server: Server;
let files: ReturnType<typeof freshProfile>;
let table: string;

interface Epochs {
  /** Numbers of the epochs of the dense learner that were told, each once, in order. */
  readonly told: number[];
  readonly of: number;
  /** From the first word of a training to the champion, in seconds. */
  readonly seconds: number;
}

function epochsIn(lines: readonly { text: string; at: number }[]): Epochs {
  const found = lines.flatMap(({ text }) => {
    const match = /^dense: training (\d+) of (\d+)$/.exec(text);
    return match ? [{ epoch: Number(match[1]), of: Number(match[2]) }] : [];
  });
  const from = lines.find(({ text }) => text.startsWith('training '))?.at ?? NaN;
  const to = lines.find(({ text }) => text.startsWith('champion by'))?.at ?? NaN;
  return { told: [...new Set(found.map(({ epoch }) => epoch))], of: found[0]?.of ?? 0, seconds: (to - from) / 1000 };
}

/** Checkpoints in the store, read past our own code. */
const checkpoints = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      new Promise<number>((resolve, reject) => {
        const opening = indexedDB.open('perennial');
        opening.onerror = () => reject(opening.error!);
        opening.onsuccess = () => {
          const db = opening.result;
          const counting = db.transaction('checkpoints').objectStore('checkpoints').count();
          counting.onsuccess = () => {
            db.close();
            resolve(counting.result);
          };
        };
      }),
  );

/** What the page's own code sees when its tab is put into the background. */
const hide = (page: Page): Promise<void> =>
  page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => 'hidden' });
    document.dispatchEvent(new Event('visibilitychange'));
  });

beforeAll(async () => {
  server = await served();
  files = freshProfile();
  table = writtenTable(files.folder, 60_000);
});
afterAll(async () => {
  await server.close();
  files.remove();
});

describe('a training', () => {
  let expected: unknown;
  let whole: Epochs;

  beforeAll(async () => {
    const profile = freshProfile();
    const browser = await ownBrowser(profile.folder, server.port);
    const lines = await heardLines(browser.page);
    expected = resultsOf(await livedThrough(browser.page, table));
    whole = epochsIn(lines);
    await browser.close();
    profile.remove();
  });

  it('takes long enough to be cut off', () => {
    expect(whole.seconds).toBeGreaterThan(5);
    expect(whole.told.at(-1)).toBeGreaterThan(5);
  });

  it.each([
    ['hidden and then reloaded', 0, (page: Page) => openHeadless(page)],
    ['hidden for a moment and closed three epochs later', 3, null],
  ] as const)('%s, goes on from its checkpoint and gives the same bytes', async (_, later, again) => {
    const profile = freshProfile();
    try {
      const browser = await ownBrowser(profile.folder, server.port);
      const first = await heardLines(browser.page);
      const cut = livedThrough(browser.page, table).then(
        () => 'ended',
        () => 'cut off',
      );
      const over = (count: number): Promise<void> => until(`${count} epochs are over`, () => Promise.resolve(epochsIn(first).told.length >= count), 60_000);
      await over(2);
      await hide(browser.page);
      await until('a checkpoint is kept', async () => (await checkpoints(browser.page)) > 0, 60_000);
      await over(epochsIn(first).told.length + later);
      let page = browser.page;
      if (again === null) {
        const next = await browser.another();
        await page.close();
        page = next;
      } else await again(page);
      expect(await cut).toBe('cut off');
      const done = epochsIn(first).told.at(-1)!;

      const lines = again === null ? await heardLines(page) : first;
      const from = lines.length;
      const answer = await livedThrough(page, table);
      const resumed = epochsIn(lines.slice(from));
      console.log(`whole: ${whole.told.length} of ${whole.of} epochs, ${whole.seconds.toFixed(1)} s; cut off in epoch ${done + 1}; resumed: ${resumed.told.length} epochs from ${resumed.told[0]}, ${resumed.seconds.toFixed(1)} s`);
      expect(resultsOf(answer)).toEqual(expected);
      expect(resumed.told[0]).toBeGreaterThan(1);
      expect(resumed.told[0]).toBeLessThanOrEqual(done + 1);
      expect(resumed.told.length).toBeLessThan(whole.told.length);
      expect(resumed.told.at(-1)).toBe(whole.told.at(-1));
      expect(await checkpoints(page), 'a training that ended needs none').toBe(0);
      expect(await page.evaluate(() => globalThis.perennial.check())).toEqual([]);
      await browser.close();
    } finally {
      profile.remove();
    }
  });
});
