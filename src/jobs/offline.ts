/** @file The page's side of the service worker: registration, what is stored, updates by consent, and when workers may start. */
import type { FromOffline, Obstacle, ToOffline } from '../../workers/offline/api';
import { Refusal } from '../domain/refusal';

/** How far the app can do without a network. */
export type OfflineState = {
  /** A service worker answers this page's requests. */
  readonly controlled: boolean;
  /** Every file of the build is stored on this device. */
  readonly ready: boolean;
  readonly storedBytes: number;
  readonly totalBytes: number;
  /** Files not stored yet, by their address within the build. */
  readonly missing: readonly string[];
  readonly fetching: boolean;
  /** Why the last file could not be stored. */
  readonly obstacle: Obstacle | null;
  /** A newer build is stored and waits for consent. Told once the page has loaded: before that, its own requests would keep the newer worker waiting. */
  readonly updateWaiting: boolean;
  /** It was agreed to and has not taken over in good time. */
  readonly updateLate: boolean;
  /** Whether the content policy was found to bind workers. */
  readonly sealed: boolean | 'unknown';
};

const hour = 3_600_000;
/** How long a worker may take to be in charge of the page: the first one, and one that was agreed to. */
const chargeMs = { first: 15_000, next: 10_000 };

let state: OfflineState = {
  controlled: false,
  ready: false,
  storedBytes: 0,
  totalBytes: 0,
  missing: [],
  fetching: false,
  obstacle: null,
  updateWaiting: false,
  updateLate: false,
  sealed: 'unknown',
};
let registration: ServiceWorkerRegistration | null = null;
let registering: Promise<void> | null = null;
let sealing: Promise<void> | null = null;
let leaving = false;
const listeners = new Set<(state: OfflineState) => void>();
const flushes = new Set<() => Promise<void>>();

/** The state now. */
export const offlineState = (): OfflineState => state;

/** Calls the listener at once and after every change. Gives back the way to stop. */
export function onOfflineState(listener: (state: OfflineState) => void): () => void {
  listeners.add(listener);
  listener(state);
  return () => listeners.delete(listener);
}

function change(part: Partial<OfflineState>): void {
  state = { ...state, ...part };
  for (const listener of listeners) listener(state);
}

/** What about this page's surroundings keeps the app from working, or null. `file:` pages never get as far as this module: see public/openedAsFile.js. */
export function environmentProblem(): 'file' | 'insecure' | 'noIndexedDb' | null {
  if (location.protocol === 'file:') return 'file';
  if (!isSecureContext) return 'insecure';
  try {
    return globalThis.indexedDB === undefined ? 'noIndexedDb' : null;
  } catch {
    return 'noIndexedDb';
  }
}

/**
 * Registers the service worker and follows it; call it after the first paint. Later calls give the same promise, unless it was rejected.
 * It resolves when a worker is active, and rejects when the browser has none, forbids it, or could not store the core files.
 */
export function registerOffline(): Promise<void> {
  registering ??= follow().catch((error: unknown) => {
    registering = null;
    throw error;
  });
  return registering;
}

/**
 * Reloads the page when another build takes it over. Call it before anything is waited for: another tab may agree to an update while this one
 * still opens its store, and a page that missed the change would run the old build against the new one's files.
 */
export function followControl(): void {
  if (!('serviceWorker' in navigator)) return;
  const container = navigator.serviceWorker;
  let governed = container.controller !== null;
  change({ controlled: governed });
  container.addEventListener('controllerchange', () => {
    change({ controlled: container.controller !== null });
    // The first control is the beginning of this page's life with a worker; the second is an update that some tab agreed to.
    if (governed) void reloadOnce();
    governed = true;
  });
}

