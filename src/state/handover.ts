/** @file A file on its way from one page to another: dropped on the list of projects, read where data are imported. Held once, then gone. */

let held: File | null = null;

/** Holds a file for the next page; one that was held before is let go. */
export const handFile = (file: File): void => void (held = file);

/** The file that was handed over, once; null when there is none. */
export function takeHandedFile(): File | null {
  const file = held;
  held = null;
  return file;
}
