/** @file The order in which a browser is looked for. */
import { describe, expect, it } from 'vitest';
import { findBrowser, howToGetABrowser, type Machine } from '../../../../scripts/tools/findBrowser.mjs';

/** A machine of plain facts: what is installed, and what each command would add. */
function machine(part: Partial<Machine>, installed: string[] = [], adds: Record<string, string> = {}): Machine & { log: string[] } {
  const present = new Set(installed);
  const log: string[] = [];
  return {
    env: { PATH: '/usr/local/bin:/usr/bin', HOME: '/home/p' },
    platform: 'linux',
    isRoot: false,
    isDebian: false,
    isProgram: (path) => present.has(path),
    ran(command, args) {
      const line = [command, ...args].join(' ');
      log.push(line);
      const added = Object.entries(adds).find(([beginning]) => line.startsWith(beginning));
      if (added) present.add(added[1]);
      return added !== undefined;
    },
    say: () => undefined,
    playwrightPath: () => Promise.resolve('/cache/chromium/chrome'),
    log,
    ...part,
  };
}

describe('the browser', () => {
  it('is CHROME_PATH before all else', async () => {
    const here = machine({ env: { CHROME_PATH: '/opt/chrome', PATH: '/usr/bin' } }, ['/opt/chrome', '/usr/bin/chromium']);
    expect(await findBrowser(here)).toBe('/opt/chrome');
  });

  it('is never another one when CHROME_PATH is wrong', async () => {
    const here = machine({ env: { CHROME_PATH: '/opt/gone', PATH: '/usr/bin' } }, ['/usr/bin/chromium']);
    await expect(findBrowser(here)).rejects.toThrow('CHROME_PATH is "/opt/gone"');
  });

  it('is an installed chromium before an installed chrome, wherever they lie', async () => {
    const here = machine({}, ['/usr/local/bin/google-chrome', '/usr/bin/chromium']);
    expect(await findBrowser(here)).toBe('/usr/bin/chromium');
    expect(here.log).toEqual([]);
  });

  it('is found on macOS and Windows', async () => {
    const mac = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';
    expect(await findBrowser(machine({ platform: 'darwin' }, [mac]))).toBe(mac);
    const windows = 'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe';
    expect(await findBrowser(machine({ platform: 'win32', env: { PROGRAMFILES: 'C:\\Program Files' } }, [windows]))).toBe(windows);
  });

  it('is the one that Playwright downloaded before, without another download', async () => {
    const here = machine({ isDebian: true, isRoot: true }, ['/cache/chromium/chrome']);
    expect(await findBrowser(here)).toBe('/cache/chromium/chrome');
    expect(here.log).toEqual([]);
  });

  it('is installed by apt-get on Debian as root, after an update', async () => {
    const here = machine({ isDebian: true, isRoot: true }, [], { 'apt-get update': '/lists', 'apt-get install': '/usr/bin/chromium' });
    expect(await findBrowser(here)).toBe('/usr/bin/chromium');
    expect(here.log.map((line) => line.split(' ').slice(0, 2).join(' '))).toEqual(['apt-get update', 'apt-get install']);
  });

  it.each([
    ['not root', { isDebian: true }],
    ['not Debian', { isRoot: true }],
  ])('is downloaded by Playwright where we are %s', async (_, facts) => {
    const here = machine(facts, [], { 'npx playwright install chromium': '/cache/chromium/chrome' });
    expect(await findBrowser(here)).toBe('/cache/chromium/chrome');
    expect(here.log).toEqual(['npx playwright install chromium']);
  });

  it('is downloaded by Playwright when apt-get fails', async () => {
    const here = machine({ isDebian: true, isRoot: true }, [], { 'npx playwright install chromium': '/cache/chromium/chrome' });
    expect(await findBrowser(here)).toBe('/cache/chromium/chrome');
  });

  it('ends in a sentence that says what to do', async () => {
    await expect(findBrowser(machine({}))).rejects.toThrow(howToGetABrowser);
    await expect(findBrowser(machine({ playwrightPath: () => Promise.reject(new Error('no playwright')) }))).rejects.toThrow('set CHROME_PATH');
  });
});
