/** @file Which part a row is in, and that for all rows as one string that can be hashed and compared across engines. */

export const partNames = ['train', 'validation', 'test'] as const;

/** Part of a row that takes no part: its target is missing, or its group straddles a cut in time. */
export const noPart = 255;

const letters = Uint8Array.from([...'tvh'], (letter) => letter.charCodeAt(0));
const dash = 0x2d;

/** One letter a row, in file order: t train, v validation, h held out (test), - none. */
export function membership(parts: Uint8Array): string {
  return new TextDecoder().decode(parts.map((part) => letters[part] ?? dash));
}

/** Rows in each part, and rows in none. */
export function partCounts(parts: Uint8Array): { readonly train: number; readonly validation: number; readonly test: number; readonly none: number } {
  const counts = [0, 0, 0, 0];
  for (const part of parts) counts[part < 3 ? part : 3]!++;
  return { train: counts[0]!, validation: counts[1]!, test: counts[2]!, none: counts[3]! };
}
