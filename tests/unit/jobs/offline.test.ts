/** @file What the page asks before it starts. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { environmentProblem, missingOffline, offlineState, onOfflineState, registerOffline } from '../../../src/jobs/offline';
import { Refusal } from '../../../src/domain/refusal';

const surroundings = (protocol: string, secure: boolean, database: unknown): void => {
  vi.stubGlobal('location', { protocol });
  vi.stubGlobal('isSecureContext', secure);
  vi.stubGlobal('indexedDB', database);
};
afterEach(() => vi.unstubAllGlobals());

describe('the surroundings of the page', () => {
  it.each([
    ['https:', true, {}, null],
    ['http:', true, {}, null],
    ['file:', false, {}, 'file'],
    ['http:', false, {}, 'insecure'],
    ['https:', true, undefined, 'noIndexedDb'],
  ])('%s, secure %s, database %o: %s', (protocol, secure, database, problem) => {
    surroundings(protocol, secure, database);
    expect(environmentProblem()).toBe(problem);
  });

  it('count as without a database when asking for it is an error', () => {
    surroundings('https:', true, {});
    vi.stubGlobal('indexedDB', undefined);
    Object.defineProperty(globalThis, 'indexedDB', {
      configurable: true,
      get: () => {
        throw new DOMException('denied', 'SecurityError');
      },
    });
    expect(environmentProblem()).toBe('noIndexedDb');
  });
});

describe('the offline state', () => {
  it('is unknown and empty before anything happened, and told at once to whoever listens', () => {
    const heard: unknown[] = [];
    const stop = onOfflineState((state) => heard.push(state));
    stop();
    expect(heard).toEqual([offlineState()]);
    expect(offlineState()).toMatchObject({ controlled: false, ready: false, missing: [], updateWaiting: false, sealed: 'unknown' });
  });

  it('refuses by name where the browser has no service worker', async () => {
    vi.stubGlobal('navigator', {});
    await expect(registerOffline()).rejects.toThrowError(new Refusal('noServiceWorker'));
  });

  it('names the file that a response says is missing', () => {
    expect(missingOffline(new Response('', { headers: { 'X-Perennial-Missing': 'assets/a.wasm' } }))).toBe('assets/a.wasm');
    expect(missingOffline(new Response(''))).toBeNull();
  });
});
