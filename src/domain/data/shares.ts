/** @file Shares of train, validation and test, and how they become whole numbers of rows. */

import { Refusal } from '../refusal';

/** Train, validation, test. */
export type Shares = readonly [number, number, number];

/** Slack for sums such as 0.7 · 30, which floating point makes 20.999…96. */
const slack = 1e-9;
/** Who gets a row first when remainders tie: the model must learn, and the test carries the promise. */
const precedence = [0, 2, 1] as const;

/** @throws Refusal badShares {train, validation, test} unless none is negative, train is positive and they add up to 1. */
export function checkShares(shares: Shares): void {
  const [train, validation, test] = shares;
  if (!(train > 0 && validation >= 0 && test >= 0 && Math.abs(train + validation + test - 1) <= 1e-9))
    throw new Refusal('badShares', { train, validation, test });
}

/**
 * Whole numbers of rows for each stratum and part. Within a stratum every part gets its share rounded down or up (the quota), train at
 * least one row; who is rounded up goes by the largest remainder plus what earlier strata still owe, so the totals keep to the shares
 * however many small strata there are. One stratum: plain largest-remainder rounding.
 * @param rows rows of each stratum.
 */
export function partSizes(rows: readonly number[], shares: Shares): [number, number, number][] {
  const owed = [0, 0, 0];
  return rows.map((n) => {
    const quotas = shares.map((share) => share * n);
    const sizes = quotas.map((quota) => Math.floor(quota + slack)) as [number, number, number];
    let left = n - sizes[0] - sizes[1] - sizes[2];
    // Only parts whose quota is not whole may be rounded up, each once.
    const open = new Set(precedence.filter((part) => quotas[part]! - sizes[part] > slack));
    const roundUp = (part: 0 | 1 | 2): void => {
      sizes[part]++;
      open.delete(part);
      left--;
    };
    if (left > 0 && sizes[0] === 0) roundUp(0);
    while (left > 0) {
      let best: 0 | 1 | 2 = 0;
      let most = -Infinity;
      for (const part of open) {
        const remainder = quotas[part]! - sizes[part] + owed[part]!;
        if (remainder > most + slack) {
          most = remainder;
          best = part;
        }
      }
      roundUp(best);
    }
    quotas.forEach((quota, part) => (owed[part]! += quota - sizes[part]!));
    return sizes;
  });
}

/** The fewest rows of which every part with a share gets at least one. */
export function fewestRows(shares: Shares): number {
  for (let rows = 1; ; rows++) if (partSizes([rows], shares)[0]!.every((size, part) => size > 0 || shares[part] === 0)) return rows;
}
