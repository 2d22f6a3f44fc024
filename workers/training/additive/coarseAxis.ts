/** @file The coarser bins of a feature in pairs: at most 31 and the one for what is missing, fewer where rows are few. */

import type { Axis } from '../../../src/domain/modelling/forms/additive';
import type { BinnedFeature } from './binnedRows';

/** Most cells of one axis of a pair, with that for what is missing: a cell of the pair has four rows on average, or the axis 32 cells. */
export const mostCoarse = (rows: number): number => Math.min(32, Math.max(8, Math.ceil(Math.sqrt(rows) / 2)));

export interface CoarseFeature {
  readonly axis: Axis;
  readonly cells: number;
  /** Coarse cell of each cell of the main effect. */
  readonly map: Uint8Array;
}

/**
 * Neighbouring bins are put together until each holds its share of the weight. Categories are neighbours when their scores are.
 * @param scores of the main effect, one a cell @param most cells with that for what is missing
 */
export function coarseFeature({ axis, cells, counts }: BinnedFeature, scores: Float64Array, most: number): CoarseFeature {
  const order = Array.from({ length: cells - 1 }, (_, i) => i + 1);
  if (axis.kind === 'category') order.sort((a, b) => scores[a]! - scores[b]! || a - b);
  const map = new Uint8Array(cells);
  let used = 0;
  if (order.length < most) for (const cell of order) map[cell] = ++used;
  else {
    let rest = order.reduce((sum, cell) => sum + counts[cell]!, 0);
    let filled = Infinity;
    let share = 0;
    for (const cell of order) {
      if (filled >= share && used < most - 1) {
        share = rest / (most - 1 - used);
        used++;
        filled = 0;
      }
      map[cell] = used;
      filled += counts[cell]!;
      rest -= counts[cell]!;
    }
  }
  if (axis.kind === 'category') return { axis: { ...axis, cells: Uint8Array.from(axis.cells, (cell) => map[cell]!) }, cells: used + 1, map };
  // An edge stays where the cells beside it went apart.
  const edges = axis.edges.filter((_, i) => map[i + 1] !== map[i + 2]);
  return { axis: { ...axis, edges }, cells: edges.length + 2, map };
}
