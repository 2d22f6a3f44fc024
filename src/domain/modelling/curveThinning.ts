/** @file Which points of a long curve to draw: its ends, its upper hull, and the rest at even steps along it. */

/** More points than a chart can show apart. */
export const mostCurvePoints = 400;

/**
 * Indices to keep, ascending, at most `most`. The curve must be monotone in x, in either direction. Ends and upper convex hull are kept
 * (a hull larger than `most` is itself thinned evenly); what remains is spread evenly along |Δx| + |Δy|.
 * @throws RangeError unless most is a whole number from 2 on.
 */
export function thinnedIndices(x: Float64Array, y: Float64Array, most: number = mostCurvePoints): Uint32Array {
  if (!Number.isInteger(most) || most < 2) throw new RangeError(`at least the two ends must be kept, not ${most}`);
  const n = x.length;
  if (n <= most) return Uint32Array.from({ length: n }, (_, i) => i);
  const hull = upperHull(x, y);
  const keep = new Uint8Array(n);
  let kept = 0;
  const add = (i: number): void => {
    if (keep[i] === 0) kept++;
    keep[i] = 1;
  };
  const step = hull.length <= most ? 1 : (hull.length - 1) / (most - 1);
  for (let h = 0; h < hull.length && kept < most; h += step) add(hull[Math.round(h)]!);
  add(0);
  add(n - 1);
  let length = 0;
  for (let i = 1; i < n; i++) length += Math.abs(x[i]! - x[i - 1]!) + Math.abs(y[i]! - y[i - 1]!);
  const spare = most - kept;
  let walked = 0;
  let placed = 0;
  for (let i = 1; i < n && placed < spare; i++) {
    walked += Math.abs(x[i]! - x[i - 1]!) + Math.abs(y[i]! - y[i - 1]!);
    if (walked * (spare + 1) < (placed + 1) * length) continue;
    while (placed < spare && walked * (spare + 1) >= (placed + 1) * length) placed++;
    add(i);
  }
  const indices = new Uint32Array(kept);
  for (let i = 0, at = 0; i < n; i++) if (keep[i] === 1) indices[at++] = i;
  return indices;
}

/** Indices of the least concave curve above the points (Andrew's chain), in order of x. */
function upperHull(x: Float64Array, y: Float64Array): number[] {
  const n = x.length;
  const rising = x[0]! <= x[n - 1]!;
  const hull: number[] = [];
  for (let j = 0; j < n; j++) {
    const c = rising ? j : n - 1 - j;
    while (hull.length >= 2) {
      const a = hull.at(-2)!;
      const b = hull.at(-1)!;
      if ((x[b]! - x[a]!) * (y[c]! - y[a]!) - (y[b]! - y[a]!) * (x[c]! - x[a]!) < 0) break;
      hull.pop();
    }
    hull.push(c);
  }
  return hull;
}
