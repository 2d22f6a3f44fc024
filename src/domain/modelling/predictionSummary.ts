/** @file What predictions of many rows come to: how often each class was decided, or the mean and the range of the values. */

export interface ValueSummary {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** How often each class was decided, those never decided too. */
export function classCounts(decided: Int32Array, classes: number): number[] {
  const counts = new Array<number>(classes).fill(0);
  for (const label of decided) counts[label]!++;
  return counts;
}

/** Mean and range of predicted values; null where there is none. */
export function valueSummary(values: Float64Array): ValueSummary | null {
  if (values.length === 0) return null;
  let sum = 0;
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    sum += value;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return { mean: sum / values.length, low, high };
}
