/** @file Student's t at 97.5 %: the half-width, in standard errors, of a 95 % interval from few rows. In plain arithmetic, since it runs on the page, whose policy some libraries trip over. */

import { z95 } from './interval';

/** Where the series below is not good enough. */
const few = [12.706204736, 4.302652730, 3.182446305, 2.776445105, 2.570581836, 2.446911851];

/**
 * The 97.5 % point of t. Above six degrees of freedom by the expansion in 1/ν of Hill 1970 (Abramowitz and Stegun 26.7.5): within 6e-5 of the truth.
 * @param degrees of freedom, at least 1
 */
export function t975(degrees: number): number {
  const whole = few[Math.floor(degrees) - 1];
  if (degrees <= few.length && whole !== undefined) return whole;
  const z = z95;
  const [z3, z5, z7, z9] = [z ** 3, z ** 5, z ** 7, z ** 9];
  return (
    z +
    (z3 + z) / (4 * degrees) +
    (5 * z5 + 16 * z3 + 3 * z) / (96 * degrees ** 2) +
    (3 * z7 + 19 * z5 + 17 * z3 - 15 * z) / (384 * degrees ** 3) +
    (79 * z9 + 776 * z7 + 1482 * z5 - 1920 * z3 - 945 * z) / (92160 * degrees ** 4)
  );
}
