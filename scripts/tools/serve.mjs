/** @file Serves the built app on 127.0.0.1 with the headers that dist/_headers asks for, as a static host does. */
import { createHash } from 'node:crypto';
import { createReadStream, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { builtAs } from './ensureBuilt.mjs';

const types = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.wasm': 'application/wasm',
  '.txt': 'text/plain; charset=utf-8',
  '.md': 'text/markdown; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
  '.parquet': 'application/vnd.apache.parquet',
  '.zip': 'application/zip',
};

/** The media type of a path, by its ending. */
export const mediaType = (path) => types[extname(path).toLowerCase()] ?? 'application/octet-stream';

/**
 * The rules of a `_headers` file, the format of Netlify and Cloudflare Pages: a path pattern at the margin, its headers indented below.
 * @param {string} text
 * @returns {{pattern: string, headers: [string, string][]}[]}
 */
export function headerRules(text) {
  const rules = [];
  for (const line of text.split(/\r?\n/)) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    if (/^\S/.test(line)) rules.push({ pattern: line.trim(), headers: [] });
    else {
      const colon = line.indexOf(':');
      rules.at(-1)?.headers.push([line.slice(0, colon).trim(), line.slice(colon + 1).trim()]);
    }
  }
  return rules;
}

/** The headers that the rules give a path; later rules win. A `*` at a pattern's end stands for anything. */
export function headersFor(rules, path) {
  const headers = new Map();
  for (const { pattern, headers: given } of rules) {
    const matches = pattern.endsWith('*') ? path.startsWith(pattern.slice(0, -1)) : path === pattern;
    if (matches) for (const [name, value] of given) headers.set(name, value);
  }
  return headers;
}

/**
 * The file that a request path names inside a folder, or null. A path that leaves the folder, or names a dot file or `_headers`, names nothing.
 * @param {string} folder
 * @param {string} url  path and query as they stand in the request
 */
export function fileFor(folder, url) {
  let path;
  try {
    path = decodeURIComponent(url.split(/[?#]/, 1)[0]);
  } catch {
    return null;
  }
  if (path.includes('\0') || path.includes('\\')) return null;
  const names = path.split('/').slice(1);
  if (names.at(-1) === '') names[names.length - 1] = 'index.html';
  if (names.length === 0 || names.some((name) => name === '' || name.startsWith('.') || name.startsWith('_headers'))) return null;
  const file = join(folder, ...names);
  const info = statSync(file, { throwIfNoEntry: false });
  return info?.isFile() ? { file, path: `/${names.join('/')}`, bytes: info.size, changed: info.mtimeMs } : null;
}

/**
 * Starts the server.
 * @param {{folder: string, port?: number, sendHeaders?: boolean}} choice  port 0 is any free one; without headers it stands for a host that cannot send them
 * @returns {Promise<{port: number, origin: string, close: () => Promise<void>}>}
 * @throws the error of `listen`, EADDRINUSE above all
 */
export async function serve({ folder, port = 0, sendHeaders = true }) {
  const identity = JSON.stringify(builtAs(folder) ?? { app: 'perennial' });
  let rules = [];
  try {
    if (sendHeaders) rules = headerRules(readFileSync(join(folder, '_headers'), 'utf8'));
  } catch {
    throw new Error(`${join(folder, '_headers')} is missing: build again`);
  }
  const answer = (request, response) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return plain(response, 405, 'Only GET and HEAD are answered here.');
    if (request.url === '/__perennial') return response.writeHead(200, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' }).end(identity);
    const found = fileFor(folder, request.url ?? '/');
    if (!found) return plain(response, 404, 'There is no such file in this build of Perennial.', headersFor(rules, '/404'));
    const etag = `"${createHash('sha256').update(`${found.bytes} ${found.changed} ${found.path}`).digest('hex').slice(0, 20)}"`;
    const headers = headersFor(rules, found.path);
    headers.set('Content-Type', mediaType(found.file));
    headers.set('ETag', etag);
    if (!headers.has('Cache-Control')) headers.set('Cache-Control', 'no-cache');
    if (request.headers['if-none-match'] === etag) return response.writeHead(304, Object.fromEntries(headers)).end();
    headers.set('Content-Length', String(found.bytes));
    response.writeHead(200, Object.fromEntries(headers));
    if (request.method === 'HEAD') return response.end();
    createReadStream(found.file)
      .on('error', () => response.destroy())
      .pipe(response);
  };
  const server = createServer(answer);
  return await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const actual = server.address().port;
      const close = () =>
        new Promise((closed) => {
          server.close(() => closed());
          server.closeAllConnections();
        });
      resolve({ port: actual, origin: `http://127.0.0.1:${actual}`, close });
    });
  });
}

function plain(response, status, sentence, headers = new Map()) {
  response.writeHead(status, { ...Object.fromEntries(headers), 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' }).end(`${sentence}\n`);
}
