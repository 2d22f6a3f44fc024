/** @file Reads which features a score may only rise or only fall with: a text such as `age:+,price:-`. */

import { Refusal } from '../refusal';

/** 1: never falls as the feature rises. −1: never rises. */
export type Direction = 1 | -1;

/**
 * Directions by name of the feature. A name may hold colons, but no comma.
 * @throws Refusal monotoneUnreadable { value, part }
 */
export function monotoneDirections(value: string): ReadonlyMap<string, Direction> {
  const directions = new Map<string, Direction>();
  if (value.trim() === '') return directions;
  for (const part of value.split(',')) {
    const colon = part.lastIndexOf(':');
    const name = part.slice(0, colon).trim();
    const sign = part.slice(colon + 1).trim();
    if (colon < 1 || name === '' || !['+', '-', '−'].includes(sign)) throw new Refusal('monotoneUnreadable', { value, part: part.trim() });
    directions.set(name, sign === '+' ? 1 : -1);
  }
  return directions;
}
