/** @file What the page asks before it starts. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { environmentProblem, offlineState, onOfflineState, registerOffline } from '../../../src/jobs/offline';
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
});

/** A service worker that notes what it is told. */
class Told extends EventTarget {
  readonly heard: string[] = [];
  state = 'installing';
  postMessage({ type }: { type: string }): void {
    this.heard.push(type);
  }
}

describe('the service worker', () => {
  const [active, next] = [new Told(), new Told()];
  const registration = Object.assign(new EventTarget(), { active: active as Told | null, waiting: null as Told | null, installing: null as Told | null, update: () => Promise.resolve() });
  const container = Object.assign(new EventTarget(), {
    controller: null as Told | null,
    ready: Promise.resolve(registration),
    startMessages: () => undefined,
    register: vi.fn(() => Promise.resolve(registration)),
  });
  const page = Object.assign(new EventTarget(), { baseURI: 'http://127.0.0.1/', readyState: 'loading', visibilityState: 'visible' });
  const globalListeners = new EventTarget();
  let offline: typeof import('../../../src/jobs/offline');

  beforeEach(async () => {
    vi.useFakeTimers();
    vi.resetModules();
    for (const worker of [active, next]) worker.heard.length = 0;
    Object.assign(registration, { active, waiting: null, installing: null });
    Object.assign(container, { controller: null, ready: Promise.resolve(registration) });
    container.register.mockClear().mockImplementation(() => Promise.resolve(registration));
    page.readyState = 'loading';
    vi.stubGlobal('navigator', { serviceWorker: container });
    vi.stubGlobal('document', page);
    vi.stubGlobal('location', { reload: vi.fn() });
    vi.stubGlobal('addEventListener', globalListeners.addEventListener.bind(globalListeners));
    vi.stubGlobal('BroadcastChannel', class extends EventTarget { postMessage = (): void => undefined; });
    offline = await import('../../../src/jobs/offline');
  });
  afterEach(() => vi.useRealTimers());

  it('is registered anew after a failure, and heard once', async () => {
    const listens = vi.spyOn(container, 'addEventListener');
    container.register.mockRejectedValueOnce(new Error('the network is away'));
    await expect(offline.registerOffline()).rejects.toThrow('the network is away');
    await offline.registerOffline();
    await offline.registerOffline();
    expect(container.register).toHaveBeenCalledTimes(2);
    expect(listens.mock.calls.filter(([type]) => type === 'message')).toHaveLength(1);
    expect(active.heard).toEqual(['CLAIM', 'STATE', 'FETCH_LATER']);
  });

  it('that cannot be installed is told, not waited for', async () => {
    const first = new Told();
    Object.assign(registration, { active: null, installing: first });
    container.ready = new Promise(() => undefined);
    const registering = expect(offline.registerOffline()).rejects.toMatchObject({ code: 'workersUnsealed' });
    await vi.advanceTimersByTimeAsync(0);
    first.state = 'redundant';
    first.dispatchEvent(new Event('statechange'));
    await registering;
  });

  it('that does not take charge is told by name after fifteen seconds, and may be waited for again', async () => {
    vi.stubEnv('PROD', true);
    let sealed = false;
    vi.stubGlobal('Worker', class extends EventTarget {
      constructor() {
        super();
        setTimeout(() => this.dispatchEvent(new MessageEvent('message', { data: sealed })));
      }
      terminate = (): void => undefined;
    });
    const listens = vi.spyOn(container, 'addEventListener');
    const lets = vi.spyOn(container, 'removeEventListener');
    const starting = expect(offline.workersMayStart()).rejects.toMatchObject({ code: 'controlLate', details: { seconds: 15 } });
    await vi.advanceTimersByTimeAsync(15_100);
    await starting;
    expect(listens.mock.calls.filter(([type]) => type === 'controllerchange')).toHaveLength(lets.mock.calls.length);
    const again = offline.workersMayStart();
    await vi.advanceTimersByTimeAsync(100);
    container.controller = active;
    sealed = true;
    container.dispatchEvent(new Event('controllerchange'));
    await vi.advanceTimersByTimeAsync(100);
    await again;
    expect(offline.offlineState().sealed).toBe(true);
    vi.unstubAllEnvs();
  });

  it('that waits is offered when the page has loaded, takes over when the one before has nothing under way, and is told when it is late', async () => {
    container.controller = active;
    registration.waiting = next;
    await offline.registerOffline();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(offline.offlineState().updateWaiting).toBe(false);
    globalListeners.dispatchEvent(new Event('load'));
    await vi.advanceTimersByTimeAsync(5_000);
    expect(offline.offlineState().updateWaiting).toBe(true);
    const updating = offline.applyUpdate();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(active.heard.at(-1)).toBe('STOP_FETCHING');
    expect(next.heard).toEqual(['SKIP_WAITING']);
    expect(offline.offlineState().updateLate).toBe(false);
    await vi.advanceTimersByTimeAsync(10_000);
    await updating;
    expect(offline.offlineState().updateLate).toBe(true);
    await offline.reloadForUpdate();
    expect(location.reload).toHaveBeenCalledTimes(1);
  });
});
