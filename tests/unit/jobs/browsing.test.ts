import { beforeEach, describe, expect, it, vi } from 'vitest';

interface Started {
  readonly end: ReturnType<typeof vi.fn>;
}
const started = vi.hoisted(() => [] as Started[]);
vi.mock('../../../src/jobs/remote', () => ({
  RemoteWorker: {
    start: () => {
      const worker = { api: { worker: started.length }, watch: () => undefined, race: <T>(call: T): T => call, end: vi.fn() };
      started.push(worker);
      return Promise.resolve(worker);
    },
  },
}));

let browsing: typeof import('../../../src/jobs/browsing');
beforeEach(async () => {
  started.length = 0;
  vi.resetModules();
  browsing = await import('../../../src/jobs/browsing');
});

/** A question that waits until it is answered. */
function question(): { readonly answer: (text: string) => void; readonly asked: Promise<string> } {
  let answer!: (text: string) => void;
  const waiting = new Promise<string>((resolve) => (answer = resolve));
  return { answer, asked: browsing.browse(() => waiting) };
}
const ends = (): number[] => started.map(({ end }) => end.mock.calls.length);

describe('the browsing worker', () => {
  it('is one for all questions, and goes when the grid leaves', async () => {
    const [one, two] = [question(), question()];
    one.answer('a');
    two.answer('b');
    expect(await Promise.all([one.asked, two.asked])).toEqual(['a', 'b']);
    browsing.endBrowsing();
    await vi.waitFor(() => expect(ends()).toEqual([1]));
  });

  it('finishes an export that is under way when the grid leaves, and goes after it', async () => {
    const rows = question();
    const csv = question();
    browsing.endBrowsing();
    rows.answer('rows');
    await rows.asked;
    expect(ends()).toEqual([0]);
    csv.answer('all of it');
    expect(await csv.asked).toBe('all of it');
    await vi.waitFor(() => expect(ends()).toEqual([1]));
  });

  it('stays when another grid asks meanwhile, and is started anew after it went', async () => {
    const csv = question();
    browsing.endBrowsing();
    const rows = question();
    csv.answer('all of it');
    rows.answer('rows');
    await Promise.all([csv.asked, rows.asked]);
    expect(ends()).toEqual([0]);
    browsing.endBrowsing();
    const later = question();
    later.answer('more');
    await later.asked;
    expect(started).toHaveLength(2);
  });

  it('is not needed by one whose question failed', async () => {
    const asked = browsing.browse(() => Promise.reject(new Error('no such table')));
    browsing.endBrowsing();
    await expect(asked).rejects.toThrow('no such table');
    await vi.waitFor(() => expect(ends()).toEqual([1]));
  });
});
