/** @file Choices are kept where the browser allows it, and forgotten without a word where not. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { keep, kept } from '../../../../src/ui/theme/keepsake';

afterEach(() => vi.unstubAllGlobals());

const memory = (): { getItem: (key: string) => string | null; setItem: (key: string, value: string) => void } => {
  const map = new Map<string, string>();
  return { getItem: (key) => map.get(key) ?? null, setItem: (key, value) => void map.set(key, value) };
};

describe('keepsake', () => {
  it('gives back what was kept', () => {
    vi.stubGlobal('localStorage', memory());
    expect(keep('theme', 'dark')).toBe(true);
    expect(kept('theme', ['light', 'dark'])).toBe('dark');
  });

  it('does not give back a word it does not know', () => {
    vi.stubGlobal('localStorage', memory());
    keep('theme', 'purple');
    expect(kept('theme', ['light', 'dark'])).toBeUndefined();
  });

  it('never throws where storage is refused', () => {
    const refuse = (): never => {
      throw new Error('SecurityError');
    };
    vi.stubGlobal('localStorage', { getItem: refuse, setItem: refuse });
    expect(keep('theme', 'dark')).toBe(false);
    expect(kept('theme', ['dark'])).toBeUndefined();
  });
});