async function follow(): Promise<void> {
  if (!('serviceWorker' in navigator)) throw new Refusal('noServiceWorker');
  const container = navigator.serviceWorker;
  listen(container);
  const own = await container.register(new URL('sw.js', document.baseURI), { updateViaCache: 'none' });
  // Tried again after a failure, it is the same registration, and is watched already.
  if (own !== registration) watch((registration = own));
  const active = await activeOf(container, own);
  if (!container.controller) send(active, { type: 'CLAIM' });
  send(active, { type: 'STATE' });
  const saving = (navigator as { connection?: { saveData?: boolean } }).connection?.saveData === true;
  if (!saving) fetchForOffline();
}

/** Hears the service worker and the other tabs. Called again, it changes nothing. */
function listen(container: ServiceWorkerContainer): void {
  if (updates !== null) return;
  container.addEventListener('message', (event: MessageEvent<FromOffline | null>) => {
    if (event.data?.type === 'OFFLINE_STATE' && (event.source === null || event.source === registration?.active)) hear(event.data);
  });
  container.startMessages();
  const channel = (updates = new BroadcastChannel('perennial-update'));
  channel.addEventListener('message', (event: MessageEvent<UpdateCall>) => void obey(event.data, channel));
  addEventListener('online', fetchForOffline);
}

/** The active worker. Rejects when the first one could not be installed; `ready` alone would wait for ever. */
async function activeOf(container: ServiceWorkerContainer, own: ServiceWorkerRegistration): Promise<ServiceWorker | null> {
  const first = own.active === null ? own.installing : null;
  const failed = new Promise<never>((_, reject) =>
    first?.addEventListener('statechange', () => {
      if (first.state === 'redundant' && own.active === null) reject(new Refusal('workersUnsealed'));
    }),
  );
  return (await Promise.race([container.ready, failed])).active;
}

function hear({ storedBytes, totalBytes, missing, fetching, obstacle }: FromOffline): void {
  change({ storedBytes, totalBytes, missing, fetching, obstacle, ready: missing.length === 0 });
}

/** Notices newer builds: when the page has loaded, every hour, and when the page is looked at again. */
function watch(watched: ServiceWorkerRegistration): void {
  let loaded = false;
  const noticed = (): void => change({ updateWaiting: loaded && watched.waiting !== null && navigator.serviceWorker.controller !== null });
  void pageLoaded().then(() => {
    loaded = true;
    noticed();
  });
  watched.addEventListener('updatefound', () => watched.installing?.addEventListener('statechange', noticed));
  const check = (): void => void watched.update().catch(() => undefined); // offline is no error
  setInterval(check, hour);
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') check();
  });
}

/** Resolves when the page has loaded and has nothing better to do: what its first paint asked for has come. */
async function pageLoaded(): Promise<void> {
  if (document.readyState !== 'complete') await new Promise((resolve) => addEventListener('load', resolve, { once: true }));
  await new Promise<void>((resolve) => (typeof requestIdleCallback === 'function' ? requestIdleCallback(() => resolve(), { timeout: 2_000 }) : setTimeout(resolve, 500)));
}

function send(worker: ServiceWorker | null, message: ToOffline): void {
  worker?.postMessage(message);
}

/** Asks the service worker to store the rest of the build; the state tells how far it is. The button "make everything available offline". */
export function fetchForOffline(): void {
  send(registration?.active ?? null, { type: 'FETCH_LATER' });
}

type UpdateCall = { readonly step: 'prepare' | 'here' | 'prepared'; readonly tab: string };
const me = crypto.randomUUID?.() ?? '';
let updates: BroadcastChannel | null = null;

/** Registers what must be written before the page is replaced, such as a checkpoint or an open transaction. Gives back the way to unregister. */
export function beforeUpdate(flush: () => Promise<void>): () => void {
  flushes.add(flush);
  return () => flushes.delete(flush);
}

const flushed = async (): Promise<void> => void (await Promise.allSettled([...flushes].map((flush) => flush())));

