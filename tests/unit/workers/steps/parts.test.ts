/** Parts give what they give one after another, whoever computes them, whoever comes, leaves or dies meanwhile. */
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { Refusal } from '../../../../src/domain/refusal';
import type { HelperNews, HelperWish } from '../../../../workers/steps/api';
import { breathe } from '../../../../workers/steps/breathe';
import { help } from '../../../../workers/steps/helping';
import { PartLost, runParts, type PartWork } from '../../../../workers/steps/parts';

interface Shared {
  readonly values: Float64Array;
  /** How many breaths a part takes. */
  readonly breaths: readonly number[];
  readonly refused: readonly number[];
  readonly ending: readonly number[];
}
interface Answer {
  readonly part: number;
  readonly scaled: Float64Array;
  readonly isLast: boolean;
}

const scale: PartWork<Shared, Answer> = {
  name: 'scale',
  begin: ({ values, breaths, refused, ending }) => {
    const total = values.reduce((sum, value) => sum + value, 0);
    return async (part, hooks) => {
      for (let i = 0; i < breaths[part]!; i++) {
        await hooks.breathe();
        hooks.share((i + 1) / (breaths[part]! + 1));
      }
      if (refused.includes(part)) throw new Refusal('partRefused', { part });
      return { part, scaled: values.map((value) => (value * (part + 1)) / (1 + total)), isLast: ending.includes(part) };
    };
  },
  ends: ({ isLast }) => isLast,
};
const works = new Map([[scale.name, scale]]);

const sharedOf = (breaths: readonly number[], more: Partial<Shared> = {}): Shared => ({ values: Float64Array.from({ length: 9 }, (_, i) => i / 7), breaths, refused: [], ending: [], ...more });

/** How the parts ended, as data. */
async function ended(work: Promise<Answer[]>): Promise<unknown> {
  return work.then(
    (answers) => answers.map(({ part, scaled }) => [part, ...scaled]),
    (error: unknown) => (error instanceof Refusal ? [error.code, error.details] : [(error as Error).name]),
  );
}

/** The page, without threads: as many helpers as are wanted and allowed, and what is done to them. */
class FakePage {
  readonly port: MessagePort;
  readonly #own: MessagePort;
  readonly #alive = new Map<number, MessagePort>();
  readonly wants: number[] = [];
  readonly freed: number[] = [];
  joined = 0;

  constructor(
    readonly most: number,
    /** What becomes of each helper, in order; after that, nothing. */
    readonly fates: ('dies' | 'retires' | 'stays')[] = [],
  ) {
    const { port1, port2 } = new MessageChannel();
    [this.#own, this.port] = [port1, port2];
    this.#own.onmessage = ({ data }: MessageEvent<HelperWish>) => {
      if (data.kind === 'free') {
        this.freed.push(data.id);
        this.#alive.delete(data.id);
      } else {
        this.wants.push(data.count);
        while (this.#alive.size < Math.min(this.most, this.wants.at(-1)!)) this.#join();
      }
    };
  }

  #tell(news: HelperNews, ports: MessagePort[] = []): void {
    this.#own.postMessage(news, ports);
  }

  #join(): void {
    const id = ++this.joined;
    const { port1, port2 } = new MessageChannel();
    this.#alive.set(id, port1);
    help(works, port1);
    this.#tell({ kind: 'helper', id, port: port2 }, [port2]);
    const fate = this.fates.shift() ?? 'stays';
    if (fate === 'stays') return;
    setTimeout(() => {
      if (!this.#alive.has(id)) return;
      if (fate === 'retires') return this.#tell({ kind: 'retire', id });
      port1.close();
      this.#alive.delete(id);
      this.#tell({ kind: 'lost', id, reason: 'out of memory' });
    }, 2);
  }

  end(): void {
    this.#own.close();
    this.#alive.forEach((port) => port.close());
  }
}

/** As if computing took a while here, so that helpers have their turn. */
function slowBreathe(): () => Promise<void> {
  let breaths = 0;
  return () => (++breaths % 20 === 0 ? new Promise((resolve) => setTimeout(resolve, 1)) : breathe());
}

const alone = (shared: Shared): Promise<Answer[]> => runParts(scale, shared, shared.breaths.length, { breathe });

async function together(shared: Shared, page: FakePage, options: { breathe?: () => Promise<void>; tell?: (done: number, workers: number) => void } = {}): Promise<Answer[]> {
  try {
    return await runParts(scale, shared, shared.breaths.length, { breathe: slowBreathe(), helpers: page.port, worthMs: 0, ...options });
  } finally {
    page.end();
  }
}

