/** @file Seeded chance. Everything random takes one of these as an argument; `Math.random` is nowhere in the domain. */

/** A stream of random numbers that can be saved and continued. */
export interface Random {
  /** Uniform on [0, 1), 53 bits. */
  next(): number;
  /** A whole number, uniform on [0, below). @throws RangeError unless 1 ≤ below ≤ 2^32. */
  below(below: number): number;
  /** Standard normal, by the polar method. */
  normal(): number;
  /** Shuffles in place (Fisher–Yates) and returns the same array. */
  shuffle<T extends Uint32Array | Int32Array | unknown[]>(items: T): T;
  /** The state, for checkpoints: 4 words of 32 bits. */
  state(): readonly [number, number, number, number];
}

/**
 * sfc32 (Doty-Humphrey's Small Fast Counting generator, 32-bit words), seeded from one number through splitmix32.
 * @param seed a whole number from 1 on. Zero is refused: several libraries read it as "no seed".
 */
export function seeded(seed: number): Random {
  if (!Number.isSafeInteger(seed) || seed < 1) throw new RangeError(`a seed is a whole number from 1 on, not ${seed}`);
  let word = (seed ^ Math.floor(seed / 2 ** 32)) >>> 0;
  const splitmix = (): number => {
    word = (word + 0x9e3779b9) >>> 0;
    let z = word;
    z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
    return (z ^ (z >>> 16)) >>> 0;
  };
  const random = restored([splitmix(), splitmix(), splitmix(), 1]);
  for (let i = 0; i < 12; i++) random.next();
  return random;
}

/** Continues a stream from a saved state. */
export function restored(saved: readonly [number, number, number, number]): Random {
  let [a, b, c, d] = saved;
  let spare: number | undefined;
  const word = (): number => {
    const t = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + t) | 0;
    return t >>> 0;
  };
  const next = (): number => (word() * 2 ** 21 + (word() >>> 11)) / 2 ** 53;
  return {
    next,
    below(below) {
      if (!Number.isInteger(below) || below < 1 || below > 2 ** 32) throw new RangeError(`below must be from 1 to 2^32, not ${below}`);
      // Lemire's multiplication keeps 53 bits of the product exact enough here: the bias is under below / 2^53.
      return Math.floor(next() * below);
    },
    normal() {
      if (spare !== undefined) {
        const kept = spare;
        spare = undefined;
        return kept;
      }
      for (;;) {
        const u = 2 * next() - 1;
        const v = 2 * next() - 1;
        const s = u * u + v * v;
        if (s >= 1 || s === 0) continue;
        const scale = Math.sqrt((-2 * Math.log(s)) / s);
        spare = v * scale;
        return u * scale;
      }
    },
    shuffle(items) {
      for (let i = items.length - 1; i > 0; i--) {
        const j = Math.floor(next() * (i + 1));
        const kept = items[i]!;
        items[i] = items[j]!;
        items[j] = kept;
      }
      return items;
    },
    state: () => [a >>> 0, b >>> 0, c >>> 0, d >>> 0],
  };
}
