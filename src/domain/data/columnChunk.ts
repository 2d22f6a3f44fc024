/**
 * @file The bytes of one column of one row group. The smallest exact encoding is chosen from the values alone, so equal columns have equal bytes.
 * Layout, little-endian: `P`, `C`, layout version 1, encoding; rows as uint32; then the encoding's own part.
 */

import type { ColumnValues } from './table';

const header = 8;
const encodings = { f64: 0, i8: 1, i16: 2, i32: 3, coded8: 4, coded16: 5, coded32: 6 } as const;

/** Encodes values. Numbers that are all whole and small are stored in 1, 2 or 4 bytes, with the least value of the width for missing. */
export function columnChunk(values: ColumnValues): Uint8Array<ArrayBuffer> {
  return values.kind === 'numeric' ? numericChunk(values.values) : codedChunk(values.codes, values.dictionary);
}

function numericChunk(values: Float64Array): Uint8Array<ArrayBuffer> {
  const rows = values.length;
  let least = 0;
  let most = 0;
  let whole = true;
  for (let i = 0; i < rows; i++) {
    const value = values[i]!;
    if (value !== value) continue;
    // Object.is: −0 is not representable as an integer, and must come back as it went in.
    if (value !== Math.floor(value) || Object.is(value, -0)) {
      whole = false;
      break;
    }
    if (value < least) least = value;
    if (value > most) most = value;
  }
  const width = !whole ? 8 : least > -(2 ** 7) && most < 2 ** 7 ? 1 : least > -(2 ** 15) && most < 2 ** 15 ? 2 : least > -(2 ** 31) && most < 2 ** 31 ? 4 : 8;
  const bytes = new Uint8Array(header + rows * width);
  const start = bytes.buffer;
  if (width === 8) {
    writeHeader(bytes, encodings.f64, rows);
    const out = new Float64Array(start, header, rows);
    // One NaN pattern only, so that missing values hash alike wherever they came from.
    for (let i = 0; i < rows; i++) out[i] = values[i] !== values[i] ? NaN : values[i]!;
    return bytes;
  }
  const out = width === 1 ? new Int8Array(start, header, rows) : width === 2 ? new Int16Array(start, header, rows) : new Int32Array(start, header, rows);
  const missing = -(2 ** (8 * width - 1));
  writeHeader(bytes, width === 1 ? encodings.i8 : width === 2 ? encodings.i16 : encodings.i32, rows);
  for (let i = 0; i < rows; i++) out[i] = values[i] !== values[i] ? missing : values[i]!;
  return bytes;
}

/** Dictionary in order of first appearance; codes in the smallest unsigned width, all bits set for missing. */
function codedChunk(codes: Int32Array, dictionary: readonly string[]): Uint8Array<ArrayBuffer> {
  const rows = codes.length;
  const renumbered = new Int32Array(dictionary.length).fill(-1);
  const texts: string[] = [];
  const own = new Int32Array(rows);
  for (let i = 0; i < rows; i++) {
    const code = codes[i]!;
    if (code < 0) {
      own[i] = -1;
      continue;
    }
    if (renumbered[code] === -1) renumbered[code] = texts.push(dictionary[code]!) - 1;
    own[i] = renumbered[code]!;
  }
  const encoder = new TextEncoder();
  const encoded = texts.map((text) => encoder.encode(text));
  const textBytes = encoded.reduce((sum, text) => sum + text.length, 0);
  const width = texts.length < 0xff ? 1 : texts.length < 0xffff ? 2 : 4;
  const codesStart = header;
  const lengthsStart = align4(codesStart + rows * width);
  const textsStart = lengthsStart + 4 + 4 * texts.length;
  const bytes = new Uint8Array(textsStart + textBytes);
  writeHeader(bytes, width === 1 ? encodings.coded8 : width === 2 ? encodings.coded16 : encodings.coded32, rows);
  const out = width === 1 ? new Uint8Array(bytes.buffer, codesStart, rows) : width === 2 ? new Uint16Array(bytes.buffer, codesStart, rows) : new Uint32Array(bytes.buffer, codesStart, rows);
  for (let i = 0; i < rows; i++) out[i] = own[i]!; // −1 wraps to all bits set
  const view = new DataView(bytes.buffer);
  view.setUint32(lengthsStart, texts.length, true);
  let at = textsStart;
  encoded.forEach((text, i) => {
    view.setUint32(lengthsStart + 4 + 4 * i, text.length, true);
    bytes.set(text, at);
    at += text.length;
  });
  return bytes;
}

/** Decodes what `columnChunk` wrote. @throws RangeError or TypeError on bytes that it did not write. */
export function columnValues(bytes: Uint8Array): ColumnValues {
  if (bytes.length < header || bytes[0] !== 0x50 || bytes[1] !== 0x43 || bytes[2] !== 1) throw new TypeError('not a column chunk');
  // Typed arrays need aligned buffers; a chunk read from storage starts its own.
  const own = bytes.byteOffset % 8 === 0 ? bytes : bytes.slice();
  const { buffer, byteOffset } = own;
  const view = new DataView(buffer, byteOffset, own.length);
  const encoding = own[3];
  const rows = view.getUint32(4, true);
  const from = byteOffset + header;
  if (encoding === encodings.f64) return { kind: 'numeric', values: new Float64Array(buffer, from, rows).slice() };
  if (encoding === encodings.i8 || encoding === encodings.i16 || encoding === encodings.i32) {
    const stored = encoding === encodings.i8 ? new Int8Array(buffer, from, rows) : encoding === encodings.i16 ? new Int16Array(buffer, from, rows) : new Int32Array(buffer, from, rows);
    const missing = -(2 ** (8 * stored.BYTES_PER_ELEMENT - 1));
    const values = new Float64Array(rows);
    for (let i = 0; i < rows; i++) values[i] = stored[i] === missing ? NaN : stored[i]!;
    return { kind: 'numeric', values };
  }
  const width = encoding === encodings.coded8 ? 1 : encoding === encodings.coded16 ? 2 : encoding === encodings.coded32 ? 4 : 0;
  if (width === 0) throw new TypeError(`unknown column encoding ${encoding}`);
  const stored = width === 1 ? new Uint8Array(buffer, from, rows) : width === 2 ? new Uint16Array(buffer, from, rows) : new Uint32Array(buffer, from, rows);
  const none = width === 1 ? 0xff : width === 2 ? 0xffff : 0xffffffff;
  const lengthsStart = align4(header + rows * width);
  const count = view.getUint32(lengthsStart, true);
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const dictionary: string[] = [];
  let at = lengthsStart + 4 + 4 * count;
  for (let i = 0; i < count; i++) {
    const length = view.getUint32(lengthsStart + 4 + 4 * i, true);
    dictionary.push(decoder.decode(own.subarray(at, at + length)));
    at += length;
  }
  const codes = new Int32Array(rows);
  for (let i = 0; i < rows; i++) {
    const code = stored[i]!;
    if (code !== none && code >= count) throw new RangeError('a code beyond the dictionary');
    codes[i] = code === none ? -1 : code;
  }
  return { kind: 'coded', codes, dictionary };
}

const align4 = (offset: number): number => (offset + 3) & ~3;

function writeHeader(bytes: Uint8Array<ArrayBuffer>, encoding: number, rows: number): void {
  bytes.set([0x50, 0x43, 1, encoding]);
  new DataView(bytes.buffer).setUint32(4, rows, true);
}
