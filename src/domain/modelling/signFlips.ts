/** @file Whether leads that belong to groups lean one way: the sign-flip (randomization) test over groups. */

import normalCdf from '@stdlib/stats-base-dists-normal-cdf';

/** Additions that the exact test may take. */
const mostWork = 20_000_000;

export interface SignFlips {
  /** χ² of the approximate test; null for the exact one. */
  readonly statistic: number | null;
  /** Two-sided. */
  readonly p: number;
  readonly method: 'sign flips of whole groups, exact' | 'sign flips of whole groups, χ²';
}

/**
 * If neither of two models is better, swapping their names in a whole group changes nothing, so each group's lead (rows that only the first got
 * right less rows that only the second did) is as likely to have either sign. Exact: the share of the 2^G flips whose total is at least as far
 * from 0. With at most one discordant row a group it is McNemar's exact test. Where that is too dear, χ² = (Σ lead)² / Σ lead² with one degree
 * of freedom: the total has the variance Σ lead², however alike the rows of a group are. Without a lead in any group p = 1.
 * @param test which to use; `auto`: the exact one where it takes under a second
 */
export function signFlips(leads: Int32Array, test: 'auto' | 'exact' | 'approximate' = 'auto'): SignFlips {
  const sizes = leads.filter((lead) => lead !== 0).map(Math.abs);
  const total = Math.abs(leads.reduce((sum, lead) => sum + lead, 0));
  const reach = sizes.reduce((sum, size) => sum + size, 0);
  if (test === 'exact' || (test === 'auto' && sizes.length * reach <= mostWork)) return { statistic: null, p: flipsAsFar(sizes, reach, total), method: 'sign flips of whole groups, exact' };
  const squares = sizes.reduce((sum, size) => sum + size * size, 0);
  const statistic = squares === 0 ? 0 : (total * total) / squares;
  return { statistic, p: 2 * normalCdf(-Math.sqrt(statistic), 0, 1), method: 'sign flips of whole groups, χ²' };
}

/** P(|Σ ±size| ≥ total): with T the sum of the sizes that got a plus, |2T − reach| ≥ total. The distribution of T grows by one group at a time. */
function flipsAsFar(sizes: Int32Array, reach: number, total: number): number {
  const share = new Float64Array(reach + 1);
  share[0] = 1;
  let top = 0;
  for (const size of sizes) {
    top += size;
    for (let sum = top; sum >= 0; sum--) share[sum] = (share[sum]! + (sum >= size ? share[sum - size]! : 0)) / 2;
  }
  let p = 0;
  for (let sum = 0; sum <= reach; sum++) if (Math.abs(2 * sum - reach) >= total) p += share[sum]!;
  return Math.min(1, p);
}
