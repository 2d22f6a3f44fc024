/** @file How series differ: hue in the palette's order, and a dash, so that no series is known by colour alone. */

/** Custom properties of the eight categories, in the only order in which they are used. */
export const categoryTokens = ['--cat-1', '--cat-2', '--cat-3', '--cat-4', '--cat-5', '--cat-6', '--cat-7', '--cat-8'] as const;

/** px on, px off. No two of the first four alike; the next four repeat them with other hues. */
export const dashes: readonly (readonly number[])[] = [[], [7, 4], [1.5, 4.5], [10, 3, 2, 3]];

export interface SeriesLook {
  /** 0 to 7. */
  readonly category: number;
  readonly dash: readonly number[];
}

/** The look of the i-th series, i from 0. After eight it begins again: above four series use several small charts. */
export const seriesLook = (index: number): SeriesLook => {
  const category = ((index % 8) + 8) % 8;
  return { category, dash: dashes[category % dashes.length]! };
};

/** Steps of the sequential scale, 1 to 7, for a share from 0 to 1. */
export const sequentialStep = (share: number): number => Math.min(7, Math.max(1, Math.floor((Number.isFinite(share) ? share : 0) * 7) + 1));
