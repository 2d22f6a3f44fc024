import { describe, expect, it } from 'vitest';
import { countedWords, positionsIn, sortedWords } from '../../../../../src/domain/data/recipe/wordCounts';
import type { Words } from '../../../../../src/domain/data/recipe/stepValues';

const words: Words = { kind: 'words', codes: Int32Array.of(0, 1, 1, -1, 3, 2), dictionary: ['b', '__proto__', '😀', '￮', 'unused'] };

describe('word counts', () => {
  it('lists words that occur, most frequent first, then by code point', () => {
    expect(countedWords(words)).toEqual([
      { word: '__proto__', count: 2 },
      { word: 'b', count: 1 },
      { word: '￮', count: 1 },
      { word: '😀', count: 1 },
    ]);
    expect(sortedWords(countedWords(words), 2)).toEqual(['__proto__', 'b']);
  });

  it('finds positions, −1 for what is missing or not listed', () => {
    expect([...positionsIn(['b', '😀'], words)]).toEqual([0, -1, -1, -1, -1, 1]);
  });
});
