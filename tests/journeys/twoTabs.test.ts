/** @file One project in two tabs: one writes, the other follows, and who takes over is the only one who writes from then on. */
import type { JSHandle, Page } from 'playwright';
import { afterAll, beforeAll, beforeEach, afterEach, describe, expect, it } from 'vitest';
import type { Server } from '../../scripts/tools/serve.mjs';
import type { OpenProject } from '../../src/state/project.svelte';
import { served, until } from './harness';
import { freshProfile, livedThrough, ownBrowser, resultsOf, writtenTable, type OwnBrowser } from './ownBrowser';

type Tab = JSHandle<OpenProject>;

let server: Server;
let files: ReturnType<typeof freshProfile>;
let profile: ReturnType<typeof freshProfile>;
let browser: OwnBrowser;
let pages: [Page, Page];

beforeAll(async () => {
  server = await served();
  files = freshProfile();
});
afterAll(async () => {
  await server.close();
  files.remove();
});
beforeEach(async () => {
  profile = freshProfile();
  browser = await ownBrowser(profile.folder, server.port);
  pages = [browser.page, await browser.another()];
});
afterEach(async () => {
  await browser.close();
  profile.remove();
});

const opened = (page: Page): Promise<Tab> => page.evaluateHandle(() => globalThis.perennial.open());
const writable = (tab: Tab): Promise<boolean> => tab.evaluate((project) => project.writable);
/** Every text the project's question had, and whether the log that this tab shows is gapless. */
const seen = (tab: Tab): Promise<{ texts: string[]; gapless: boolean; last: string }> =>
  tab.evaluate((project) => ({
    texts: project.events.flatMap((event) => (event.kind === 'questionChanged' ? [event.state!.question.text] : [])),
    gapless: project.events.every((event, i) => event.sequence === i + 1),
    last: project.state.question.text,
  }));

/** Asks the question anew, once after another; the texts that were acknowledged, and the code of what ended it. */
const asks = (tab: Tab, texts: readonly string[]): Promise<{ kept: string[]; code: string | null }> =>
  tab.evaluate(async (project, wanted) => {
    const kept: string[] = [];
    for (const text of wanted) {
      try {
        await project.move('questionChanged', {}, (state) => ({ ...state, question: { ...state.question, text } }));
        kept.push(text);
      } catch (error) {
        return { kept, code: (error as { refusal?: { code: string } }).refusal?.code ?? String(error) };
      }
    }
    return { kept, code: null };
  }, texts as string[]);

const numbered = (name: string, count: number): string[] => Array.from({ length: count }, (_, i) => `${name} ${i}`);

describe('two tabs on one project', () => {
  it('one writes and the other follows its moves, event for event', async () => {
    const [first, second] = [await opened(pages[0]), await opened(pages[1])];
    expect([await writable(first), await writable(second)]).toEqual([true, false]);
    expect((await asks(second, ['unheard'])).code).toBe('storageFenced');
    const wanted = numbered('move', 40);
    expect(await asks(first, wanted)).toEqual({ kept: wanted, code: null });
    await until('the second tab has followed', async () => (await seen(second)).last === 'move 39', 5_000);
    expect(await seen(second)).toEqual({ texts: wanted, gapless: true, last: 'move 39' });
    await first.evaluate((project) => project.undo());
    await until('the second tab has gone back too', async () => (await seen(second)).last === 'move 38', 5_000);
  });

  it('taking over makes the other read-only at once, and no acknowledged write is lost', async () => {
    const [first, second] = [await opened(pages[0]), await opened(pages[1])];
    const writing = asks(first, numbered('first', 2_000));
    await until('the first tab is in full swing', async () => (await seen(second)).texts.length > 5, 10_000);
    expect(await second.evaluate((project) => project.write(true))).toBe(true);
    const mine = await asks(second, numbered('second', 20));
    const { kept, code } = await writing;
    expect(code).toBe('storageFenced');
    expect(mine.code).toBeNull();
    expect([await writable(first), await writable(second)]).toEqual([false, true]);
    await until('the first tab follows now', async () => (await seen(first)).last === 'second 19', 5_000);
    for (const tab of [first, second]) expect(await seen(tab)).toEqual({ texts: [...kept, ...mine.kept], gapless: true, last: 'second 19' });
    expect(await pages[1].evaluate(() => globalThis.perennial.check())).toEqual([]);
  });

  it('when the writing tab closes, the other may write without taking anything', async () => {
    const [first, second] = [await opened(pages[0]), await opened(pages[1])];
    await asks(first, ['the last word']);
    await pages[0].close();
    await until('the lock has fallen', () => second.evaluate((project) => project.write(false)), 5_000);
    expect(await asks(second, ['another'])).toEqual({ kept: ['another'], code: null });
    expect((await seen(second)).texts).toEqual(['the last word', 'another']);
  });

  it('a job of the tab that was taken over from ends as read-only, and the taker does the same work to its end', async () => {
    const table = writtenTable(files.folder, 6_000);
    const working = livedThrough(pages[0], table);
    await until('the first tab trains', () => pages[0].evaluate(async () => (await navigator.locks.query()).held!.some((lock) => lock.name === 'perennial:jobs')), 20_000);
    const second = await opened(pages[1]);
    expect(await second.evaluate((project) => project.write(true))).toBe(true);
    expect(await working).toMatchObject({ kind: 'refused' });
    await second.evaluate((project) => project.close());
    expect((resultsOf(await livedThrough(pages[1], table)) as { data: { rows: number } }).data.rows).toBe(6_000);
    expect(await pages[1].evaluate(() => globalThis.perennial.check())).toEqual([]);
  });
});
