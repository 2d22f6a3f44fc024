/** A worker that fails in any way ends every call to it: with WorkerDied or Aborted, in time, and never with silence. */
import { expose } from 'comlink';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Aborted, RemoteWorker } from '../../src/jobs/remote';
import { pageQueue, useShare } from '../../src/jobs/queue';
import { startStep } from '../../src/jobs/steps';
import type { StepApi, StepCall, StepOutcome } from '../../workers/steps/api';

interface Api {
  answer(question: string): Promise<string>;
  never(): Promise<void>;
  ping(): Promise<true>;
}

/** A worker without a thread: two ports, and the events that a browser would send. Terminated, it is deaf and dumb. */
class FakeWorker extends EventTarget {
  readonly #inside = new MessageChannel();
  terminated = 0;
  onerror: ((event: ErrorEvent) => void) | null = null;
  onmessageerror: (() => void) | null = null;

  constructor(api: Partial<Api> | null) {
    super();
    this.#inside.port1.onmessage = ({ data }) => this.dispatchEvent(Object.assign(new Event('message'), { data: data as unknown }));
    if (api !== null) expose(api, this.#inside.port2);
  }

  postMessage(message: unknown, transfer: Transferable[] = []): void {
    if (this.terminated === 0) this.#inside.port1.postMessage(message, transfer);
  }

  terminate(): void {
    this.terminated++;
    this.silence();
  }

  /** Dies, and nobody tells the page. */
  silence(): void {
    this.#inside.port1.close();
    this.#inside.port2.close();
  }

  fail(message: string): void {
    this.onerror?.(Object.assign(new Event('error'), { message }) as unknown as ErrorEvent);
  }
}

const sound: Api = { answer: (question) => Promise.resolve(`${question}!`), never: () => new Promise<void>(() => undefined), ping: () => Promise.resolve(true) };
const started: FakeWorker[] = [];

async function start(api: Partial<Api> | null = sound): Promise<{ worker: FakeWorker; remote: RemoteWorker<Api> }> {
  const worker = new FakeWorker(api);
  started.push(worker);
  return { worker, remote: await RemoteWorker.start<Api>(() => worker as unknown as Worker) };
}

afterEach(() => started.splice(0).forEach((worker) => worker.silence()));

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** How a promise ended and after how long; `hangs` when it has not within two seconds. */
async function ending(call: Promise<unknown>): Promise<{ how: string; error: unknown; after: number }> {
  const from = performance.now();
  const [how, error] = await Promise.race([
    call.then(
      () => ['resolved', undefined] as const,
      (thrown: unknown) => [(thrown as Error).name, thrown] as const,
    ),
    pause(2_000).then(() => ['hangs', undefined] as const),
  ]);
  return { how, error, after: performance.now() - from };
}

const impatient = { silenceMs: 200, pingMs: 20 };

describe('a worker', () => {
  it('answers, and its errors are the calls own', async () => {
    const { remote, worker } = await start({ ...sound, answer: () => Promise.reject(new RangeError('no')) });
    await expect(remote.race(remote.api.answer('why'))).rejects.toThrow('no');
    await expect(remote.race(remote.api.ping())).resolves.toBe(true);
    expect(worker.terminated).toBe(0);
    remote.end();
  });

  it('that throws while loading ends the call that waits for it', async () => {
    const { remote, worker } = await start(null);
    const call = ending(remote.race(remote.api.answer('anyone')));
    await pause(10);
    worker.fail('SyntaxError: Unexpected token');
    const { how, error, after } = await call;
    expect(how).toBe('WorkerDied');
    expect((error as Error).message).toContain('Unexpected token');
    expect(after).toBeLessThan(500);
    expect(worker.terminated).toBe(1);
  });

  it('that cannot be found says so although its event holds no message', async () => {
    const { remote, worker } = await start(null);
    const call = ending(remote.race(remote.api.answer('anyone')));
    worker.fail('');
    expect(((await call).error as Error).message).toContain('could not be started');
  });

  it('that cannot be constructed rejects the start', async () => {
    const refused = RemoteWorker.start<Api>(() => {
      throw new DOMException('refused by the policy', 'SecurityError');
    });
    await expect(refused).rejects.toThrow('refused by the policy');
  });

  it('that dies in the middle of calls ends all of them', async () => {
    const { remote, worker } = await start();
    const calls = [remote.race(remote.api.never()), remote.race(remote.api.never()), remote.race(remote.api.never())].map(ending);
    await pause(10);
    worker.fail('out of memory');
    expect((await Promise.all(calls)).map(({ how }) => how)).toEqual(['WorkerDied', 'WorkerDied', 'WorkerDied']);
  });

  it('that sends what cannot be read is ended', async () => {
    const { remote, worker } = await start();
    const call = ending(remote.race(remote.api.never()));
    worker.onmessageerror?.();
    expect((await call).how).toBe('WorkerDied');
    expect(worker.terminated).toBe(1);
  });

  it('that goes silent is given up after the time set and not before', async () => {
    const { remote, worker } = await start();
    remote.watch(impatient);
    const call = ending(remote.race(remote.api.never()));
    await pause(400);
    expect(worker.terminated, 'it answered pings so far').toBe(0);
    worker.silence();
    const { how, after } = await call;
    expect(how).toBe('WorkerDied');
    expect(after - 400).toBeGreaterThan(150);
    expect(worker.terminated).toBe(1);
  });

  it('is not taken for dead because the page itself slept', async () => {
    const { remote, worker } = await start({ ...sound, ping: () => pause(60).then(() => true as const) });
    remote.watch(impatient);
    const call = remote.race(remote.api.never());
    call.catch(() => undefined);
    await pause(50);
    // The lid is closed for half a second: neither timers nor messages are handled.
    for (const until = performance.now() + 500; performance.now() < until; );
    await pause(100);
    expect(worker.terminated).toBe(0);
    remote.end();
  });

  it('that is ended rejects the calls under way with the reason, and calls made after', async () => {
    const { remote, worker } = await start();
    const call = ending(remote.race(remote.api.never()));
    remote.end(new Aborted('aborted by the user'));
    expect(await call).toMatchObject({ how: 'Aborted' });
    expect((await ending(remote.race(remote.api.answer('still there')))).how).toBe('Aborted');
    remote.end();
    expect(worker.terminated).toBe(1);
  });

  it('that was ended is not watched: no timer outlives it', async () => {
    const { remote, worker } = await start();
    let beats = 0;
    const post = worker.postMessage.bind(worker);
    worker.postMessage = (...parts) => {
      beats++;
      post(...parts);
    };
    remote.end();
    remote.watch({ silenceMs: 50, pingMs: 5 });
    await pause(60);
    expect(beats).toBe(0);
  });
});

const call: StepCall = {
  database: 'none',
  pen: { project: 'project:none', epoch: 1 },
  request: { op: 'train', params: null, inputs: {} },
  files: [],
};

/** A training that goes on until it is told to stop. */
function stepWorker(): { heard: string[]; workers: FakeWorker[] } {
  const heard: string[] = [];
  const workers: FakeWorker[] = [];
  let stop = (): void => undefined;
  const stopping = new Promise<void>((resolve) => (stop = resolve));
  const api: StepApi = {
    perform: async (): Promise<StepOutcome> => {
      heard.push('perform');
      await stopping;
      return { kind: 'diverged', epoch: 1 };
    },
    stop: () => {
      heard.push('stop');
      stop();
    },
    help: () => undefined,
    saveSoon: () => Promise.resolve(),
    ping: () => Promise.resolve(true),
  };
  vi.stubGlobal(
    'Worker',
    class extends FakeWorker {
      constructor() {
        super(api as Partial<Api>);
        workers.push(this);
        started.push(this);
      }
    },
  );
  return { heard, workers };
}

describe('a step', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('that is stopped before its worker has started ends early all the same', async () => {
    const { heard, workers } = stepWorker();
    const job = startStep(call, () => undefined);
    job.stop();
    expect(await ending(job.outcome)).toMatchObject({ how: 'resolved' });
    expect(heard.toSorted()).toEqual(['perform', 'stop']);
    expect(workers.map((worker) => worker.terminated)).toEqual([1]);
  });

  it('that is stopped while it runs ends early and its worker is put away', async () => {
    const { heard, workers } = stepWorker();
    const job = startStep(call, () => undefined);
    await pause(20);
    expect(heard).toEqual(['perform']);
    job.stop();
    expect(await ending(job.outcome)).toMatchObject({ how: 'resolved' });
    expect(workers.map((worker) => worker.terminated)).toEqual([1]);
  });

  it.each([
    ['before its worker has started', 0],
    ['while it runs', 20],
  ])('that is aborted %s rejects with Aborted at once', async (_, after) => {
    const { workers } = stepWorker();
    const job = startStep(call, () => undefined);
    if (after > 0) await pause(after);
    job.abort();
    const { how, error, after: took } = await ending(job.outcome);
    expect(how).toBe('Aborted');
    expect((error as Error).message).toContain('by the user');
    expect(took).toBeLessThan(200);
    expect(workers.map((worker) => worker.terminated)).toEqual([1]);
  });
});

