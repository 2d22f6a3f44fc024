/** @file A histogram with edges that people would choose: equal widths of 1, 2, 2.5 or 5 times a power of ten. */

export interface Histogram {
  /** One more than there are bins, ascending. A bin holds its lower edge and not its upper one; the last holds both. */
  readonly edges: readonly number[];
  readonly counts: readonly number[];
  /** Values outside, where extreme ones would have squeezed all others into one bin. */
  readonly below: number;
  readonly above: number;
}

const mostBins = 30;
/** Values farther than this many interquartile ranges from the quartiles may be left outside … */
const fence = 5;
/** … if they are at most this share of all. */
const mostOutside = 0.01;
const day = 86_400_000;
/** Widths that suit time, in milliseconds, below a day. */
const clockSteps = [1, 10, 100, 1000, 10_000, 60_000, 600_000, 3_600_000, 6 * 3_600_000];
const mantissas = [1, 2, 2.5, 5];

/** First place in an ascending array whose value is at least (or, `after`, greater than) x. */
function placeOf(sorted: Float64Array, x: number, after: boolean): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < x || (after && sorted[middle]! === x)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A width as numerator / denominator, so that edges such as 3 × 0.1 come out as 0.3. */
interface Step {
  readonly over: number;
  readonly under: number;
}

function* steps(least: number, kind: 'number' | 'whole' | 'date'): Generator<Step> {
  if (kind === 'date') for (const step of clockSteps) yield { over: step, under: 1 };
  const unit = kind === 'date' ? day : 1;
  for (let power = kind === 'number' ? Math.max(-308, Math.floor(Math.log10(least)) - 1) : 0; power < 309; power++) {
    for (const mantissa of mantissas) {
      if (kind !== 'number' && mantissa === 2.5 && power === 0) continue;
      if (power >= 0) yield { over: mantissa * 10 ** power * unit, under: 1 };
      else if (power > -307) yield { over: mantissa * 10, under: 10 ** (1 - power) };
    }
  }
}

function edgesOf(low: number, high: number, kind: 'number' | 'whole' | 'date'): number[] {
  const span = high - low;
  if (span === 0 || !Number.isFinite(span)) return [low, high];
  for (const { over, under } of steps(span / mostBins, kind)) {
    if ((span / over) * under > mostBins) continue;
    const first = Math.floor((low / over) * under + 1e-9);
    const end = kind === 'whole' ? Math.floor(high / over) + 1 : Math.max(first + 1, Math.ceil((high / over) * under - 1e-9));
    if (end - first > mostBins) continue;
    const edges = Array.from({ length: end - first + 1 }, (_, i) => ((first + i) * over) / under);
    // Rounding may leave an end just outside, or merge edges that are too fine for their size.
    if (edges[0]! > low) edges[0] = low;
    if (edges.at(-1)! < high) edges[edges.length - 1] = high;
    return edges.every((edge, i) => Number.isFinite(edge) && (i === 0 || edge > edges[i - 1]!)) ? edges : [low, high];
  }
  return [low, high];
}

/**
 * At most 30 bins. For whole numbers the width is whole. Values more than 5 interquartile ranges beyond the quartiles are left outside
 * and counted, if they are at most 1 % of all; a heavier tail is shown whole.
 * @param sorted finite values, ascending, at least one.
 * @param quartiles of the same values.
 */
export function histogramOf(sorted: Float64Array, [first, third]: readonly [number, number], kind: 'number' | 'whole' | 'date'): Histogram {
  const n = sorted.length;
  const reach = fence * (third - first);
  let from = 0;
  let to = n;
  if (reach > 0) {
    from = placeOf(sorted, first - reach, false);
    to = placeOf(sorted, third + reach, true);
    if (from + n - to > mostOutside * n) [from, to] = [0, n];
  }
  const edges = edgesOf(sorted[from]!, sorted[to - 1]!, kind);
  const places = edges.map((edge, i) => (i === 0 ? from : i === edges.length - 1 ? to : placeOf(sorted, edge, false)));
  return { edges, counts: places.slice(1).map((place, i) => place - places[i]!), below: from, above: n - to };
}
