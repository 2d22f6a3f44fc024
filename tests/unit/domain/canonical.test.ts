import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, type Json } from '../../../src/domain/canonical';

describe('canonical JSON', () => {
  it('spells equal values alike whatever the order of their keys', () => {
    expect(canonicalJson({ b: 1, a: [true, null, 'x'] })).toBe('{"a":[true,null,"x"],"b":1}');
    expect(canonicalJson({ a: [true, null, 'x'], b: 1 })).toBe('{"a":[true,null,"x"],"b":1}');
  });

  it('sorts keys by code unit and writes numbers as ECMAScript does', () => {
    expect(canonicalJson({ é: 1, z: 2, A: 3, '10': 4, '9': 5 })).toBe('{"10":4,"9":5,"A":3,"z":2,"é":1}');
    expect(canonicalJson([1e21, 0.1, -0, 1e-7])).toBe('[1e+21,0.1,0,1e-7]');
  });

  it('refuses what JSON cannot hold, instead of writing null', () => {
    for (const value of [NaN, Infinity, -Infinity]) expect(() => canonicalJson(value)).toThrow(TypeError);
    expect(() => canonicalJson((() => 1) as unknown as Json)).toThrow(TypeError);
  });

  it('leaves absent fields out', () => {
    expect(canonicalJson({ a: undefined, b: 1 } as unknown as Json)).toBe('{"b":1}');
  });

  it('is read back as the same value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value as Json);
        expect(canonicalJson(JSON.parse(text) as Json)).toBe(text);
      }),
      { seed: 1 },
    );
  });
});
