/** @file A scale for whiskers whose ends are short numbers, so that they can be printed beside it. */

import { domainOf } from './whiskerScale';

/**
 * The scale that holds every value, interval and target, its ends moved outwards to whole steps of about a tenth of it.
 * @param limits the range of possible values, which the ends do not leave; null where there is none.
 */
export function roundedDomain(
  parts: Parameters<typeof domainOf>[0],
  limits: readonly [number | null, number | null] = [null, null],
): readonly [number, number] {
  const [low, high] = domainOf(parts);
  // Below this a tenth of a power of ten would be no number any more.
  const width = Math.max(high - low, 1e-290);
  const power = 10 ** Math.floor(Math.log10(width));
  const step = width / power < 2 ? power / 10 : width / power < 5 ? power / 5 : power / 2;
  // Twelve digits: 3 × 0.1 must read 0.3.
  const short = (value: number): number => Number(value.toPrecision(12));
  return [Math.max(limits[0] ?? -Infinity, short(Math.floor(low / step) * step)), Math.min(limits[1] ?? Infinity, short(Math.ceil(high / step) * step))];
}
