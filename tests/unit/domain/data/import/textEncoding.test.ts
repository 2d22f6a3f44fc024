/** @file Tests of textEncoding. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fileKind, isBinary, isUtf8, markedEncoding } from '../../../../../src/domain/data/import/textEncoding';

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const strictly = (data: Uint8Array): boolean => {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(data);
    return true;
  } catch {
    return false;
  }
};

describe('markedEncoding', () => {
  it('knows the marks of byte order', () => {
    expect(markedEncoding(bytes(0xef, 0xbb, 0xbf, 65))).toBe('utf-8');
    expect(markedEncoding(bytes(0xff, 0xfe, 65, 0))).toBe('utf-16le');
    expect(markedEncoding(bytes(0xfe, 0xff, 0, 65))).toBe('utf-16be');
  });

  it('knows UTF-16 by its zeros', () => {
    expect(markedEncoding(bytes(97, 0, 44, 0, 98, 0, 10, 0))).toBe('utf-16le');
    expect(markedEncoding(bytes(0, 97, 0, 44, 0, 98, 0, 10))).toBe('utf-16be');
    expect(markedEncoding(utf8('a,b\n'))).toBeUndefined();
  });
});

describe('isUtf8', () => {
  it('agrees with TextDecoder on whole texts', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(isUtf8(utf8(text))).toBe(true);
      }),
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 12 }), (tail) => {
        const data = Uint8Array.from([65, ...tail, 65, 65, 65]);
        expect(isUtf8(data)).toBe(strictly(data));
      }),
      { numRuns: 2000 },
    );
  });

  it('forgives characters cut at either end', () => {
    const data = utf8('€é🙈');
    for (let from = 1; from < data.length; from += 1) for (let to = from; to <= data.length; to += 1) expect(isUtf8(data.subarray(from, to))).toBe(true);
  });
});

describe('isBinary', () => {
  it('knows kinds of files by their first bytes', () => {
    expect(fileKind(bytes(0x89, 0x50, 0x4e, 0x47))).toBe('png');
    expect(fileKind(utf8('%PDF-1.7'))).toBe('pdf');
    expect(fileKind(bytes(0x1f, 0x8b, 8))).toBe('gzip');
    expect(fileKind(bytes(0x50, 0x4b, 3, 4))).toBe('zip');
    expect(fileKind(utf8('a,b'))).toBeUndefined();
  });

  it('takes zeros for a sign of binary content, but not in UTF-16', () => {
    expect(isBinary(bytes(97, 0, 98), 'utf-8')).toBe(true);
    expect(isBinary(bytes(97, 0, 98, 0), 'utf-16le')).toBe(false);
    expect(isBinary(utf8('BZh,RIFF,GIF8'), 'utf-8')).toBe(false);
    expect(isBinary(utf8('%PDF-1.7'), 'utf-8')).toBe(true);
  });
});
