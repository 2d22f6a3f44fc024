/** @file A curve as pages have it (columns of numbers) turned into points a plot can show. */

import { seriesLook } from './palette';
import type { PlotSeries } from './plot';
import { thinnedIndices } from './thinning';

export interface Curve {
  readonly name: string;
  /** Stands at the line's end in place of the name, e.g. the last value where there is one curve. */
  readonly end?: string | undefined;
  /** Second line at the line's end, e.g. `.278 after 24 s`. */
  readonly note?: string | undefined;
  /** Ascending. */
  readonly x: ArrayLike<number>;
  /** NaN: a gap, left out. */
  readonly y: ArrayLike<number>;
  /** Interval per point: drawn as a band. */
  readonly low?: ArrayLike<number> | undefined;
  readonly high?: ArrayLike<number> | undefined;
  /** Index of the point that was kept, marked with a dot. */
  readonly kept?: number | undefined;
  /** Thin and pale, e.g. the training rows beside the validation rows. */
  readonly faint?: boolean | undefined;
  /** A dot on every point: for a few points. */
  readonly dotted?: boolean | undefined;
  /** Place in the palette, from 0. Default: its place among the curves. Give the same to two curves of one run. */
  readonly look?: number | undefined;
}

/** Most points drawn per curve. */
export const mostCurvePoints = 800;

/** Points of a curve, thinned; the kept point is never thinned away. */
export function curveSeries(curve: Curve, index: number): PlotSeries {
  const keep = new Set(thinnedIndices(curve.y, mostCurvePoints));
  if (curve.kept !== undefined && curve.kept >= 0 && curve.kept < curve.y.length) keep.add(curve.kept);
  const indices = [...keep].filter((at) => Number.isFinite(curve.x[at]) && Number.isFinite(curve.y[at])).sort((a, b) => a - b);
  const finite = (value: number | undefined): number | null => (value !== undefined && Number.isFinite(value) ? value : null);
  const { low, high } = curve;
  const kept = curve.kept === undefined ? -1 : indices.indexOf(curve.kept);
  return {
    name: curve.name,
    end: curve.end,
    note: curve.note,
    look: curve.faint ? { ...seriesLook(curve.look ?? index), dash: [] } : seriesLook(curve.look ?? index),
    kind: 'line',
    points: indices.map((at) => ({ x: curve.x[at]!, y: curve.y[at]! })),
    low: low && high ? indices.map((at) => finite(low[at])) : undefined,
    high: low && high ? indices.map((at) => finite(high[at])) : undefined,
    keptIndex: kept < 0 ? undefined : kept,
    faint: curve.faint ?? false,
    dotted: curve.dotted ?? false,
  };
}
