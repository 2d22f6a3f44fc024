/** @file Nothing leaves: the content policy binds page and workers, on hosts that send headers and on those that cannot. */
import type { Browser, Page, Worker } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Server } from '../../scripts/tools/serve.mjs';
import { safeHeaders } from '../../workers/offline/contentPolicy';
import { buildRecord, controlled, foreignHost, launched, opened, served, storedWhole } from './harness';

let browser: Browser;
let foreign: Awaited<ReturnType<typeof foreignHost>>;

beforeAll(async () => {
  browser = await launched();
  foreign = await foreignHost();
});
afterAll(async () => {
  await browser.close();
  await foreign.close();
});

/** Starts the probe, the smallest worker of the build, and leaves it running; `sealed` is what it found. */
async function startedWorker(page: Page): Promise<{ worker: Worker; sealed: boolean }> {
  const probe = buildRecord().files.find((file) => /^assets\/sealProbe-.*\.js$/.test(file.url));
  const coming = page.waitForEvent('worker', { predicate: (worker) => worker.url().endsWith('#journey') });
  const sealed = await page.evaluate((url) => {
    const worker = new Worker(new URL(`${url}#journey`, location.href), { type: 'module' });
    return new Promise<boolean>((resolve) => (worker.onmessage = (event: MessageEvent<boolean>) => resolve(event.data)));
  }, probe?.url ?? '');
  return { worker: await coming, sealed };
}

/** Whether a request from there to another origin is answered. */
function reaches(place: Page | Worker, address: string): Promise<string> {
  const ask = (url: string): Promise<string> =>
    fetch(url, { method: 'POST', body: 'secret' }).then(
      () => 'reached',
      (error: Error) => error.name,
    );
  return 'evaluate' in place && 'goto' in place ? place.evaluate(ask, address) : place.evaluate(ask, address);
}

/** One file for each ending in the build, fetched by the page; the safe headers of each. */
async function headersByClass(page: Page): Promise<Map<string, (string | null)[]>> {
  const byEnding = new Map(buildRecord().files.map((file) => [/\.\w+$/.exec(file.url)?.[0] ?? '', file.url]));
  const names = safeHeaders.map(([name]) => name);
  const found = new Map<string, (string | null)[]>();
  for (const [ending, url] of byEnding) {
    found.set(
      ending,
      await page.evaluate(
        async ([address, wanted]) => {
          const response = await fetch(new URL(address, location.href));
          return response.ok ? wanted.map((name) => response.headers.get(name)) : [`${response.status}`];
        },
        [url, names] as [string, string[]],
      ),
    );
  }
  return found;
}

const safeValues = safeHeaders.map(([, value]) => value);

describe.each([
  ['a host that sends headers', true],
  ['a host without headers, through the service worker', false],
])('on %s', (_, sendHeaders) => {
  let server: Server;
  beforeAll(async () => {
    server = await served({ sendHeaders });
  });
  afterAll(() => server.close());

  it('a request to another origin is refused from the page and from a worker', async () => {
    const { page, violations, close } = await opened(browser, server.origin);
    await controlled(page);
    const before = foreign.visits();
    expect(await reaches(page, foreign.address)).toBe('TypeError');
    const { worker, sealed } = await startedWorker(page);
    expect(await reaches(worker, foreign.address)).toBe('TypeError');
    expect(sealed).toBe(true);
    expect(foreign.visits()).toBe(before);
    // the header and the meta tag each report
    expect(new Set(violations)).toEqual(new Set([`connect-src ${foreign.address}`]));
    await close();
  });

  it('every class of file carries the policy', async () => {
    const { page, errors, close } = await opened(browser, server.origin);
    await controlled(page);
    const found = await headersByClass(page);
    expect([...found.keys()]).toEqual(expect.arrayContaining(['.html', '.js', '.svg', '.png', '.txt', '.webmanifest']));
    for (const [ending, values] of found) expect(values, ending).toEqual(safeValues);
    expect(errors).toEqual([]);
    await close();
  });

  it('the page itself starts without an error, breaks no rule, and comes back sealed', async () => {
    const { page, errors, violations, close } = await opened(browser, server.origin);
    await controlled(page);
    await storedWhole(page);
    const response = await page.reload();
    expect(response?.headers()['content-security-policy']).toBe(safeValues[0]);
    expect(response?.fromServiceWorker()).toBe(true);
    expect(errors).toEqual([]);
    expect(violations).toEqual([]);
    await close();
  });

  it('the service worker refuses what is no bodiless GET for a file of the build', async () => {
    const { page, close } = await opened(browser, server.origin);
    await controlled(page);
    const status = (url: string, method: string): Promise<number> =>
      page.evaluate(async ([address, verb]) => (await fetch(address!, { method: verb! })).status, [url, method]);
    expect(await status('./index.html', 'POST')).toBe(403);
    expect(await status('./index.html?leak=secret', 'GET')).toBe(403);
    expect(await status('./no-such-file.js', 'GET')).toBe(403);
    expect(await status('./build.json', 'GET')).toBe(403);
    expect(await status('./index.html', 'GET')).toBe(200);
    await close();
  });
});

it('without headers and without a service worker a worker is not sealed: the reason why workers wait', async () => {
  const server = await served({ sendHeaders: false });
  const { page, close } = await opened(browser, server.origin, { serviceWorkers: 'block' });
  const before = foreign.visits();
  expect(await reaches(page, foreign.address)).toBe('TypeError');
  const { worker, sealed } = await startedWorker(page);
  expect(await reaches(worker, foreign.address)).toBe('reached');
  expect(sealed).toBe(false);
  expect(foreign.visits()).toBe(before + 1);
  await close();
  await server.close();
});
