/** @file Latency and throughput from raw timings. Measurements: events, never cached and never hashed. */

/**
 * The quantile of timings, linear between neighbours (numpy's default).
 * @param share 0 to 1
 */
export function timingQuantile(timings: readonly number[], share: number): number {
  const sorted = [...timings].sort((a, b) => a - b);
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  const above = Math.min(sorted.length - 1, below + 1);
  return sorted[below]! + (sorted[above]! - sorted[below]!) * (place - below);
}

/**
 * Times `answer` on requests in turn, with the clock given.
 * @param warmUp requests that are answered first and not timed
 * @returns milliseconds, one a timed request
 */
export async function timings(requests: number, warmUp: number, now: () => number, answer: (i: number) => unknown): Promise<number[]> {
  for (let i = 0; i < warmUp; i++) await answer(i);
  const taken: number[] = [];
  for (let i = 0; i < requests; i++) {
    const started = now();
    await answer(warmUp + i);
    taken.push(now() - started);
  }
  return taken;
}
