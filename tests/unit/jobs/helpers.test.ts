/** The page's side of helpers, without threads: who is started, who is put away, and what the step's worker is told. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Helpers } from '../../../src/jobs/helpers';
import { JobQueue } from '../../../src/jobs/queue';
import { WorkerDied, type RemoteWorker } from '../../../src/jobs/remote';
import type { HelperNews, HelperWish, StepApi } from '../../../workers/steps/api';

/** A worker that helps, and can be made to die. */
class FakeHelper {
  die!: (error: Error) => void;
  ended = false;
  readonly #death = new Promise<never>((_, reject) => (this.die = reject));
  readonly api = { help: () => Promise.resolve() };
  constructor() {
    this.#death.catch(() => undefined);
  }
  watch(): void {
    return undefined;
  }
  race<T>(call: Promise<T>): Promise<T> {
    return Promise.race([call, this.#death]);
  }
  end(): void {
    this.ended = true;
    this.die(new Error('ended'));
  }
}

const open: { end(): void }[] = [];
afterEach(() => open.splice(0).forEach((one) => one.end()));

/** A step that runs in one of `limit` places, and what its worker would see. */
function step(limit: number, urgency: 'now' | 'asked' | 'sweep' = 'asked', spawn: () => FakeHelper = () => new FakeHelper()) {
  const places = { limit };
  const queue = new JobQueue(() => places.limit);
  const parent = {};
  const own = queue.ask({ urgency, parent });
  const workers: FakeHelper[] = [];
  const helpers = new Helpers(
    () => {
      const worker = spawn();
      workers.push(worker);
      return Promise.resolve(worker as unknown as RemoteWorker<StepApi>);
    },
    queue,
    { urgency, parent },
  );
  const news: HelperNews[] = [];
  helpers.port.onmessage = ({ data }: MessageEvent<HelperNews>) => {
    news.push(data);
    if (data.kind === 'helper') open.push({ end: () => data.port.close() });
  };
  const wish = (told: HelperWish): void => helpers.port.postMessage(told);
  const ids = (kind: HelperNews['kind']): number[] => news.filter((one) => one.kind === kind).map(({ id }) => id);
  open.push({ end: () => (helpers.end(), helpers.port.close()) });
  return { queue, places, own, workers, helpers, wish, ids, alive: () => workers.filter(({ ended }) => !ended).length };
}

const soon = (look: () => void): Promise<void> => vi.waitFor(look, { interval: 1 });
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 10));

describe('the helpers of a step', () => {
  it('are as many as are wanted, and as have a place beside the step', async () => {
    const { wish, ids, queue, workers } = step(4);
    wish({ kind: 'want', count: 2 });
    await soon(() => expect(ids('helper')).toEqual([1, 2]));
    wish({ kind: 'want', count: 50 });
    await soon(() => expect(ids('helper')).toEqual([1, 2, 3]));
    await settled();
    expect([queue.running, queue.waiting, workers.length]).toEqual([4, 0, 3]);
  });

  it('are none where the step has the only place, even of a step that somebody waits for', async () => {
    const { wish, queue, workers } = step(1, 'now');
    wish({ kind: 'want', count: 5 });
    await settled();
    expect([queue.running, queue.waiting, workers.length]).toEqual([1, 0, 0]);
  });

  it('give their places back when they are freed, and leave the queue when they are not wanted any more', async () => {
    const { wish, ids, queue, alive } = step(2);
    wish({ kind: 'want', count: 1 });
    await soon(() => expect(ids('helper')).toEqual([1]));
    wish({ kind: 'want', count: 0 });
    wish({ kind: 'free', id: 1 });
    await soon(() => expect(alive()).toBe(0));
    const other = queue.ask({ urgency: 'asked' });
    wish({ kind: 'want', count: 3 });
    await soon(() => expect(queue.waiting).toBe(1));
    wish({ kind: 'want', count: 0 });
    await soon(() => expect(queue.waiting).toBe(0));
    other.end();
    await settled();
    expect(ids('helper')).toEqual([1]);
  });

  it('are asked to go when another job waits, which then has the place; and come back after it', async () => {
    const { wish, ids, queue } = step(2);
    wish({ kind: 'want', count: 3 });
    await soon(() => expect(ids('helper')).toEqual([1]));
    const other = queue.ask({ urgency: 'asked' });
    await soon(() => expect(ids('retire')).toEqual([1]));
    expect(other.waiting).toBe(true);
    wish({ kind: 'free', id: 1 });
    await soon(() => expect(other.waiting).toBe(false));
    expect(queue.running).toBe(2);
    other.end();
    await soon(() => expect(ids('helper')).toEqual([1, 2]));
  });

  it('are replaced when they die, once; the last reason is known', async () => {
    const { wish, ids, workers, helpers, queue } = step(2);
    wish({ kind: 'want', count: 3 });
    await soon(() => expect(ids('helper')).toEqual([1]));
    workers[0]!.die(new WorkerDied('out of memory'));
    await soon(() => expect([ids('lost'), ids('helper')]).toEqual([[1], [1, 2]]));
    workers[1]!.die(new WorkerDied('again'));
    await soon(() => expect(ids('lost')).toEqual([1, 2]));
    wish({ kind: 'want', count: 3 });
    await settled();
    expect([workers.length, queue.running, helpers.lastDeath?.message]).toEqual([2, 1, 'again']);
  });

  it('that cannot be started leave the step to itself', async () => {
    const { wish, queue, ids } = step(2, 'asked', () => {
      throw new WorkerDied('it could not be started');
    });
    wish({ kind: 'want', count: 3 });
    await soon(() => expect(ids('lost')).toHaveLength(2));
    await settled();
    expect([queue.running, queue.waiting]).toEqual([1, 0]);
  });

  it('all end with the step', async () => {
    const { wish, ids, helpers, queue, alive } = step(4);
    wish({ kind: 'want', count: 3 });
    await soon(() => expect(ids('helper')).toHaveLength(3));
    helpers.end();
    expect([alive(), queue.running]).toEqual([0, 1]);
  });

  it('are called when the device is given more, at the next wish', async () => {
    const { wish, ids, places } = step(1);
    wish({ kind: 'want', count: 3 });
    await settled();
    places.limit = 2;
    wish({ kind: 'want', count: 2 });
    await soon(() => expect(ids('helper')).toEqual([1]));
  });
});
