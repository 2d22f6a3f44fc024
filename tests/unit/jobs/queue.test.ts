/** The laws of the queue: how many run, who is next, who waits for how long. */
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { JobQueue, patience, urgencies, type Turn, type Urgency } from '../../../src/jobs/queue';

/** What one claim does in a random history. */
interface Asked {
  readonly urgency: Urgency;
  readonly parent: number;
}

type Move = { readonly kind: 'ask'; readonly asked: Asked } | { readonly kind: 'end'; readonly which: number } | { readonly kind: 'limit'; readonly limit: number };

const asked = fc.record({ urgency: fc.constantFrom(...urgencies), parent: fc.nat(3) });
const moves = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: fc.record({ kind: fc.constant('ask' as const), asked }) },
    { weight: 4, arbitrary: fc.record({ kind: fc.constant('end' as const), which: fc.nat() }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('limit' as const), limit: fc.integer({ min: 1, max: 5 }) }) },
  ),
  { maxLength: 80 },
);

interface Held extends Asked {
  readonly turn: Turn;
}

/** Plays a history and calls `look` after each move. */
function play(history: readonly Move[], look: (queue: JobQueue, held: readonly Held[], limit: number, raised: boolean) => void): void {
  let limit = 2;
  const queue = new JobQueue(() => limit);
  const parents = [{}, {}, {}, {}];
  const held: Held[] = [];
  for (const move of history) {
    let lowered = false;
    if (move.kind === 'ask') held.push({ ...move.asked, turn: queue.ask({ urgency: move.asked.urgency, parent: parents[move.asked.parent]! }) });
    else if (move.kind === 'end' && held.length > 0) held.splice(move.which % held.length, 1)[0]!.turn.end();
    else if (move.kind === 'limit') {
      lowered = move.limit < limit;
      limit = move.limit;
      queue.settle();
    }
    look(queue, held, limit, lowered);
  }
}

const runs = ({ turn }: Held): boolean => !turn.waiting;

