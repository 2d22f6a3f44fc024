/** @file The golden file of scikit-learn's preprocessing, typed. */
import { readFileSync } from 'node:fs';

type Cells = readonly (number | null)[];

export interface GoldenNumbers {
  readonly name: string;
  readonly train: Cells;
  readonly serve: Cells;
  readonly expected: Readonly<
    Record<'scaleStandard' | 'scaleRobust' | 'scaleQuantile', { readonly train: Cells; readonly serve: Cells; readonly knots: Cells }>
  > &
    Readonly<Record<'median' | 'mean' | 'most_frequent', number>>;
}

export const golden = JSON.parse(readFileSync(new URL('../../../../golden/recipe.json', import.meta.url), 'utf8')) as {
  readonly numbers: readonly GoldenNumbers[];
  readonly words: {
    readonly train: string[];
    readonly serve: string[];
    readonly categories: string[];
    readonly oneHot: number[][];
    readonly ordinal: number[];
    readonly mostFrequent: string;
  };
};

/** A golden column as the entering values of a recipe. */
export const partOf = (cells: Cells): { readonly kind: 'numbers'; readonly parts: [{ suffix: string; flag: boolean; values: Float32Array }] } => ({
  kind: 'numbers',
  parts: [{ suffix: '', flag: false, values: Float32Array.from(cells, (cell) => cell ?? NaN) }],
});

/** The values of the only part. */
export const onlyPart = (values: { readonly kind: string }): Float32Array => (values as ReturnType<typeof partOf>).parts[0].values;

/** The largest difference, in units of the larger of 1 and the expected value. Missing must meet missing. */
export function largestDifference(found: ArrayLike<number>, expected: Cells): number {
  let largest = 0;
  expected.forEach((cell, row) => {
    const value = found[row]!;
    if ((cell === null) !== Number.isNaN(value)) largest = Infinity;
    else if (cell !== null) largest = Math.max(largest, Math.abs(value - cell) / Math.max(1, Math.abs(cell)));
  });
  return largest;
}
