/**
 * @file The service worker: stores the files of the build, serves them without a network, adds the content policy to each, and refuses the rest.
 * It stands outside the policy that it adds, so it is kept short: it fetches nothing but files of the build, from its own host.
 */
import type { BuildFile, FromOffline, Obstacle, ToOffline } from './api';
import { safeHeaders } from './contentPolicy';
import { routeOf } from './route';
import { FileStore, Unavailable } from './store';

declare const self: ServiceWorkerGlobalScope;
/** Written in by the build. */
declare const __BUILD_FILES__: readonly BuildFile[];

const all: readonly BuildFile[] = __BUILD_FILES__;
const files = new Map(all.map((file) => [file.url, file]));
const scope = self.registration.scope;
const store = new FileStore(__BUILD_ID__, scope);
let fetching: Promise<void> | null = null;
let stopping = new AbortController();
let obstacle: Obstacle | null = null;

self.addEventListener('install', (event) => {
  const core = all.filter((file) => file.part === 'core');
  event.waitUntil(Promise.all(core.map((file) => store.obtained(file))));
});

self.addEventListener('activate', (event) => {
  event.waitUntil(store.succeed().then(() => self.clients.claim()));
});

self.addEventListener('fetch', (event) => {
  event.respondWith(answer(event.request));
});

self.addEventListener('message', (event) => {
  const message = event.data as ToOffline | null;
  if (message?.type === 'SKIP_WAITING') event.waitUntil(self.skipWaiting());
  if (message?.type === 'CLAIM') event.waitUntil(self.clients.claim());
  if (message?.type === 'STATE') event.waitUntil(tell());
  if (message?.type === 'FETCH_LATER') {
    fetching ??= fetchLater().finally(() => (fetching = null));
    event.waitUntil(fetching.then(tell));
  }
  if (message?.type === 'STOP_FETCHING') stopping.abort();
});

async function answer(request: Request): Promise<Response> {
  const route = routeOf({ method: request.method, url: request.url, navigation: request.mode === 'navigate' }, scope, files);
  if (route.kind === 'home') return Response.redirect(scope);
  if (route.kind === 'refused') return sentence(403, `Perennial lets nothing through but the files of its own build (refused for its ${route.reason}).`);
  if (route.kind === 'earlier') {
    return (
      (await store.earlier(route.url)) ?? sentence(403, `Perennial lets nothing through but the files of its own build, and ${route.url} is none of them.`)
    );
  }
  try {
    return await store.obtained(route.file);
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error;
    return await withoutFile(route.file, error.obstacle);
  }
}

/** The answer when a file is neither stored nor to be had: in words, and by the header `X-Perennial-Missing`, whose value is the file's address within the build. */
async function withoutFile(file: BuildFile, { reason }: Obstacle): Promise<Response> {
  if (reason === 'changed' && file.url === 'index.html') {
    // The browser let go of our files and the host has moved on: only the host's own page can help now. Work is in IndexedDB and is not touched.
    await self.registration.unregister();
    return Response.redirect(scope);
  }
  const size = `${file.url}, ${(file.bytes / 1e6).toFixed(1)} MB`;
  const why = {
    network: `This piece of Perennial is not stored on this device and the network is away: ${size}. Connect once and wait for "Ready offline".`,
    changed: `This piece of Perennial is not stored on this device and the host no longer has it: ${size}. Reload to update.`,
    quota: `This piece of Perennial does not fit into the room that this browser gives: ${size}. Free some space and try again.`,
  };
  return sentence(503, why[reason], [['X-Perennial-Missing', file.url]]);
}

async function fetchLater(): Promise<void> {
  obstacle = null;
  const { signal } = (stopping = new AbortController());
  const stored = await store.storedUrls(all);
  for (const file of all) {
    if (stored.has(file.url)) continue;
    if (signal.aborted) return;
    try {
      await store.obtained(file, signal);
    } catch (error) {
      if (!(error instanceof Unavailable)) throw error;
      if (signal.aborted) return; // told to stop, not hindered
      obstacle = error.obstacle;
      if (obstacle.reason !== 'changed') return; // the next file would meet the same
    }
    await tell();
  }
}

/** Tells every page how much is stored. */
async function tell(): Promise<void> {
  const stored = await store.storedUrls(all);
  const bytes = (some: readonly BuildFile[]): number => some.reduce((sum, file) => sum + file.bytes, 0);
  const missing = all.filter((file) => !stored.has(file.url));
  const state: FromOffline = {
    type: 'OFFLINE_STATE',
    build: __BUILD_ID__,
    storedBytes: bytes(all) - bytes(missing),
    totalBytes: bytes(all),
    missing: missing.map((file) => file.url),
    fetching: fetching !== null,
    obstacle,
  };
  for (const client of await self.clients.matchAll({ includeUncontrolled: true, type: 'window' })) client.postMessage(state);
}

function sentence(status: number, text: string, headers: [string, string][] = []): Response {
  return new Response(`${text}\n`, {
    status,
    headers: [...safeHeaders, ['Content-Type', 'text/plain; charset=utf-8'], ['Cache-Control', 'no-store'], ...headers],
  });
}
