/** @file Tables that are bad in one way each, made of a good one: a number, a category, and a target that follows from both. */
import { closeSync, openSync, writeSync } from 'node:fs';
import { seeded } from '../../src/domain/random';

export type Cells = (string | number)[];

/** Rows of the good table, changed one by one. The same rows every time. */
export function rowsOf(count: number, change: (row: [string, string, string], i: number, chance: () => number) => Cells = (row) => row): Cells[] {
  const random = seeded(5);
  const chance = (): number => random.next();
  return Array.from({ length: count }, (_, i) => {
    const a = chance() * 10;
    const b = 'pqr'[Math.floor(chance() * 3)]!;
    return change([a.toFixed(3), b, a + (b === 'p' ? 3 : 0) + chance() * 2 > 6 ? 'yes' : 'no'], i, chance);
  });
}

/** Fields are written as they are: what needs quotes brings them. */
export const textOf = (header: Cells, rows: readonly Cells[], delimiter = ',', end = '\n'): string => [header, ...rows].map((row) => row.join(delimiter) + end).join('');

/** The good table. */
export const good = (count: number): string => textOf(['a', 'b', 'y'], rowsOf(count));

/** The good table with its rows changed. */
export const changed = (count: number, change: Parameters<typeof rowsOf>[1], header: Cells = ['a', 'b', 'y']): string => textOf(header, rowsOf(count, change));

/** Bytes without meaning, the same every time. */
export function noise(length: number): Buffer {
  const random = seeded(7);
  return Buffer.from(Array.from({ length }, () => Math.floor(random.next() * 256)));
}

/** Writes a file with one line of 200 MB, between what comes before and after it. */
export function writeGiant(path: string, before: string, start: string, filling: string, after: string): string {
  const file = openSync(path, 'w');
  const piece = Buffer.alloc(1 << 20, filling);
  writeSync(file, before + start);
  for (let i = 0; i < 200; i++) writeSync(file, piece);
  writeSync(file, `\n${after}`);
  closeSync(file);
  return path;
}
