/** @file What the service worker lets through. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BuildFile } from '../../../../workers/offline/api';
import { routeOf, type Route } from '../../../../workers/offline/route';

const file = (url: string): BuildFile => ({ url, bytes: 1, sha256: '', type: 'text/plain', part: 'core' });
const files = new Map(['index.html', 'assets/a.js', 'samples/très bien.csv'].map((url) => [url, file(url)]));
const scope = 'https://host.example/perennial/';
const methods = fc.constantFrom('GET', 'POST', 'PUT', 'HEAD', 'DELETE');
const route = (url: string, part: { method?: string; navigation?: boolean } = {}): Route =>
  routeOf({ method: 'GET', navigation: false, ...part, url: new URL(url, scope).href }, scope, files);

describe('the route of a request', () => {
  it('leads to files of the build', () => {
    expect(route('assets/a.js')).toEqual({ kind: 'file', file: file('assets/a.js') });
    expect(route('samples/très bien.csv')).toMatchObject({ kind: 'file' });
    expect(route('assets/a.js#x')).toMatchObject({ kind: 'file' });
  });

  it('leads page addresses to index.html whatever their query, and unknown ones home', () => {
    for (const url of ['', '?entry=headless', '#/project/x', 'index.html'])
      expect(route(url, { navigation: true })).toEqual({ kind: 'file', file: file('index.html') });
    for (const url of ['project/x/data', '/elsewhere', 'nothing.html']) expect(route(url, { navigation: true })).toEqual({ kind: 'home' });
  });

  it.each([
    ['assets/a.js', { method: 'POST' }, 'method'],
    ['assets/a.js', { method: 'HEAD' }, 'method'],
    ['', { method: 'POST', navigation: true }, 'method'],
    ['https://elsewhere.example/perennial/assets/a.js', {}, 'origin'],
    ['http://host.example/perennial/assets/a.js', {}, 'origin'],
    ['https://host.example:444/perennial/assets/a.js', {}, 'origin'],
    ['https://host.example/other/assets/a.js', {}, 'scope'],
    ['assets/a.js?leak=1', {}, 'query'],
  ])('refuses %s %o', (url, part, reason) => {
    expect(route(url, part)).toEqual({ kind: 'refused', reason });
  });

  it('asks the store of the previous build for other addresses, never the host', () => {
    expect(route('assets/old.js')).toEqual({ kind: 'earlier', url: `${scope}assets/old.js` });
    expect(route('assets/%zz')).toMatchObject({ kind: 'earlier' });
  });

  it('leads to a file for the names of the build alone, whatever is asked', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.webPath().map((path) => `https://host.example${path}`),
          fc.webPath().map((path) => `${scope}${path.slice(1)}`),
          fc.webUrl(),
        ),
        methods,
        fc.boolean(),
        (url, method, navigation) => {
          const found = routeOf({ method, url, navigation }, scope, files);
          const lawful = method === 'GET' && new URL(url).origin === new URL(scope).origin && (navigation || new URL(url).search === '');
          if (!lawful) expect(found.kind).toBe('refused');
          if (found.kind === 'file') expect(files.get(found.file.url)).toBe(found.file);
        },
      ),
    );
  });
});
