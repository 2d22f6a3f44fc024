/** @file Timing requests with a clock that is coarser than they are. */

/**
 * The finest step of a clock, as it shows itself. Browsers coarsen their clock to 0.005 to 1 ms.
 * @param now the clock, in milliseconds
 */
export function clockStep(now: () => number, looks = 5): number {
  let step = Infinity;
  for (let look = 0; look < looks; look++) {
    const started = now();
    let next = started;
    while (next === started) next = now();
    step = Math.min(step, next - started);
  }
  return step;
}

/**
 * Times `answer` on requests in turn, with the clock given. Where one request is quicker than the clock can tell, several in a row
 * are timed together and each timing is their mean; how many is said.
 * @param warmUp requests that are answered first and not timed
 * @returns milliseconds a request, one for each timing
 */
export async function timings(count: number, warmUp: number, now: () => number, answer: (i: number) => unknown): Promise<{ readonly taken: number[]; readonly together: number }> {
  for (let i = 0; i < warmUp; i++) await answer(i);
  // Ten steps of the clock to a timing keep its error at a tenth.
  const enough = 10 * clockStep(now);
  let together = 1;
  for (;;) {
    const begun = now();
    for (let k = 0; k < together; k++) await answer(warmUp + k);
    if (now() - begun >= enough || together >= 1_000) break;
    together *= 2;
  }
  const taken: number[] = [];
  for (let i = 0; i < count; i++) {
    const begun = now();
    for (let k = 0; k < together; k++) await answer(warmUp + i * together + k);
    taken.push((now() - begun) / together);
  }
  return { taken, together };
}
