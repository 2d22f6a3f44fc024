import { afterEach, describe, expect, it, vi } from 'vitest';
import { rememberedFrom } from '../../../src/state/engine';
import { factorsFrom, foretold, nextFactor, noteTaken } from '../../../src/state/rates';

const cost = { operations: 12e9, steps: 0, bytes: 0 };

describe('what trainings took on this device', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('corrects what is foretold of the same learner on the same engine, half of the way', () => {
    const kept = new Map<string, string>();
    vi.stubGlobal('localStorage', { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => void kept.set(key, value) });
    expect(foretold('dense', 'native', cost)).toBeCloseTo(1, 12);
    noteTaken('dense', 'native', cost, 4);
    expect(foretold('dense', 'native', cost)).toBeCloseTo(4, 12);
    noteTaken('dense', 'native', cost, 1);
    expect(foretold('dense', 'native', cost)).toBeCloseTo(2, 12);
    expect(foretold('linear', 'native', cost)).toBeCloseTo(1, 12);
    noteTaken('dense', 'native', cost, 0.001);
    expect(foretold('dense', 'native', cost)).toBeCloseTo(2, 12);
  });

  it('is only forgotten where a browser keeps nothing, or something else lies in its place', () => {
    vi.stubGlobal('localStorage', { getItem: () => { throw new Error('refused'); }, setItem: () => { throw new Error('refused'); } });
    expect(() => noteTaken('dense', 'native', cost, 4)).not.toThrow();
    expect(foretold('dense', 'native', cost)).toBeCloseTo(1, 12);
    expect(factorsFrom('nonsense')).toEqual({});
    expect(factorsFrom('[1]')).toEqual({ 0: 1 });
    expect(factorsFrom('{"dense native":-1,"linear native":"2","tree native":3}')).toEqual({ 'tree native': 3 });
    expect(rememberedFrom('{"key":1}')).toEqual([]);
    expect(rememberedFrom('[{"key":"a","chosen":{"engine":"native"}},{"key":2}]')).toEqual([{ key: 'a', chosen: { engine: 'native' } }]);
    expect(nextFactor(undefined, 3)).toBe(3);
  });
});
