/** @file The nearest of many rows, exactly: every distance in float64, ties to the row that comes first. The reference that the kernel `neighbours` is compared with. */

/** The nearest rows of several queries: count × k, each query's from the nearest on. */
export interface Nearest {
  readonly indices: Int32Array;
  /** Squared Euclidean distances. */
  readonly squares: Float64Array;
}

export const noNearest = (count: number, k: number): Nearest => ({ indices: new Int32Array(count * k), squares: new Float64Array(count * k) });

/**
 * Writes the k nearest rows of one query to `into`, from `at × k` on, by distance and then by index.
 * @param rows n × features, row-major; k ≤ n. @param query begins at `start` in `queries`.
 */
export function nearestRows(rows: Float32Array, features: number, queries: Float32Array, start: number, k: number, into: Nearest, at: number): void {
  const n = rows.length / features;
  const indices = into.indices.subarray(at * k, (at + 1) * k);
  const squares = into.squares.subarray(at * k, (at + 1) * k);
  let held = 0;
  for (let i = 0, from = 0; i < n; i++, from += features) {
    let sum = 0;
    for (let f = 0; f < features; f++) {
      const difference = queries[start + f]! - rows[from + f]!;
      sum += difference * difference;
    }
    if (held === k && !(sum < squares[k - 1]!)) continue;
    // Rows come in their order, so that the first of equally near ones stays before the others.
    let place = held < k ? held++ : k - 1;
    while (place > 0 && squares[place - 1]! > sum) {
      squares[place] = squares[place - 1]!;
      indices[place] = indices[place - 1]!;
      place--;
    }
    squares[place] = sum;
    indices[place] = i;
  }
}
