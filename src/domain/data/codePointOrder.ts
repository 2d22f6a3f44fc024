/** @file The order of texts wherever an order is promised: by Unicode code points, as Python and UTF-8 bytes sort, not by UTF-16 units. */

/** Negative, zero or positive as `a` sorts before, with or after `b`. */
export function byCodePoint(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    // Surrogates (d800–dfff) stand for code points above ffff, so they sort after e000–ffff.
    if (x !== y) return x >= 0xd800 && y >= 0xd800 ? (x < 0xe000 ? x + 0x10000 : x) - (y < 0xe000 ? y + 0x10000 : y) : x - y;
  }
  return a.length - b.length;
}
