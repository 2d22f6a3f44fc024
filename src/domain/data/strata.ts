/** @file The strata of a split: the parts of the rows that train, validation and test should each get their share of. */

import { classesOf } from '../modelling/classes';
import type { Task } from '../modelling/task';
import { numberOrder } from './numberOrder';
import type { Column } from './table';

export interface Strata {
  /** Index into `labels` for each row; −1 where the target is missing, and the row takes no part in the split. */
  readonly of: Int32Array;
  readonly labels: readonly string[];
  /** Regression: upper edges of all strata but the last, ascending; a value on an edge belongs below it. Classification: null. */
  readonly edges: readonly number[] | null;
}

/** Below this many rows a tenth is too few to be divided in three. */
const fewestRowsForTenths = 100;

/** The up to nine values that part a numeric column into tenths of its rows. None below 100 rows. */
export function tenthEdges(values: Float64Array): number[] {
  const order = numberOrder(values);
  if (order.length < fewestRowsForTenths) return [];
  const edges: number[] = [];
  const highest = values[order.at(-1)!]!;
  for (let tenth = 1; tenth < 10; tenth++) {
    const edge = values[order[Math.ceil((order.length * tenth) / 10) - 1]!]! + 0;
    if (edge !== edges.at(-1) && edge < highest) edges.push(edge);
  }
  return edges;
}

/** Strata of a numeric column under edges that are stored with the split. */
export function valueStrata(values: Float64Array, edges: readonly number[]): Strata {
  const of = new Int32Array(values.length);
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    if (value !== value) {
      of[row] = -1;
      continue;
    }
    let stratum = 0;
    while (stratum < edges.length && value > edges[stratum]!) stratum++;
    of[row] = stratum;
  }
  return { of, labels: Array.from({ length: edges.length + 1 }, (_, i) => String(i + 1)), edges };
}

/**
 * Classes for classification; tenths of the target for regression, so that a few large values do not all fall on one side.
 * @param edges for rows that come later: the edges stored with the split.
 */
export function strataOf(target: Column, kind: Task['kind'], edges?: readonly number[]): Strata {
  if (kind === 'classification') {
    const { of, labels } = classesOf(target);
    return { of, labels, edges: null };
  }
  if (target.values.kind !== 'numeric') throw new TypeError(`a regression target is numeric, ${target.name} is not`);
  return valueStrata(target.values.values, edges ?? tenthEdges(target.values.values));
}
