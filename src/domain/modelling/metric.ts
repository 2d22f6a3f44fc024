/** @file The contract of a metric. Each metric is one file in `metrics/` and one line in `metrics/registry.ts`. */

import type { RowGroups } from './rowGroups';
import type { TaskShape } from './task';

/** Rows that a model has scored, with their truth. Every array is in the same row order. */
export type ScoredRows =
  | {
      readonly shape: 'binary' | 'multiclass';
      /** Number of classes K. */
      readonly classes: number;
      /** Index of the positive class; null when K > 2. */
      readonly positive: number | null;
      /** n class indices. */
      readonly truth: Int32Array;
      /** n class indices: what the model decided, under the threshold in force. */
      readonly predicted: Int32Array;
      /** n × K probabilities, row-major, each row summing to 1. */
      readonly probabilities: Float64Array;
    }
  | { readonly shape: 'regression'; readonly truth: Float64Array; readonly predicted: Float64Array };

/** A number with its doubt. Undefined value: the definition does not apply (0/0), and the view says so. */
export interface Estimate {
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** Rows that the number rests on: the denominator of a proportion, otherwise (and where it is undefined) all rows. */
  readonly n: number;
  /** How the interval was made, e.g. `Wilson`, `bootstrap, 2,000 resamples, BCa`, `bootstrap over 48 groups, 2,000 resamples, BCa`. */
  readonly method: string;
}

/** How often each row was drawn in a resample: n counts. */
export type Counts = Uint16Array;

/** A metric prepared for one set of rows: its value when row i counts `counts[i]` times. Null where undefined. */
export type WeightedMetric = (counts: Counts) => number | null;

export interface Metric {
  /** scikit-learn's name, e.g. `roc_auc`. */
  readonly name: string;
  readonly shapes: readonly TaskShape[];
  readonly direction: 'higher' | 'lower';
  /** The closed range of possible values; null where unbounded. */
  readonly range: readonly [number | null, number | null];
  /** Where the value is a proportion of these rows: k of n. Of independent rows it gets a Wilson interval instead of the bootstrap. Null where it is none. */
  proportion?(rows: ScoredRows): { readonly successes: number; readonly of: number } | null;
  /** Sorts and sums once, then answers for any counts in O(n). Counts of one give the value over all rows: `metricValue`. */
  weighted(rows: ScoredRows): WeightedMetric;
  /** How many passes over the rows one answer of `weighted` takes; 1 when absent. It decides when resampling becomes too dear. */
  passes?(rows: ScoredRows): number;
  /**
   * For metrics whose best value is 1: into how many disjoint groups of rows the data divide such that the value 1 means "nothing wrong in any".
   * A bootstrap of perfect answers has no width; the interval then rests on these trials.
   * @param groups rows that belong together: then only groups are disjoint, and are counted
   */
  trials?(rows: ScoredRows, groups?: RowGroups): number;
}
