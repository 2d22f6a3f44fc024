/** @file Row keys as text: 16 bytes are 32 hexadecimal digits, and the order of the digits is the order of the bytes. */

export const keyBytes = 16;

/** The key of a row as 32 lower-case hexadecimal digits. `keys`: 16 bytes a row. */
export function keyHex(keys: Uint8Array, row: number): string {
  let text = '';
  for (let i = row * keyBytes; i < (row + 1) * keyBytes; i++) text += (keys[i]! < 16 ? '0' : '') + keys[i]!.toString(16);
  return text;
}

/** The 16 bytes of a key, or undefined where the text is not 32 lower-case hexadecimal digits. */
export function keyOfHex(text: string): Uint8Array | undefined {
  if (!/^[0-9a-f]{32}$/.test(text)) return undefined;
  return Uint8Array.from({ length: keyBytes }, (_, i) => Number.parseInt(text.slice(2 * i, 2 * i + 2), 16));
}

/** Compares the 16 bytes at row `a` of `left` with those at row `b` of `right`: negative, zero or positive. */
export function compareKeys(left: Uint8Array, a: number, right: Uint8Array, b: number): number {
  const p = a * keyBytes;
  const q = b * keyBytes;
  for (let i = 0; i < keyBytes; i++) {
    const difference = left[p + i]! - right[q + i]!;
    if (difference !== 0) return difference;
  }
  return 0;
}

/** The keys of some rows, 16 bytes each, in the order asked for. */
export function takenKeys(keys: Uint8Array, rows: ArrayLike<number>): Uint8Array {
  const taken = new Uint8Array(rows.length * keyBytes);
  for (let i = 0; i < rows.length; i++) taken.set(keys.subarray(rows[i]! * keyBytes, (rows[i]! + 1) * keyBytes), i * keyBytes);
  return taken;
}
