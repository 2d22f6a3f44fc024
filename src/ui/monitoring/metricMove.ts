/** @file How far a metric moved from validation rows to a batch, and whether chance alone may have moved it. */

import type { Estimate } from '../../domain/modelling/metric';

export interface MetricMove {
  /** Batch less validation. */
  readonly by: number;
  /** Whether the value on validation rows lies within the interval of the batch; null where there is no interval. */
  readonly within: boolean | null;
}

/** Null where one of the two values is not known. */
export function metricMove(validation: Estimate | undefined, batch: Estimate): MetricMove | null {
  const before = validation?.value ?? null;
  if (before === null || batch.value === null) return null;
  return { by: batch.value - before, within: batch.low === null || batch.high === null ? null : batch.low <= before && before <= batch.high };
}
