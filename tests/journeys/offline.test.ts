/** @file The app without its host, its updates, and the ways out when a release went wrong. */
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../../scripts/tools/place.mjs';
import { sha256Of } from '../../scripts/tools/sourcesHash.mjs';
import { buildRecord, controlled, copyOfBuild, dist, launched, opened, served, storedWhole, until } from './harness';

let browser: Browser;
beforeAll(async () => {
  browser = await launched();
});
afterAll(() => browser.close());

/** What the page gets for an address of the build. */
const got = (page: Page, url: string): Promise<{ status: number; missing: string | null; text: string }> =>
  page.evaluate(async (address) => {
    const response = await fetch(new URL(address, location.href));
    return { status: response.status, missing: response.headers.get('X-Perennial-Missing'), text: await response.text() };
  }, url);

/** Makes a folder the next release: another page, another build id, and one file fewer. */
function releaseNext(folder: string): void {
  const { build, files } = buildRecord(folder);
  const path = join(folder, 'index.html');
  const before = readFileSync(path);
  const after = Buffer.from(before.toString('utf8').replace('<html lang="en">', '<html lang="en" data-release="next">'));
  const page = files.find((file) => file.url === 'index.html')!;
  const worker = readFileSync(join(folder, 'sw.js'), 'utf8');
  const next = worker
    .replaceAll(build, 'next')
    .replace(page.sha256, sha256Of(after))
    .replace(/\{[^{}]*icon-512\.png[^{}]*\},?/, '');
  expect(next).toContain(sha256Of(after));
  expect(next).not.toContain('icon-512.png');
  writeFileSync(path, after);
  writeFileSync(join(folder, 'sw.js'), next);
  rmSync(join(folder, 'icon-512.png'));
}

/** Which release the page is of: this one, the next, or none of ours. */
const release = (page: Page): Promise<string> =>
  page.evaluate(() => (document.getElementById('app') ? (document.documentElement.dataset.release ?? 'this') : 'none'));

/** Lets the page look for a newer worker now instead of within the hour. */
const lookForUpdate = (page: Page): Promise<void> => page.evaluate(async () => void (await (await navigator.serviceWorker.getRegistration())?.update()));
const waiting = (page: Page): Promise<boolean> => page.evaluate(async () => ((await navigator.serviceWorker.getRegistration())?.waiting ?? null) !== null);

describe('offline', () => {
  it('the second load works with the host gone, at any page address, and serves every file of the build', async () => {
    const server = await served({ sendHeaders: false });
    const { page, errors, close } = await opened(browser, server.origin);
    await storedWhole(page);
    await server.close();
    await page.reload();
    expect(await release(page)).toBe('this');
    await until('the app has started', () => page.evaluate(() => (document.getElementById('app')?.childElementCount ?? 0) > 0));
    for (const file of buildRecord().files) expect((await got(page, file.url)).status, file.url).toBe(200);
    await page.goto(`${server.origin}/project/some/where?x=1`);
    expect(new URL(page.url()).pathname).toBe('/');
    expect(await release(page)).toBe('this');
    expect(errors).toEqual([]);
    await close();
  });

  it('a piece that is missing is named, with its size, in words', async () => {
    const server = await served();
    const { page, close } = await opened(browser, server.origin);
    await storedWhole(page);
    await page.evaluate(
      async (store) => void (await (await caches.open(store)).delete(new URL('icon-512.png', location.href))),
      `perennial-files-${buildRecord().build}`,
    );
    await server.close();
    const answer = await got(page, 'icon-512.png');
    expect(answer).toMatchObject({ status: 503, missing: 'icon-512.png' });
    expect(answer.text).toMatch(/not stored on this device and the network is away: icon-512\.png, \d+\.\d MB/);
    await close();
  });

  it('bytes that the host changed are not stored', async () => {
    const { folder, remove } = await copyOfBuild();
    writeFileSync(join(folder, 'icon-512.png'), 'other bytes');
    const server = await served({ folder });
    const { page, close } = await opened(browser, server.origin);
    await controlled(page);
    const answer = await got(page, 'icon-512.png');
    expect(answer).toMatchObject({ status: 503, missing: 'icon-512.png' });
    expect(answer.text).toContain('the host no longer has it');
    await close();
    await server.close();
    remove();
  });
});

