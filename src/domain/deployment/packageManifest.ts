/** @file The body of a package: the files of a model for other runtimes, and the proof that they answer alike. */

import type { ParityVerdict } from './parity';

/** `maxAbsDiff` is null where the outputs could not be compared. */
export type StoredParity = Omit<ParityVerdict, 'maxAbsDiff'> & { readonly maxAbsDiff: number | null };

export interface PackageFile {
  /** Path inside the package, with `/`. */
  readonly path: string;
  readonly bytes: number;
  readonly pieces: readonly number[];
}

export interface PackageBody {
  /** Training rows that the files hold, as a model of nearest neighbours does; absent: none. Whoever saves them is asked first. */
  readonly rowsInside?: number;
  readonly files: readonly PackageFile[];
  /** Null when the ONNX file could not be written: `withheld` says why. */
  readonly parity: StoredParity | null;
  /** A refusal's code and facts; null when the ONNX file is there. */
  readonly withheld: { readonly code: string; readonly details: Readonly<Record<string, string | number>> } | null;
}
