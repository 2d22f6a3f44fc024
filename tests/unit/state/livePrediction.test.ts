import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LivePrediction, type Answer, type Answers, type Request } from '../../../src/state/livePrediction.svelte';

const ask = (value: string): Request => [{ column: 'a', value }];
const answerTo = (request: Request): Answer => ({ kind: 'value', value: Number(request[0]!.value) });

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function servers(delay: (request: Request) => number = () => 0): { start: () => Promise<Answers>; asked: Request[]; ended: () => number } {
  const asked: Request[] = [];
  let ended = 0;
  const start = (): Promise<Answers> =>
    Promise.resolve({
      answer: (request: Request) => {
        asked.push(request);
        return new Promise<Answer>((resolve) => setTimeout(() => resolve(answerTo(request)), delay(request)));
      },
      end: () => void ended++,
    });
  return { start, asked, ended: () => ended };
}
const failed = (error: unknown): void => {
  throw error;
};

describe('LivePrediction', () => {
  it('asks only the last of a burst of questions', async () => {
    const server = servers();
    const live = new LivePrediction(server.start, 100);
    for (const value of ['1', '2', '3']) live.ask(ask(value), failed);
    expect(live.waiting).toBe(true);
    await vi.advanceTimersByTimeAsync(200);
    expect(server.asked).toEqual([ask('3')]);
    expect(live.answer).toEqual({ kind: 'value', value: 3 });
    expect(live.waiting).toBe(false);
  });
  it('tells of an answer once it stands, and of the same question once', async () => {
    const server = servers();
    const stood: string[] = [];
    const live = new LivePrediction(server.start, 100, (request, answer) => void stood.push(`${request[0]!.value} ${answer.kind === 'value' ? answer.value : ''}`));
    live.ask(ask('1'), failed);
    await vi.advanceTimersByTimeAsync(1_000);
    live.ask(ask('2'), failed);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(stood).toEqual(['2 2']);
    live.ask(ask('2'), failed);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(stood).toEqual(['2 2']);
    live.ask(ask('3'), failed);
    await vi.advanceTimersByTimeAsync(500);
    live.end();
    await vi.advanceTimersByTimeAsync(3_000);
    expect(stood).toEqual(['2 2']);
  });
  it('drops an answer that comes after a later question', async () => {
    const server = servers((request) => (request[0]!.value === '1' ? 1000 : 10));
    const live = new LivePrediction(server.start, 10);
    live.ask(ask('1'), failed);
    await vi.advanceTimersByTimeAsync(50);
    live.ask(ask('2'), failed);
    await vi.advanceTimersByTimeAsync(2000);
    expect(server.asked).toHaveLength(2);
    expect(live.answer).toEqual({ kind: 'value', value: 2 });
  });
  it('tells a failure and starts anew at the next question', async () => {
    let starts = 0;
    const errors: unknown[] = [];
    const good = servers();
    const live = new LivePrediction(() => (++starts === 1 ? Promise.reject(new Error('died')) : good.start()), 10);
    live.ask(ask('1'), (error) => void errors.push(error));
    await vi.advanceTimersByTimeAsync(50);
    expect(errors).toHaveLength(1);
    live.ask(ask('2'), failed);
    await vi.advanceTimersByTimeAsync(50);
    expect(starts).toBe(2);
    expect(live.answer).toEqual({ kind: 'value', value: 2 });
  });
  it('says nothing after it was ended', async () => {
    const server = servers(() => 100);
    const live = new LivePrediction(server.start, 10);
    live.ask(ask('1'), failed);
    await vi.advanceTimersByTimeAsync(50);
    live.end();
    await vi.advanceTimersByTimeAsync(500);
    expect(live.answer).toBeNull();
    expect(server.ended()).toBe(1);
  });
});
