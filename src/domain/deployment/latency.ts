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

/** How a measurement keeps its place among others. */
export interface Pace {
  /** Asked between timings, outside of them: lets others have their turn. */
  readonly breathe?: () => Promise<void> | undefined;
  /** Milliseconds after which no further timing begins; there is always one. */
  readonly withinMs?: number;
}

export interface Timings {
  /** Milliseconds a request, one for each timing: as many as were asked for, or as the time allowed. */
  readonly taken: number[];
  /** Requests in each timing. */
  readonly together: number;
  /** Requests that were answered first and not timed. */
  readonly warmUp: number;
}

/** The share of the time that the warm-up may take. */
const warmUpShare = 0.2;

/**
 * Times `answer` on requests in turn, with the clock given. Where one request is quicker than the clock can tell, several in a row
 * are timed together and each timing is their mean; how many is said.
 * @param warmUp requests that are answered first and not timed; fewer, but one, where time is short
 */
export async function timings(count: number, warmUp: number, now: () => number, answer: (i: number) => unknown, { breathe = () => undefined, withinMs = Infinity }: Pace = {}): Promise<Timings> {
  const started = now();
  let warm = 0;
  while (warm < warmUp && (warm === 0 || now() - started < warmUpShare * withinMs)) {
    await answer(warm++);
    await breathe();
  }
  // Ten steps of the clock to a timing keep its error at a tenth.
  const enough = 10 * clockStep(now);
  let together = 1;
  for (;;) {
    const begun = now();
    for (let k = 0; k < together; k++) await answer(warm + k);
    const isEnough = now() - begun >= enough || together >= 1_000;
    await breathe();
    if (isEnough) break;
    together *= 2;
  }
  const taken: number[] = [];
  for (let i = 0; i < count && (i === 0 || now() - started < withinMs); i++) {
    const begun = now();
    for (let k = 0; k < together; k++) await answer(warm + i * together + k);
    taken.push((now() - begun) / together);
    await breathe();
  }
  return { taken, together, warmUp: warm };
}

/** Milliseconds of a pass over a batch, and of the rows that are answered at once, at most. */
const [passMs, blockMs] = [2_000, 20];

/**
 * How many rows a pass over a batch can have without taking long, and how many of them are answered at once: from timings of ever more rows,
 * until they take long enough to be told from the clock's steps and from chance.
 * @param most rows of the batch @param answer answers that many rows
 */
export async function batchFor(most: number, now: () => number, answer: (rows: number) => unknown, breathe: () => Promise<void> | undefined): Promise<{ readonly rows: number; readonly block: number }> {
  const enough = Math.max(blockMs, 10 * clockStep(now));
  const timed = async (rows: number): Promise<number> => {
    const begun = now();
    await answer(rows);
    const ms = now() - begun;
    await breathe();
    return ms;
  };
  await timed(1);
  let rows = 1;
  let ms = await timed(rows);
  for (;;) {
    // A single slow timing may be chance.
    if (ms >= enough) ms = Math.min(ms, await timed(rows));
    if (ms >= enough || rows >= most) break;
    rows = Math.min(most, 2 * rows);
    ms = await timed(rows);
  }
  const within = (limit: number): number => Math.max(1, Math.min(most, Math.floor((limit * rows) / ms)));
  return { rows: within(passMs), block: within(blockMs) };
}
