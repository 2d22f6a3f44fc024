/** @file Where a whisker's parts stand on its scale, in percent, clamped to the scale and saying so. */

export interface WhiskerInput {
  readonly value: number | null;
  readonly low?: number | null | undefined;
  readonly high?: number | null | undefined;
  readonly target?: number | null | undefined;
  /** The ends of the scale, in the value's unit. */
  readonly domain: readonly [number, number];
}

export interface WhiskerPlaces {
  /** Percent along the scale, 0 to 100; null: not drawn. */
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly target: number | null;
  /** True where the interval or the value reaches past that end of the scale. */
  readonly beyondLow: boolean;
  readonly beyondHigh: boolean;
  /** The value itself is off the scale: its dot is hollow. */
  readonly valueBeyond: boolean;
  readonly targetBeyond: boolean;
}

const given = (x: number | null | undefined): x is number => x !== null && x !== undefined && !Number.isNaN(x);

/** Places on the scale. A scale of no length puts everything in the middle. Ends given in the wrong order are put right. */
export function whiskerScale({ value, low, high, target, domain }: WhiskerInput): WhiskerPlaces {
  const from = Math.min(domain[0], domain[1]);
  const to = Math.max(domain[0], domain[1]);
  const place = (x: number): number => (to > from ? Math.min(100, Math.max(0, ((x - from) / (to - from)) * 100)) : 50);
  const ends = [value, low, high].filter(given);
  return {
    value: given(value) ? place(value) : null,
    low: given(low) && given(high) ? place(Math.min(low, high)) : null,
    high: given(low) && given(high) ? place(Math.max(low, high)) : null,
    target: given(target) ? place(target) : null,
    beyondLow: ends.some((x) => x < from),
    beyondHigh: ends.some((x) => x > to),
    valueBeyond: given(value) && (value < from || value > to),
    targetBeyond: given(target) && (target < from || target > to),
  };
}

/** A scale that holds every value, interval and target, with a margin of a twentieth on each side. */
export function domainOf(parts: readonly Omit<WhiskerInput, 'domain'>[]): readonly [number, number] {
  let low = Infinity;
  let high = -Infinity;
  for (const part of parts) {
    for (const x of [part.value, part.low, part.high, part.target]) {
      if (!given(x) || !Number.isFinite(x)) continue;
      if (x < low) low = x;
      if (x > high) high = x;
    }
  }
  if (low > high) return [0, 1];
  const margin = (high - low) * 0.05 || Math.abs(high) * 0.05 || 0.5;
  return [low - margin, high + margin];
}