/**
 * Replaces the running build by the one that waits: every tab saves (five seconds at most), then the worker takes over and each tab reloads
 * once. `updateLate` tells when it has not; see `reloadForUpdate`.
 */
export async function applyUpdate(): Promise<void> {
  if (!registration?.waiting || !updates) return;
  const busy = new Set<string>();
  const hears = (event: MessageEvent<UpdateCall>): void => {
    if (event.data.step === 'here') busy.add(event.data.tab);
    if (event.data.step === 'prepared') busy.delete(event.data.tab);
  };
  updates.addEventListener('message', hears);
  updates.postMessage({ step: 'prepare', tab: me } satisfies UpdateCall);
  await Promise.all([flushed(), pause(300)]);
  for (let waited = 300; busy.size > 0 && waited < 5000; waited += 100) await pause(100);
  updates.removeEventListener('message', hears);
  // It takes over when the one in charge has nothing under way.
  send(registration.active, { type: 'STOP_FETCHING' });
  send(registration.waiting, { type: 'SKIP_WAITING' });
  await pause(chargeMs.next);
  if (!leaving) change({ updateLate: true });
}

/** The way on where an update that was agreed to is late: what is under way ends with the page. */
export const reloadForUpdate = (): Promise<void> => reloadOnce();

async function obey(call: UpdateCall, channel: BroadcastChannel): Promise<void> {
  if (call.step !== 'prepare') return;
  channel.postMessage({ step: 'here', tab: me } satisfies UpdateCall);
  await flushed();
  channel.postMessage({ step: 'prepared', tab: me } satisfies UpdateCall);
}

async function reloadOnce(): Promise<void> {
  if (leaving) return;
  leaving = true;
  await flushed();
  location.reload();
}

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/**
 * Resolves when workers would be sealed by the content policy: at once on hosts that send it, else when the service worker, which adds it, controls
 * this page. A worker takes its policy from its own response, so a probe worker is the only honest test; `sealed` in the state tells what it found.
 * @throws Refusal `workersUnsealed` when neither the host nor a service worker can seal them here; `controlLate` when the service worker is
 * not in charge in good time. Asked again after either, it tries again.
 */
export function workersMayStart(): Promise<void> {
  sealing ??= sealed().catch((error: unknown) => {
    sealing = null;
    throw error;
  });
  return sealing;
}

async function sealed(): Promise<void> {
  if (!import.meta.env.PROD) return; // the development server sends no policy
  change({ sealed: await probed() });
  if (state.sealed === true) return;
  try {
    await Promise.all([registerOffline(), controlled()]);
  } catch (error) {
    throw error instanceof Refusal && error.code === 'controlLate' ? error : new Refusal('workersUnsealed');
  }
  change({ sealed: await probed() });
}

/** Starts a worker that tries what the policy forbids. One that cannot start or stays silent for ten seconds is not known to be sealed. */
function probed(): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = new Worker(new URL('../../workers/offline/sealProbe.ts', import.meta.url), { type: 'module' });
    const end = (answer: boolean): void => {
      clearTimeout(patience);
      probe.terminate();
      resolve(answer);
    };
    const patience = setTimeout(() => end(false), 10_000);
    probe.addEventListener('message', (event: MessageEvent<boolean>) => end(event.data));
    probe.addEventListener('error', () => end(false));
  });
}

/** Resolves when a service worker is in charge of this page. @throws Refusal controlLate {seconds} */
function controlled(): Promise<void> {
  if (!('serviceWorker' in navigator)) return Promise.resolve();
  const container = navigator.serviceWorker;
  if (container.controller) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const inCharge = (): void => {
      clearTimeout(patience);
      resolve();
    };
    const patience = setTimeout(() => {
      container.removeEventListener('controllerchange', inCharge);
      reject(new Refusal('controlLate', { seconds: chargeMs.first / 1_000 }));
    }, chargeMs.first);
    container.addEventListener('controllerchange', inCharge, { once: true });
  });
}
