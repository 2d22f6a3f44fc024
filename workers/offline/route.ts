/** @file What the service worker does with a request: a decision on plain facts, so that it can be tested without a browser. */
import type { BuildFile } from './api';

/** What is known about a request. */
export type Ask = { readonly method: string; readonly url: string; readonly navigation: boolean };

export type Route =
  /** A file of this build: from the store, else from the host. */
  | { readonly kind: 'file'; readonly file: BuildFile }
  /** No file of this build, but an open tab of the previous one may need it: from the store only. */
  | { readonly kind: 'earlier'; readonly url: string }
  /** A page address within the app that names no file: the app's home answers. */
  | { readonly kind: 'home' }
  | { readonly kind: 'refused'; readonly reason: 'method' | 'origin' | 'scope' | 'query' };

/**
 * Decides on a request. Only GETs without a query, within the scope, may be answered with files; anything else could carry data out.
 * A page address may have a query, since it is never passed on: the answer comes from the store, or from the host by the file's bare address.
 * @param scope  the address the worker governs, ending in `/`
 * @param files  the files of the build by their address relative to the scope
 */
export function routeOf(ask: Ask, scope: string, files: ReadonlyMap<string, BuildFile>): Route {
  if (ask.method !== 'GET') return { kind: 'refused', reason: 'method' };
  const url = new URL(ask.url);
  const home = new URL(scope);
  if (url.origin !== home.origin) return { kind: 'refused', reason: 'origin' };
  if (!url.pathname.startsWith(home.pathname)) return ask.navigation ? { kind: 'home' } : { kind: 'refused', reason: 'scope' };
  const path = url.pathname.slice(home.pathname.length);
  const file = files.get(path === '' ? 'index.html' : decoded(path));
  if (ask.navigation) return file ? { kind: 'file', file } : { kind: 'home' };
  if (url.search !== '') return { kind: 'refused', reason: 'query' };
  return file ? { kind: 'file', file } : { kind: 'earlier', url: url.href };
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
