/** @file Whether integers are a permutation of consecutive numbers, told in one pass and constant memory. */

export interface IntegerTally {
  add(value: number): void;
  holds(): boolean;
}

/** A 32-bit mix of an integer: Murmur3's finaliser over both halves, seeded. */
function mixed(value: number, seed: number): number {
  let bits = (value | 0) ^ Math.imul(Math.floor(value / 4_294_967_296) | 0, 0x9e3779b1) ^ seed;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}

/**
 * Counts integers and sums two hashes of each. They are a permutation of consecutive numbers if the range has as many numbers as were added and
 * the sums equal those of the range: a set is told from a multiset but for a chance of about 2⁻⁶⁴. Anything that is not a safe integer spoils it.
 */
export function consecutiveIntegers(): IntegerTally {
  let count = 0;
  let least = Infinity;
  let greatest = -Infinity;
  let first = 0;
  let second = 0;
  let spoilt = false;
  return {
    add(value) {
      if (!Number.isSafeInteger(value)) spoilt = true;
      if (spoilt) return;
      count += 1;
      if (value < least) least = value;
      if (value > greatest) greatest = value;
      first = (first + mixed(value, 1)) | 0;
      second = (second + mixed(value, 0x5bd1e995)) | 0;
    },
    holds() {
      if (spoilt || count === 0 || greatest - least + 1 !== count) return false;
      let one = 0;
      let two = 0;
      for (let value = least; value <= greatest; value += 1) {
        one = (one + mixed(value, 1)) | 0;
        two = (two + mixed(value, 0x5bd1e995)) | 0;
      }
      return one === first && two === second;
    },
  };
}
