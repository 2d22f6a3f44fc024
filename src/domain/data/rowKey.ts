/** @file The key of a row: 128 bits made from its values, which name the row for good. Decision record 0003 has the canonical form. */

import { byCodePoint } from './codePointOrder';
import { keyBytes } from './keyHex';
import { murmur3, murmur3OfWords } from './murmur3';
import { isMissing, type Table } from './table';

/** Version of the canonical form; the first 16 bytes of every record that is hashed. */
const tag = 'perennial-rows-1';
const rowsAtOnce = 256;
const missingWord = 0xffffffff;

/** Index of the low word of a float64 in this machine's memory. */
const low = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1 ? 0 : 1;

/** Writes 8 bytes for each of `rows` numbers: −0 as 0, every NaN as one pattern. */
function writeNumbers(values: Float64Array, from: number, rows: number, record: Uint32Array, at: number, stride: number): void {
  const words = new Uint32Array(values.buffer, values.byteOffset + from * 8, rows * 2);
  for (let i = 0, p = at; i < rows; i++, p += stride) {
    const value = values[from + i]!;
    if (value === 0) record[p] = record[p + 1] = 0;
    else if (value !== value) {
      record[p] = 0;
      record[p + 1] = 0x7ff80000;
    } else {
      record[p] = words[2 * i + low]!;
      record[p + 1] = words[2 * i + 1 - low]!;
    }
  }
}

function writeCodes(codes: Int32Array, hashes: Uint32Array, from: number, rows: number, record: Uint32Array, at: number, stride: number): void {
  for (let i = 0, p = at; i < rows; i++, p += stride) {
    const code = codes[from + i]!;
    if (code < 0) record[p] = record[p + 1] = record[p + 2] = record[p + 3] = missingWord;
    else {
      record[p] = hashes[4 * code]!;
      record[p + 1] = hashes[4 * code + 1]!;
      record[p + 2] = hashes[4 * code + 2]!;
      record[p + 3] = hashes[4 * code + 3]!;
    }
  }
}

/** Four words for each text: MurmurHash3 of its UTF-8 bytes, seed 0. */
function textHashes(dictionary: readonly string[]): Uint32Array {
  const hashes = new Uint32Array(4 * dictionary.length);
  const encoder = new TextEncoder();
  let bytes = new Uint8Array(256);
  dictionary.forEach((text, code) => {
    if (bytes.length < 3 * text.length) bytes = new Uint8Array(6 * text.length);
    murmur3(bytes, 0, encoder.encodeInto(text, bytes).written, 0, hashes, 4 * code);
  });
  return hashes;
}

/** Writes four words as 16 little-endian bytes, the key of `row`. */
function writeKey(words: Uint32Array, keys: Uint8Array, row: number): void {
  for (let w = 0, p = row * keyBytes; w < 4; w++, p += 4) {
    const word = words[w]!;
    keys[p] = word;
    keys[p + 1] = word >>> 8;
    keys[p + 2] = word >>> 16;
    keys[p + 3] = word >>> 24;
  }
}

/**
 * 16 bytes a row, in row order. Equal values in the included columns give equal keys, whatever the order of the columns,
 * the row groups or the dictionaries.
 * @param include indices of the columns that take part.
 * @param seed 32 bits; 0 for keys that are stored.
 */
export function rowKeys(table: Table, include: readonly number[], seed = 0): Uint8Array {
  const columns = include.map((index) => table.columns[index]!).sort((a, b) => byCodePoint(a.name, b.name));
  const hashes = columns.map(({ values }) => (values.kind === 'coded' ? textHashes(values.dictionary) : undefined));
  const stride = 4 + columns.reduce((sum, { values }) => sum + (values.kind === 'numeric' ? 2 : 4), 0);
  const records = new Uint32Array(rowsAtOnce * stride);
  const tagWords = new Uint32Array(4);
  for (let i = 0; i < tag.length; i++) tagWords[i >> 2]! |= tag.charCodeAt(i) << (8 * (i & 3));
  for (let i = 0; i < rowsAtOnce; i++) records.set(tagWords, i * stride);
  const keys = new Uint8Array(table.rows * keyBytes);
  const key = new Uint32Array(4);
  for (let from = 0; from < table.rows; from += rowsAtOnce) {
    const rows = Math.min(rowsAtOnce, table.rows - from);
    let at = 4;
    columns.forEach(({ values }, c) => {
      if (values.kind === 'numeric') writeNumbers(values.values, from, rows, records, at, stride);
      else writeCodes(values.codes, hashes[c]!, from, rows, records, at, stride);
      at += values.kind === 'numeric' ? 2 : 4;
    });
    for (let i = 0; i < rows; i++) {
      murmur3OfWords(records, i * stride, stride, seed, key, 0);
      writeKey(key, keys, from + i);
    }
  }
  return keys;
}

/**
 * 16 bytes a row: the key over one column, the group. A row whose group is missing is a group of its own and keeps its row key:
 * unknown owners are not one owner.
 * @param keys the row keys, 16 bytes a row.
 */
export function groupKeys(table: Table, column: number, keys: Uint8Array): Uint8Array {
  const groups = rowKeys(table, [column]);
  const { values } = table.columns[column]!;
  for (let row = 0; row < table.rows; row++) {
    if (isMissing(values, row)) groups.set(keys.subarray(row * keyBytes, (row + 1) * keyBytes), row * keyBytes);
  }
  return groups;
}

/** Hashes every key once more, under a seed: 16 bytes a row. One to one, so different keys never meet. */
export function hashedKeys(keys: Uint8Array, seed: number): Uint8Array {
  const rows = keys.length / keyBytes;
  const hashed = new Uint8Array(keys.length);
  const word = new Uint32Array(4);
  for (let row = 0; row < rows; row++) {
    murmur3(keys, row * keyBytes, keyBytes, seed, word, 0);
    writeKey(word, hashed, row);
  }
  return hashed;
}
