/** @file The static server. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fileFor, headerRules, headersFor, mediaType, serve, type Server } from '../../../../scripts/tools/serve.mjs';

let folder: string;
let server: Server;
let bare: Server;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'perennial-serve-'));
  mkdirSync(join(folder, 'dist/assets'), { recursive: true });
  writeFileSync(join(folder, 'secret.txt'), 'secret');
  const dist = join(folder, 'dist');
  writeFileSync(join(dist, 'index.html'), '<!doctype html>');
  writeFileSync(join(dist, 'assets/a.js'), '1');
  writeFileSync(join(dist, '.hidden'), 'no');
  writeFileSync(join(dist, 'build.json'), '{"app":"perennial","version":"1","build":"b"}');
  writeFileSync(
    join(dist, '_headers'),
    "/*\n  Content-Security-Policy: default-src 'none'\n  Cache-Control: no-cache\n/assets/*\n  Cache-Control: immutable\n",
  );
  server = await serve({ folder: dist });
  bare = await serve({ folder: dist, sendHeaders: false });
});

afterAll(async () => {
  await server.close();
  await bare.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The status for a path sent as it stands; fetch would tidy it first. */
const raw = (path: string, method = 'GET'): Promise<number> =>
  new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port: server.port, path, method }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .on('error', reject)
      .end();
  });

describe('the server', () => {
  it('sends the headers of _headers, later rules winning', async () => {
    const page = await fetch(`${server.origin}/?entry=headless`);
    expect(page.status).toBe(200);
    expect(page.headers.get('content-security-policy')).toBe("default-src 'none'");
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect((await fetch(`${server.origin}/assets/a.js`)).headers.get('cache-control')).toBe('immutable');
  });

  it('stands for a host without headers when asked', async () => {
    expect((await fetch(bare.origin)).headers.get('content-security-policy')).toBeNull();
  });

  it('answers 304 to a known tag, and HEAD without a body', async () => {
    const first = await fetch(`${server.origin}/assets/a.js`);
    const again = await fetch(`${server.origin}/assets/a.js`, { headers: { 'If-None-Match': first.headers.get('etag') ?? '' } });
    expect(again.status).toBe(304);
    const head = await fetch(`${server.origin}/assets/a.js`, { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([200, '']);
  });

  it('says who it is', async () => {
    expect(await (await fetch(`${server.origin}/__perennial`)).json()).toEqual({ app: 'perennial', version: '1', build: 'b' });
  });

  it.each([
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/assets/../../secret.txt',
    '/..\\secret.txt',
    '/.hidden',
    '/_headers',
    '/assets',
    '/%00',
    '/%zz',
    '//etc/passwd',
    '/nothing',
  ])('gives nothing for %s', async (path) => {
    expect(await raw(path)).toBe(404);
  });

  it('takes no other method', async () => {
    expect(await raw('/', 'POST')).toBe(405);
  });

  it('says when the port is taken', async () => {
    await expect(serve({ folder: join(folder, 'dist'), port: server.port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});

describe('the parts of the server', () => {
  it('read a header file', () => {
    const rules = headerRules('# note\n/*\n  A: 1\n  B: x:y\n\n/sw.js\n  A: 2\n');
    expect([...headersFor(rules, '/sw.js')]).toEqual([
      ['A', '2'],
      ['B', 'x:y'],
    ]);
    expect([...headersFor(rules, '/other')]).toEqual([
      ['A', '1'],
      ['B', 'x:y'],
    ]);
  });
  it('name media types by ending', () => {
    expect([mediaType('a.wasm'), mediaType('A.PNG'), mediaType('x')]).toEqual(['application/wasm', 'image/png', 'application/octet-stream']);
  });
  it('take a folder for its index', () => {
    expect(fileFor(join(folder, 'dist'), '/')?.path).toBe('/index.html');
  });
});