describe('an update', () => {
  it('waits for consent, reloads once, and keeps the files of the build before', async () => {
    const { folder, remove } = await copyOfBuild();
    const server = await served({ folder });
    const { page, errors, close } = await opened(browser, server.origin);
    await storedWhole(page, folder);
    releaseNext(folder);
    await lookForUpdate(page);
    await until('the next build is stored', () => waiting(page));
    await page.reload();
    expect(await release(page)).toBe('this');
    let loads = 0;
    // Offered once the page has loaded: Chromium may put a consent that meets an open request of the page off for longer than half a minute.
    const agree = page.getByRole('button', { name: 'Save and update' });
    await agree.waitFor();
    page.on('load', () => loads++);
    await agree.click();
    await until('the next build runs', async () => (await release(page)) === 'next');
    await until('the next build controls the page', async () => !(await waiting(page)));
    await new Promise((resolve) => setTimeout(resolve, 1000));
    expect(loads).toBe(1);
    expect((await got(page, 'icon-512.png')).status).toBe(200);
    expect(errors).toEqual([]);
    await close();
    await server.close();
    remove();
  });

  it('comes by itself when the browser has let go of the stored files', async () => {
    const { folder, remove } = await copyOfBuild();
    const server = await served({ folder });
    const { page, close } = await opened(browser, server.origin);
    await storedWhole(page, folder);
    releaseNext(folder);
    await page.evaluate(async () => {
      for (const name of await caches.keys()) await caches.delete(name);
    });
    await page.reload();
    expect(await release(page)).toBe('next');
    await close();
    await server.close();
    remove();
  });
});

it('the kill switch takes the worker and the stored files away and leaves the projects', async () => {
  const { folder, remove } = await copyOfBuild();
  const server = await served({ folder });
  const { page, close } = await opened(browser, server.origin);
  await storedWhole(page, folder);
  await page.evaluate(
    () =>
      new Promise<void>((resolve, reject) => {
        const request = indexedDB.open('a project', 1);
        request.onsuccess = () => (request.result.close(), resolve());
        request.onerror = () => reject(request.error!);
      }),
  );
  execFileSync(process.execPath, [join(root, 'scripts/killSwitch.mjs'), '--out', join(folder, 'sw.js')]);
  await lookForUpdate(page);
  const left = (): Promise<number> => page.evaluate(async () => (await caches.keys()).filter((name) => name.startsWith('perennial-')).length);
  await until('the stored files are gone', async () => (await left()) === 0);
  const old = await page.reload();
  expect(old?.fromServiceWorker()).toBe(false);
  expect(await release(page)).toBe('this');
  // the page that comes with the kill switch, or after it, registers nothing
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Repaired</title>');
  await until('the host answers and the worker is gone', async () => {
    // A registration that is going goes when no page of it is left: a mere reload would keep one all the time.
    await page.goto('about:blank');
    await page.goto(server.origin);
    const registered = await page.evaluate(
      async () => navigator.serviceWorker.controller !== null || (await navigator.serviceWorker.getRegistrations()).length > 0,
    );
    return (await page.title()) === 'Repaired' && !registered;
  });
  expect(await left()).toBe(0);
  expect(await page.evaluate(async () => (await indexedDB.databases()).map((database) => database.name))).toContain('a project');
  await close();
  await server.close();
  remove();
});

it('opened as a file, the page says what to do', async () => {
  const server = await served();
  await server.close();
  const { page, close } = await opened(browser, pathToFileURL(join(dist, 'index.html')).href);
  expect(await page.locator('[role=alert]').innerText()).toContain('Start it with "npm start"');
  await close();
});
