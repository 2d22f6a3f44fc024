/** @file The stored files of the builds: every byte is checked against the hash that the build wrote down before it is kept. */
import type { BuildFile, Obstacle } from './api';
import { safeHeaders } from './contentPolicy';
import { outdated, succeeded, type Generations } from './generations';

const storeOf = (build: string): string => `perennial-files-${build}`;
const ledger = 'perennial-generations';
const hashHeader = 'X-Perennial-Sha256';

/** A file that could not be had or kept. */
export class Unavailable extends Error {
  constructor(readonly obstacle: Obstacle) {
    super(`${obstacle.url}: ${obstacle.reason}`);
  }
}

/** The files of one build on this device. */
export class FileStore {
  constructor(
    private readonly build: string,
    private readonly scope: string,
  ) {}

  private readonly address = (file: BuildFile): string => new URL(file.url, this.scope).href;

  /** The stored response for a file of this build. */
  async stored(file: BuildFile): Promise<Response | undefined> {
    const store = await caches.open(storeOf(this.build));
    return await store.match(this.address(file));
  }

  /** A response that any kept build has stored under this address. */
  async earlier(url: string): Promise<Response | undefined> {
    for (const name of await caches.keys()) {
      if (!name.startsWith(storeOf(''))) continue;
      const found = await (await caches.open(name)).match(url);
      if (found) return found;
    }
    return undefined;
  }

  /** The addresses of this build's files that are stored. */
  async storedUrls(files: Iterable<BuildFile>): Promise<ReadonlySet<string>> {
    const keys = await (await caches.open(storeOf(this.build))).keys();
    const held = new Set(keys.map((request) => request.url));
    return new Set([...files].filter((file) => held.has(this.address(file))).map((file) => file.url));
  }

  /**
   * Stores a file, unless it is stored already, and gives its response. Bytes that another build has stored are taken from there.
   * @param signal breaks a download off
   * @throws Unavailable
   */
  async obtained(file: BuildFile, signal?: AbortSignal): Promise<Response> {
    const held = await this.stored(file);
    if (held) return held;
    const bytes = (await this.copyOf(file)) ?? (await this.download(file, signal));
    const response = new Response(bytes, {
      headers: [...safeHeaders, ['Content-Type', file.type], ['Content-Length', String(file.bytes)], [hashHeader, file.sha256]],
    });
    try {
      await (await caches.open(storeOf(this.build))).put(this.address(file), response.clone());
    } catch {
      throw new Unavailable({ url: file.url, reason: 'quota' });
    }
    return response;
  }

  private async copyOf(file: BuildFile): Promise<ArrayBuffer | undefined> {
    const copy = await this.earlier(this.address(file));
    if (copy?.headers.get(hashHeader) !== file.sha256) return undefined;
    return await copy.arrayBuffer();
  }

  private async download(file: BuildFile, signal?: AbortSignal): Promise<ArrayBuffer> {
    // Hosts redirect index.html to its folder, so the folder is asked for. Nothing of the page's request is passed on: no headers, no query, no cookies.
    const address = file.url === 'index.html' ? this.scope : this.address(file);
    let response: Response;
    let bytes: ArrayBuffer;
    try {
      response = await fetch(address, { mode: 'same-origin', credentials: 'omit', cache: 'no-cache', referrerPolicy: 'no-referrer', ...(signal ? { signal } : {}) });
      bytes = await response.arrayBuffer();
    } catch {
      throw new Unavailable({ url: file.url, reason: 'network' });
    }
    if (!response.ok) throw new Unavailable({ url: file.url, reason: response.status === 404 || response.status === 410 ? 'changed' : 'network' });
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
    if (Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('') !== file.sha256) throw new Unavailable({ url: file.url, reason: 'changed' });
    return bytes;
  }

  /** Writes down that this build is in force, and lets go of the files of all but the one before it. */
  async succeed(): Promise<void> {
    const book = await caches.open(ledger);
    const entry = new URL('generations.json', this.scope).href;
    const before = await book.match(entry);
    const generations = succeeded(before ? ((await before.json()) as Generations) : null, this.build);
    await book.put(entry, new Response(JSON.stringify(generations)));
    await Promise.all(outdated(await caches.keys(), generations, storeOf).map((name) => caches.delete(name)));
  }
}