describe('the queue', () => {
  it('never starts more than the limit, but for one that somebody waits for, and leaves no place empty', () => {
    fc.assert(
      fc.property(moves, (history) => {
        let before = 0;
        play(history, (queue, held, limit) => {
          const running = held.filter(runs);
          expect(queue.running).toBe(running.length);
          expect(queue.waiting).toBe(held.length - running.length);
          // More than may can only be left from before the limit fell.
          if (running.length > before) expect(running.length).toBeLessThanOrEqual(limit + (running.some(({ urgency }) => urgency === 'now') ? 1 : 0));
          if (running.length < limit) expect(queue.waiting).toBe(0);
          if (running.length <= limit) expect(held.some((one) => !runs(one) && one.urgency === 'now')).toBe(false);
          before = running.length;
        });
      }),
    );
  });

  it('serves the claims of one parent and urgency in the order in which they were made', () => {
    fc.assert(
      fc.property(moves, (history) =>
        play(history, (_queue, held) => {
          for (const parent of [0, 1, 2, 3])
            for (const urgency of urgencies) {
              const line = held.filter((one) => one.parent === parent && one.urgency === urgency);
              // Those that run, then those that wait.
              expect(line.map(runs)).toEqual(line.map(runs).sort((a, b) => Number(b) - Number(a)));
            }
        }),
      ),
    );
  });

  it('starves nobody, whatever keeps coming', () => {
    fc.assert(
      fc.property(fc.array(asked, { minLength: 300, maxLength: 300 }), fc.constantFrom(...urgencies), fc.integer({ min: 1, max: 3 }), (stream, urgency, limit) => {
        const queue = new JobQueue(() => limit);
        const running: Turn[] = Array.from({ length: limit }, () => queue.ask({ urgency: 'asked' }));
        const patient = queue.ask({ urgency });
        const arrivals: Turn[] = [];
        let starts = 0;
        for (const next of stream) {
          if (!patient.waiting) break;
          // Every arrival is a parent of its own: each of them would go before one that was served.
          arrivals.push(queue.ask({ urgency: next.urgency }));
          running.shift()?.end();
          const fresh = arrivals.filter((turn) => !turn.waiting);
          starts += fresh.length;
          fresh.forEach((turn) => {
            arrivals.splice(arrivals.indexOf(turn), 1);
            running.push(turn);
          });
        }
        expect(patient.waiting).toBe(false);
        expect(starts).toBeLessThanOrEqual(2 * (patience + 2 * limit + 2));
      }),
    );
  });

  it('gives parents of one urgency turns alike, however many each asks for', () => {
    const queue = new JobQueue(() => 1);
    const order: string[] = [];
    const first = queue.ask({ urgency: 'sweep' });
    const [large, small] = [{}, {}];
    const turns = new Map<string, Turn>();
    for (let i = 0; i < 4; i++) turns.set(`large ${i}`, queue.ask({ urgency: 'sweep', parent: large }));
    for (let i = 0; i < 2; i++) turns.set(`small ${i}`, queue.ask({ urgency: 'sweep', parent: small }));
    first.end();
    while (turns.size > 0) {
      const [name, turn] = [...turns].find(([, one]) => !one.waiting)!;
      order.push(name);
      turns.delete(name);
      turn.end();
    }
    expect(order).toEqual(['large 0', 'small 0', 'large 1', 'small 1', 'large 2', 'large 3']);
  });

  it('starts what a person asked for before what a search began earlier', () => {
    const queue = new JobQueue(() => 1);
    const first = queue.ask({ urgency: 'sweep' });
    const sweep = queue.ask({ urgency: 'sweep' });
    const training = queue.ask({ urgency: 'asked' });
    first.end();
    expect([sweep.waiting, training.waiting]).toEqual([true, false]);
  });

  it('lets one whom somebody waits for in beside full places, and a second only after the first', () => {
    const queue = new JobQueue(() => 2);
    queue.ask({ urgency: 'asked' });
    queue.ask({ urgency: 'asked' });
    const [preview, profile] = [queue.ask({ urgency: 'now' }), queue.ask({ urgency: 'now' })];
    expect([preview.waiting, profile.waiting]).toEqual([false, true]);
    preview.end();
    expect(profile.waiting).toBe(false);
  });

  it('lets one that has not started leave with its reason, and the next one up', async () => {
    const queue = new JobQueue(() => 1);
    const running = queue.ask({ urgency: 'asked' });
    const [gone, next] = [queue.ask({ urgency: 'asked' }), queue.ask({ urgency: 'asked' })];
    gone.end(new Error('not wanted any more'));
    await expect(gone.granted).rejects.toThrow('not wanted any more');
    running.end();
    await expect(next.granted).resolves.toBeUndefined();
    gone.end();
    expect([queue.running, queue.waiting]).toEqual([1, 0]);
  });

  it('lets one that will be over in a moment go before all others', () => {
    const queue = new JobQueue(() => 1);
    queue.ask({ urgency: 'asked' });
    const stopped = queue.ask({ urgency: 'sweep' });
    expect(stopped.waiting).toBe(true);
    stopped.hurry();
    expect(stopped.waiting).toBe(false);
  });

  it('gives a place back however the work in it ends', async () => {
    const queue = new JobQueue(() => 1);
    await expect(queue.during({ urgency: 'now' }, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await expect(queue.during({ urgency: 'now' }, () => Promise.resolve(queue.running))).resolves.toBe(1);
    expect(queue.running).toBe(0);
  });
});

describe('a place that can be given up', () => {
  /** A parent that runs in two of two places, the second of which yields. */
  const spread = (queue: JobQueue, urgency: Urgency = 'asked') => {
    const parent = {};
    const yields = vi.fn();
    queue.ask({ urgency, parent });
    const second = queue.ask({ urgency, parent, yields });
    return { yields, second };
  };

  it('is asked for when another parent has none, once, and goes to it', () => {
    const queue = new JobQueue(() => 2);
    const { yields, second } = spread(queue);
    const other = queue.ask({ urgency: 'asked' });
    queue.settle();
    expect(yields).toHaveBeenCalledTimes(1);
    expect(other.waiting).toBe(true);
    second.end();
    expect(other.waiting).toBe(false);
  });

  it('is not asked for by what is less urgent, nor by another place of its own parent', () => {
    const queue = new JobQueue(() => 2);
    const parent = {};
    const yields = vi.fn();
    queue.ask({ urgency: 'asked', parent });
    queue.ask({ urgency: 'asked', parent, yields });
    queue.ask({ urgency: 'asked', parent });
    queue.ask({ urgency: 'sweep' });
    expect(yields).not.toHaveBeenCalled();
  });

  it('is not asked for where it would come back at once', () => {
    const queue = new JobQueue(() => 3);
    const { yields } = spread(queue);
    const parent = {};
    queue.ask({ urgency: 'asked', parent });
    queue.ask({ urgency: 'asked', parent });
    expect(yields).not.toHaveBeenCalled();
  });

  it('is asked for when the device is told to use less', () => {
    let limit = 2;
    const queue = new JobQueue(() => limit);
    const { yields } = spread(queue);
    limit = 1;
    queue.settle();
    expect(yields).toHaveBeenCalledTimes(1);
  });
});