describe('parts of a step', () => {
  it('give the same answers, or the same ending, as one after another, whoever helps, leaves or dies once', async () => {
    let joined = 0;
    const parts = fc.array(fc.integer({ min: 0, max: 600 }), { minLength: 1, maxLength: 9 });
    const some = fc.uniqueArray(fc.nat(8), { maxLength: 2 });
    const fates = fc.array(fc.constantFrom('retires' as const, 'stays' as const), { maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(parts, some, some, fates, fc.boolean(), fc.integer({ min: 1, max: 3 }), async (breaths, refused, ending, stay, dies, most) => {
        const shared = sharedOf(breaths, { refused, ending });
        const page = new FakePage(most, dies ? ['dies', ...stay] : stay);
        expect(await ended(together(shared, page))).toEqual(await ended(alone(shared)));
        joined += page.joined;
      }),
      { numRuns: 100 },
    );
    expect(joined).toBeGreaterThan(50);
  });

  it('are computed by helpers too, and tell how many are at work', async () => {
    const page = new FakePage(2);
    const told: [number, number][] = [];
    await together(sharedOf(new Array<number>(8).fill(300)), page, { tell: (done, workers) => told.push([done, workers]) });
    expect(page.joined).toBe(2);
    expect(Math.max(...told.map(([, workers]) => workers))).toBe(3);
    expect(told.at(-1)![0]).toBe(8);
    told.reduce((before, [done]) => (expect(done).toBeGreaterThanOrEqual(before), done), 0);
  });

  it('that are over soon wait for no helper', async () => {
    const page = new FakePage(2);
    await runParts(scale, sharedOf([1, 1, 1]), 3, { breathe, helpers: page.port, worthMs: 10_000 });
    expect(page.wants).toEqual([]);
    page.end();
  });

  it('that use what only one worker can have ask for no helper', async () => {
    const page = new FakePage(2);
    await runParts(scale, sharedOf([300, 300]), 2, { breathe, helpers: page.port, worthMs: 0, alone: true });
    expect(page.wants).toEqual([]);
    page.end();
  });

  it('wish for fewer helpers as they are given out, for none in the end, and free all of them', async () => {
    const page = new FakePage(3);
    await runParts(scale, sharedOf(new Array<number>(6).fill(500)), 6, { breathe: slowBreathe(), helpers: page.port, worthMs: 0 });
    await vi.waitFor(() => expect(page.wants.at(-1)).toBe(0));
    expect(page.joined).toBe(3);
    expect(page.wants).toEqual(page.wants.toSorted((a, b) => b - a));
    await vi.waitFor(() => expect(page.freed.toSorted()).toEqual([1, 2, 3]));
    page.end();
  });

  it('leave the shared data to the worker that has it', async () => {
    const shared = sharedOf(new Array<number>(4).fill(500));
    const page = new FakePage(2);
    await together(shared, page);
    expect(page.joined).toBe(2);
    expect(shared.values).toHaveLength(9);
  });

  it('end when a part has ended two workers', async () => {
    // The step's own worker is kept busy with the first part, so that helpers alone meet the second.
    const shared = sharedOf([20_000, 20_000]);
    expect(await ended(together(shared, new FakePage(1, ['dies', 'dies'])))).toEqual([new PartLost('').name]);
  });

  it('end at once with what a breath throws, however much is under way', async () => {
    const shared = sharedOf([10, 1e9, 1e9]);
    const page = new FakePage(2);
    let breaths = 0;
    const stopping = async (): Promise<void> => {
      await breathe();
      if (++breaths > 50) throw new Refusal('stopped');
    };
    expect(await ended(together(shared, page, { breathe: stopping }))).toEqual(['stopped', {}]);
  });

  it('throw what a helper threw, by its name', async () => {
    const { port1, port2 } = new MessageChannel();
    const told = new Promise((resolve) => (port2.onmessage = ({ data }) => resolve(data)));
    help(new Map(), port1);
    port2.postMessage({ kind: 'begin', work: 'unknown', shared: {} });
    port2.postMessage({ kind: 'part', part: 3 });
    expect(await told).toEqual({ part: 3, kind: 'threw', name: 'TypeError', message: 'this worker does not compute parts of unknown' });
    port2.close();
  });
});
