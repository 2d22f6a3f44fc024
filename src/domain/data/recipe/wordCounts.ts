/** @file Which words occur and how often, and the place of each in a list. */

import { byCodePoint } from '../codePointOrder';
import type { Words } from './stepValues';

export interface WordCount {
  readonly word: string;
  readonly count: number;
}

/** The words that occur, most frequent first, ties by code point. Missing values are not counted. */
export function countedWords(words: Words): WordCount[] {
  const counts = new Uint32Array(words.dictionary.length);
  for (const code of words.codes) if (code >= 0) counts[code]!++;
  const found: WordCount[] = [];
  counts.forEach((count, code) => {
    if (count > 0) found.push({ word: words.dictionary[code]!, count });
  });
  return found.sort((a, b) => b.count - a.count || byCodePoint(a.word, b.word));
}

/** The most frequent words up to a limit, sorted by code point. */
export const sortedWords = (counts: readonly WordCount[], limit: number): string[] =>
  counts
    .slice(0, limit)
    .map((entry) => entry.word)
    .sort(byCodePoint);

/** The positions of a fitted list by word: made once, though a single request may be all that asks. */
const positionsByWord = new WeakMap<readonly string[], ReadonlyMap<string, number>>();

/** Each row's position in `list`, −1 where the word is not in it or missing. */
export function positionsIn(list: readonly string[], words: Words): Int32Array {
  let position = positionsByWord.get(list);
  if (position === undefined) positionsByWord.set(list, (position = new Map(list.map((word, index) => [word, index]))));
  const byCode = Int32Array.from(words.dictionary, (word) => position.get(word) ?? -1);
  const positions = new Int32Array(words.codes.length);
  for (let row = 0; row < positions.length; row++) {
    const code = words.codes[row]!;
    positions[row] = code < 0 ? -1 : byCode[code]!;
  }
  return positions;
}
