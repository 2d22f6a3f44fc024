/** @file The shape of a column as charts take it: heights for the small picture, bins for the large one, values with counts for a list. */

import type { ColumnProfile } from '../../domain/data/profile';

/** A bar of a histogram; `share` of the rows with a value, 0 to 1. */
export interface ShapeBin {
  readonly from: number;
  readonly to: number;
  readonly share: number;
}

const day = (milliseconds: number): string => new Date(milliseconds).toISOString().slice(0, 10);

/** Rows that have a value. */
export const knownRows = ({ rows, missing }: ColumnProfile): number => rows - missing;

/** Counts of true and false, from the mean of ones and zeros. */
function truthCounts(profile: ColumnProfile): readonly { readonly name: string; readonly count: number }[] {
  const yes = Math.round((profile.numeric?.mean ?? 0) * knownRows(profile));
  return [
    { name: 'true', count: yes },
    { name: 'false', count: knownRows(profile) - yes },
  ];
}

/** Values with counts, most frequent first; null for numbers, which have a histogram. Dates are listed by the bins of their histogram. */
export function listedValues(profile: ColumnProfile): readonly { readonly name: string; readonly count: number }[] | null {
  if (profile.texts !== null) return profile.texts.top.map(({ text, rows }) => ({ name: text, count: rows }));
  if (profile.numeric === null) return null;
  if (profile.type === 'boolean') return truthCounts(profile).filter(({ count }) => count > 0);
  if (profile.type !== 'date') return null;
  const { edges, counts } = profile.numeric.histogram;
  return counts.map((count, bin) => ({ name: `${day(edges[bin]!)} – ${day(edges[bin + 1]!)}`, count }));
}

/** Bins of a number's histogram, as shares of the rows with a value. */
export function binsOf(profile: ColumnProfile): readonly ShapeBin[] {
  if (profile.numeric === null) return [];
  const { edges, counts } = profile.numeric.histogram;
  return counts.map((count, bin) => ({ from: edges[bin]!, to: edges[bin + 1]!, share: count / knownRows(profile) }));
}

/** Width of the bins, or null where they differ. */
export function binWidth(profile: ColumnProfile): number | null {
  const edges = profile.numeric?.histogram.edges ?? [];
  if (edges.length < 2) return null;
  const width = edges[1]! - edges[0]!;
  return edges.every((edge, i) => i === 0 || Math.abs(edge - edges[i - 1]! - width) <= 1e-9 * Math.abs(width)) ? width : null;
}

const mostBars = 16;

/** Heights of the small picture, as shares of all rows. */
export function miniShares(profile: ColumnProfile): readonly number[] {
  if (profile.rows === 0) return [];
  const values = profile.type === 'date' ? null : listedValues(profile);
  if (values !== null) return values.slice(0, mostBars).map(({ count }) => count / profile.rows);
  return profile.numeric?.histogram.counts.map((count) => count / profile.rows) ?? [];
}

/** The value that a number of a profile is written as: dates as days. */
export const valueText = (value: number, profile: ColumnProfile, figure: (value: number) => string): string => (profile.type === 'date' ? day(value) : figure(value));
