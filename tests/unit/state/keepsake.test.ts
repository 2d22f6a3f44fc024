/** @file Choices are kept where the browser allows it, and forgotten without a word where not. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { keepText, keptText, keptWord, saidBy } from '../../../src/state/keepsake';

afterEach(() => vi.unstubAllGlobals());

const memory = (): { getItem: (key: string) => string | null; setItem: (key: string, value: string) => void; removeItem: (key: string) => void } => {
  const map = new Map<string, string>();
  return { getItem: (key) => map.get(key) ?? null, setItem: (key, value) => void map.set(key, value), removeItem: (key) => void map.delete(key) };
};

describe('keepsake', () => {
  it('gives back what was kept', () => {
    vi.stubGlobal('localStorage', memory());
    expect(keepText('theme', 'dark')).toBe(true);
    expect(keptWord('theme', ['light', 'dark'])).toBe('dark');
  });

  it('forgets what is kept as nothing, and reads as JSON only what is JSON', () => {
    vi.stubGlobal('localStorage', memory());
    keepText('offers', '[1]');
    expect(saidBy(keptText('offers'))).toEqual([1]);
    keepText('offers', null);
    expect([keptText('offers'), saidBy(null), saidBy('{'), saidBy('null')]).toEqual([null, undefined, undefined, null]);
  });

  it('does not give back a word it does not know', () => {
    vi.stubGlobal('localStorage', memory());
    keepText('theme', 'purple');
    expect(keptWord('theme', ['light', 'dark'])).toBeUndefined();
  });

  it('never throws where storage is refused', () => {
    const refuse = (): never => {
      throw new Error('SecurityError');
    };
    vi.stubGlobal('localStorage', { getItem: refuse, setItem: refuse });
    expect(keepText('theme', 'dark')).toBe(false);
    expect(keptWord('theme', ['dark'])).toBeUndefined();
  });
});
