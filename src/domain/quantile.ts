/** @file Quantiles of ascending values, linear between neighbours: NumPy's default, type 7. */

/** @param share below 0 and above 1 the ends are given. @throws RangeError without values. */
export const quantile = (ascending: ArrayLike<number>, share: number): number => valueAt(ascending, Math.min(1, Math.max(0, share)) * (ascending.length - 1));

/** The value at a place from 0 to n − 1, linear between neighbours. @throws RangeError without values. */
export function valueAt(ascending: ArrayLike<number>, place: number): number {
  if (ascending.length === 0) throw new RangeError('no values have no quantile');
  const below = Math.floor(place);
  const low = ascending[below]!;
  const high = ascending[Math.min(below + 1, ascending.length - 1)]!;
  const part = place - below;
  // Between two equal infinities there is no difference to take a part of.
  if (part === 0 || low === high) return low;
  const difference = high - low;
  // Numbers from both ends of what there is differ by more than a number can be.
  return Number.isFinite(difference) ? low + part * difference : (1 - part) * low + part * high;
}
