/** @file MurmurHash3 x86_128: SMHasher's verification value, the values of mmh3, and the cost of a million records. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { cpuTime } from './cpuTime';
import { keyHex } from '../../../../src/domain/data/keyHex';
import { murmur3, murmur3OfWords } from '../../../../src/domain/data/murmur3';

const bytesOf = (words: Uint32Array): Uint8Array => {
  const bytes = new Uint8Array(16);
  const view = new DataView(bytes.buffer);
  words.forEach((word, i) => view.setUint32(4 * i, word, true));
  return bytes;
};

describe('MurmurHash3 x86_128', () => {
  it('has the verification value that SMHasher publishes', () => {
    const all = new Uint8Array(16 * 256);
    const key = Uint8Array.from({ length: 256 }, (_, i) => i);
    const out = new Uint32Array(4);
    for (let i = 0; i < 256; i++) {
      murmur3(key, 0, i, 256 - i, out, 0);
      all.set(bytesOf(out), 16 * i);
    }
    murmur3(all, 0, all.length, 0, out, 0);
    expect(out[0]).toBe(0xb3ece62a);
  });

  it('agrees with mmh3 byte for byte', () => {
    const golden = JSON.parse(readFileSync('tests/golden/murmur3.json', 'utf8')) as { cases: { input: string; seed: number; hash: string }[] };
    const out = new Uint32Array(4);
    let different = 0;
    for (const { input, seed, hash } of golden.cases) {
      const data = Uint8Array.from(Buffer.from(`aabbcc${input}`, 'hex'));
      murmur3(data, 3, data.length - 3, seed, out, 0);
      if (keyHex(bytesOf(out), 0) !== hash) different++;
    }
    console.log(`murmur3: ${different} of ${golden.cases.length} differ`);
    expect(golden.cases.length).toBeGreaterThan(200);
    expect(different).toBe(0);
  });

  it('hashes words as their little-endian bytes', () => {
    for (let count = 0; count < 13; count++) {
      const words = Uint32Array.from({ length: count + 2 }, (_, i) => Math.imul(i + 1, 0x9e3779b9));
      const bytes = new Uint8Array(4 * count);
      for (let i = 0; i < count; i++) new DataView(bytes.buffer).setUint32(4 * i, words[i + 2]!, true);
      const a = new Uint32Array(6);
      const b = new Uint32Array(4);
      murmur3OfWords(words, 2, count, 9, a, 2);
      murmur3(bytes, 0, 4 * count, 9, b, 0);
      expect([...a.subarray(2)]).toEqual([...b]);
    }
  });

  it('hashes a million records of 160 bytes in under a second', () => {
    const record = new Uint32Array(40);
    const bytes = new Uint8Array(160);
    const out = new Uint32Array(4);
    const start = cpuTime();
    for (let i = 0; i < 1_000_000; i++) {
      record[0] = i;
      murmur3OfWords(record, 0, 40, 0, out, 0);
    }
    const words = cpuTime() - start;
    for (let i = 0; i < 1_000_000; i++) {
      bytes[0] = i;
      murmur3(bytes, 0, 160, 0, out, 0);
    }
    console.log(`murmur3: a million records of 160 bytes, ${words.toFixed(0)} ms as words, ${(cpuTime() - start - words).toFixed(0)} ms as bytes`);
    expect(words).toBeLessThan(1000);
  });
});
