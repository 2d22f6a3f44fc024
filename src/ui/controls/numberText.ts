/** @file Reads a number that a person typed: spaces apart, a true minus, a point; a comma is refused, because it means two things. */

/** The number, or null where the text is not exactly one finite number. */
export function numberFrom(text: string): number | null {
  const plain = text.replace(/[\s\u00a0\u202f]/g, '').replace(/^−/, '-');
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain)) return null;
  const number = Number(plain);
  return Number.isFinite(number) ? number : null;
}
