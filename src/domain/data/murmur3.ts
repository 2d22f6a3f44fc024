/** @file MurmurHash3, x86, 128 bits: a fast, well-mixed hash for row keys. Not a cryptographic hash. After Appleby's public-domain description. */

const c1 = 0x239b961b;
const c2 = 0xab0e9789;
const c3 = 0x38b34ae5;
const c4 = 0xa1e38b93;

const finish = (word: number): number => {
  let h = word;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
};

/** Hashes `length` bytes held in `count` words; the last word is padded with zeroes, which leave the state as it is. */
function digest(words: Uint32Array, from: number, count: number, length: number, seed: number, out: Uint32Array, at: number): void {
  let h1 = seed | 0;
  let h2 = h1;
  let h3 = h1;
  let h4 = h1;
  let i = from;
  const end = from + ((length >>> 4) << 2);
  for (; i < end; i += 4) {
    let k = Math.imul(words[i]!, c1);
    h1 ^= Math.imul((k << 15) | (k >>> 17), c2);
    h1 = (Math.imul((((h1 << 19) | (h1 >>> 13)) + h2) | 0, 5) + 0x561ccd1b) | 0;
    k = Math.imul(words[i + 1]!, c2);
    h2 ^= Math.imul((k << 16) | (k >>> 16), c3);
    h2 = (Math.imul((((h2 << 17) | (h2 >>> 15)) + h3) | 0, 5) + 0x0bcaa747) | 0;
    k = Math.imul(words[i + 2]!, c3);
    h3 ^= Math.imul((k << 17) | (k >>> 15), c4);
    h3 = (Math.imul((((h3 << 15) | (h3 >>> 17)) + h4) | 0, 5) + 0x96cd1c35) | 0;
    k = Math.imul(words[i + 3]!, c4);
    h4 ^= Math.imul((k << 18) | (k >>> 14), c1);
    h4 = (Math.imul((((h4 << 13) | (h4 >>> 19)) + h1) | 0, 5) + 0x32ac3b17) | 0;
  }
  const tail = from + count - i;
  if (tail > 0) {
    const k = Math.imul(words[i]!, c1);
    h1 ^= Math.imul((k << 15) | (k >>> 17), c2);
  }
  if (tail > 1) {
    const k = Math.imul(words[i + 1]!, c2);
    h2 ^= Math.imul((k << 16) | (k >>> 16), c3);
  }
  if (tail > 2) {
    const k = Math.imul(words[i + 2]!, c3);
    h3 ^= Math.imul((k << 17) | (k >>> 15), c4);
  }
  if (tail > 3) {
    const k = Math.imul(words[i + 3]!, c4);
    h4 ^= Math.imul((k << 18) | (k >>> 14), c1);
  }
  h1 ^= length;
  h2 ^= length;
  h3 ^= length;
  h4 ^= length;
  h1 = (h1 + h2 + h3 + h4) | 0;
  h2 = (h2 + h1) | 0;
  h3 = (h3 + h1) | 0;
  h4 = (h4 + h1) | 0;
  h1 = finish(h1);
  h2 = finish(h2);
  h3 = finish(h3);
  h4 = finish(h4);
  h1 = (h1 + h2 + h3 + h4) | 0;
  out[at] = h1;
  out[at + 1] = h2 + h1;
  out[at + 2] = h3 + h1;
  out[at + 3] = h4 + h1;
}

/**
 * Hashes `count` words as the 4·count bytes they spell in little-endian order, whatever the machine's own order is.
 * Writes four words to `out` from `at` on. Allocates nothing.
 * @param seed 32 bits, unsigned.
 */
export const murmur3OfWords = (words: Uint32Array, from: number, count: number, seed: number, out: Uint32Array, at: number): void =>
  digest(words, from, count, count * 4, seed, out, at);

let scratch = new Uint32Array(64);

/**
 * Hashes `length` bytes from `from` on. Writes four words to `out` from `at` on; as bytes they are little-endian, word after word.
 * @param seed 32 bits, unsigned.
 */
export function murmur3(bytes: Uint8Array, from: number, length: number, seed: number, out: Uint32Array, at: number): void {
  const count = (length + 3) >>> 2;
  if (scratch.length < count) scratch = new Uint32Array(count * 2);
  const whole = length >>> 2;
  let p = from;
  for (let i = 0; i < whole; i++, p += 4) scratch[i] = bytes[p]! | (bytes[p + 1]! << 8) | (bytes[p + 2]! << 16) | (bytes[p + 3]! << 24);
  if (whole < count) {
    let last = 0;
    for (let shift = 0; p < from + length; p++, shift += 8) last |= bytes[p]! << shift;
    scratch[whole] = last;
  }
  digest(scratch, 0, count, length, seed, out, at);
}