describe('a training that waits for its turn', () => {
  const training: StepCall = { ...call, request: { op: 'train', params: {}, inputs: {} } };
  beforeEach(() => useShare('one'));
  afterEach(() => {
    useShare('all');
    vi.unstubAllGlobals();
  });

  /** One that is under way and one behind it, with the phases that the second told. */
  function twoTrainings() {
    const { workers } = stepWorker();
    const phases: string[] = [];
    const first = startStep(training, () => undefined);
    const second = startStep(training, ({ phase }) => phases.push(phase));
    return { workers, phases, first, second };
  }

  it('says so, and starts when the one before it has ended', async () => {
    const { workers, phases, first, second } = twoTrainings();
    await pause(20);
    expect([phases, workers.length]).toEqual([['waiting'], 1]);
    first.abort();
    await ending(first.outcome);
    await pause(20);
    expect([phases, workers.length]).toEqual([['waiting', 'starting'], 2]);
    second.stop();
    expect((await ending(second.outcome)).how).toBe('resolved');
    expect(pageQueue.running).toBe(0);
  });

  it.each([
    ['thrown away', 'Aborted'],
    ['left', 'Left'],
  ])('and is %s starts no worker', async (how, name) => {
    const { workers, first, second } = twoTrainings();
    if (how === 'left') await second.leave();
    else second.abort();
    expect((await ending(second.outcome)).how).toBe(name);
    first.abort();
    await ending(first.outcome);
    expect([workers.length, pageQueue.running, pageQueue.waiting]).toEqual([1, 0, 0]);
  });

  it('and is stopped begins stopped, at once', async () => {
    const { heard, workers } = stepWorker();
    const first = startStep(training, () => undefined);
    await pause(20);
    const second = startStep(training, () => undefined);
    second.stop();
    expect((await ending(second.outcome)).how).toBe('resolved');
    expect([heard, workers[1]!.terminated]).toEqual([['perform', 'stop', 'perform'], 1]);
    first.abort();
    await ending(first.outcome);
  });

  it('does not hold up what somebody looks at', async () => {
    const { workers, first, second } = twoTrainings();
    const profile = startStep({ ...call, request: { op: 'profile', params: {}, inputs: {} } }, () => undefined);
    await pause(20);
    expect(workers.length).toBe(2);
    [first, second, profile].forEach((job) => job.abort());
    await Promise.all([first, second, profile].map(({ outcome }) => ending(outcome)));
  });
});
