/** @file The constraints of boosted trees as a person writes them: directions `age:+,debt:-`, and groups of features that may act together `a,b;c,d`. */

import type { FeatureMeaning } from '../learner';
import { Refusal } from '../../refusal';

/**
 * Name and direction of each part of `name:+,name:-`.
 * @throws Refusal monotoneUnreadable { value }
 */
export function directionsOf(text: string): { readonly name: string; readonly direction: 1 | -1 }[] {
  if (text.trim() === '') return [];
  return text.split(',').map((part) => {
    const found = /^\s*(.+?)\s*:\s*([+-])\s*$/.exec(part);
    if (!found) throw new Refusal('monotoneUnreadable', { value: text });
    return { name: found[1]!, direction: found[2] === '+' ? 1 : -1 };
  });
}

/**
 * The groups of names of `a,b;c,d`.
 * @throws Refusal interactionsUnreadable { value }
 */
export function groupsOf(text: string): string[][] {
  if (text.trim() === '') return [];
  const groups = text.split(';').map((group) => group.split(',').map((name) => name.trim()));
  if (groups.some((group) => group.includes(''))) throw new Refusal('interactionsUnreadable', { value: text });
  return groups;
}

/** Features of this name, or of the column of this name. @throws Refusal constraintUnknown { name } */
function featuresNamed(name: string, meanings: readonly FeatureMeaning[]): number[] {
  const exact = meanings.flatMap((one, feature) => (one.name === name ? [feature] : []));
  const found = exact.length > 0 ? exact : meanings.flatMap(({ column }, feature) => (column === name ? [feature] : []));
  if (found.length === 0) throw new Refusal('constraintUnknown', { name });
  return found;
}

/** 1, −1 or 0 for each feature. @throws Refusal monotoneOfCategory { name }, constraintUnknown, monotoneUnreadable */
export function monotoneOf(text: string, meanings: readonly FeatureMeaning[], features: number): Int8Array {
  const directions = new Int8Array(features);
  for (const { name, direction } of directionsOf(text)) {
    for (const feature of featuresNamed(name, meanings)) {
      if (meanings[feature]!.categories > 0) throw new Refusal('monotoneOfCategory', { name });
      directions[feature] = direction;
    }
  }
  return directions;
}

/** Groups of features, of which those on one path share one; a feature in none acts alone. Nothing where there are no constraints. */
export function interactionsOf(text: string, meanings: readonly FeatureMeaning[]): number[][] | undefined {
  const groups = groupsOf(text);
  return groups.length === 0 ? undefined : groups.map((group) => group.flatMap((name) => featuresNamed(name, meanings)));
}
