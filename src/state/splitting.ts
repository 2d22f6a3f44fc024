/** @file Choosing how rows are dealt out: shares, seed, group and time. What was dealt before stays known to the runs that used it. */

import type { OpenProject } from './project.svelte';
import type { Json } from '../domain/canonical';
import type { ProjectState } from '../domain/pipeline/project';

export interface SplitWish {
  readonly shares: readonly [number, number, number];
  readonly seed: number;
  readonly group: string | null;
  readonly time: string | null;
}

export const splitWish = ({ splitChoice, question }: ProjectState): SplitWish => ({ ...splitChoice, group: question.group, time: question.time });

const same = (a: SplitWish, b: SplitWish): boolean => a.seed === b.seed && a.group === b.group && a.time === b.time && a.shares.every((share, part) => share === b.shares[part]);

/** What is wrong with the wish, as a code; null when it can be tried. */
export function splitFault({ shares, seed }: SplitWish): 'badShares' | 'seedOutOfRange' | null {
  if (shares.some((share) => !(share > 0 && share < 1)) || Math.abs(shares[0] + shares[1] + shares[2] - 1) > 1e-9) return 'badShares';
  return Number.isInteger(seed) && seed >= 1 && seed <= 4_294_967_295 ? null : 'seedOutOfRange';
}

/** Puts another way of splitting in force; the split itself is made when it is next asked for. */
export const chooseSplit = (project: OpenProject, wish: SplitWish): Promise<void> =>
  project.move('questionChanged', { split: { ...wish, shares: [...wish.shares] } as unknown as Json }, (state) =>
    same(splitWish(state), wish)
      ? state
      : { ...state, splitChoice: { seed: wish.seed, shares: wish.shares }, question: { ...state.question, group: wish.group, time: wish.time }, split: null },
  );
