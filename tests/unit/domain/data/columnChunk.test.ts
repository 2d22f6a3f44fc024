import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columnChunk, columnValues } from '../../../../src/domain/data/columnChunk';
import type { CodedValues, NumericValues } from '../../../../src/domain/data/table';

const numeric = (values: readonly number[]): NumericValues => ({ kind: 'numeric', values: Float64Array.from(values) });

describe('a column chunk', () => {
  it('gives numbers back bit for bit, missing ones as missing', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.double(), fc.integer(), fc.constant(-0), fc.constant(NaN)), { maxLength: 200 }), (values) => {
        const back = columnValues(columnChunk(numeric(values))) as NumericValues;
        expect(Array.from(back.values, (value) => (Object.is(value, -0) ? '-0' : String(value)))).toEqual(values.map((value) => (Object.is(value, -0) ? '-0' : String(value))));
      }),
      { seed: 1 },
    );
  });

  it('gives texts back, in rows if not in numbering', () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.string({ unit: 'grapheme' }), { nil: null }), { maxLength: 300 }), (texts) => {
        const dictionary = [...new Set(texts.filter((text) => text !== null))].reverse();
        const codes = Int32Array.from(texts, (text) => (text === null ? -1 : dictionary.indexOf(text)));
        const back = columnValues(columnChunk({ kind: 'coded', codes, dictionary })) as CodedValues;
        expect(Array.from(back.codes, (code) => (code < 0 ? null : back.dictionary[code]!))).toEqual(texts);
      }),
      { seed: 2 },
    );
  });

  it('has the same bytes for the same rows, whatever the dictionary says besides', () => {
    const one = columnChunk({ kind: 'coded', codes: Int32Array.of(1, 0, -1), dictionary: ['a', 'b', 'unused'] });
    const two = columnChunk({ kind: 'coded', codes: Int32Array.of(0, 2, -1), dictionary: ['b', 'x', 'a'] });
    expect([...one]).toEqual([...two]);
  });

  it('uses one byte for small whole numbers, with room for missing, and eight for fractions', () => {
    expect(columnChunk(numeric([1, -127, NaN, 127])).length).toBe(8 + 4);
    expect(columnChunk(numeric([1, 128])).length).toBe(8 + 4);
    expect(columnChunk(numeric([40_000])).length).toBe(8 + 4);
    expect(columnChunk(numeric([0.5])).length).toBe(8 + 8);
    expect(columnChunk(numeric([2 ** 40])).length).toBe(8 + 8);
  });

  it('keeps 255 and 65,535 distinct texts apart from missing', () => {
    for (const distinct of [254, 255, 256, 65_534, 65_535, 65_536]) {
      const dictionary = Array.from({ length: distinct }, (_, i) => `t${i}`);
      const codes = Int32Array.from({ length: distinct + 1 }, (_, i) => (i === distinct ? -1 : i));
      const back = columnValues(columnChunk({ kind: 'coded', codes, dictionary })) as CodedValues;
      expect(back.codes[distinct]).toBe(-1);
      expect(back.dictionary[back.codes[distinct - 1]!]).toBe(`t${distinct - 1}`);
    }
  });

  it('refuses bytes that it did not write', () => {
    expect(() => columnValues(Uint8Array.of(1, 2, 3))).toThrow(TypeError);
    const bytes = columnChunk(numeric([1, 2, 3]));
    bytes[3] = 99;
    expect(() => columnValues(bytes)).toThrow(TypeError);
    const coded = columnChunk({ kind: 'coded', codes: Int32Array.of(0), dictionary: ['a'] });
    coded[8] = 7;
    expect(() => columnValues(coded)).toThrow(RangeError);
  });
});
