/** @file The arithmetic of k-means over all rows, in slices; the twin of the kernel `cluster` and the contract that both keep. */

/** Rows with, for each, the centre that it belongs to and bounds of distances (Hamerly, “Making k-means even faster”, SDM 2010). */
export interface ClusterArithmetic {
  /** The centre of each row; a view. −1 before the first `assign`. */
  readonly labels: () => Int32Array;
  /** Forgets all labels. */
  restart(): void;
  /**
   * Gives the rows from … to − 1 their nearest centre, where the bounds do not say that they have it.
   * @param centres clusters × features. @param half half the distance from each centre to the nearest other one
   * @returns how many rows changed
   */
  assign(centres: Float64Array, half: Float64Array, from: number, to: number): number;
  /** Adds the rows from … to − 1 to the sums (clusters × features) and counts of their centres. */
  gather(sums: Float64Array, counts: Float64Array, from: number, to: number): void;
  /** Moves the bounds along. @param moves how far each centre went. @param furthest for each, how far any other one went at most */
  loosen(moves: Float64Array, furthest: Float64Array, from: number, to: number): void;
}

/** @param x rows × features, row-major */
export function plainClusters(x: Float32Array, rows: number, features: number, clusters: number): ClusterArithmetic {
  const labels = new Int32Array(rows).fill(-1);
  const upper = new Float64Array(rows);
  const lower = new Float64Array(rows);
  const squareTo = (row: number, centres: Float64Array, c: number): number => {
    let sum = 0;
    for (let f = 0; f < features; f++) {
      const difference = x[row * features + f]! - centres[c * features + f]!;
      sum += difference * difference;
    }
    return sum;
  };
  return {
    labels: () => labels,
    restart: () => void labels.fill(-1),
    assign(centres, half, from, to) {
      let changed = 0;
      for (let i = from; i < to; i++) {
        const own = labels[i]!;
        if (own >= 0) {
          const bound = Math.max(half[own]!, lower[i]!);
          if (upper[i]! <= bound) continue;
          upper[i] = Math.sqrt(squareTo(i, centres, own));
          if (upper[i]! <= bound) continue;
        }
        let nearest = 0;
        let [least, second] = [Infinity, Infinity];
        for (let c = 0; c < clusters; c++) {
          const square = squareTo(i, centres, c);
          if (square < least) {
            second = least;
            least = square;
            nearest = c;
          } else if (square < second) second = square;
        }
        upper[i] = Math.sqrt(least);
        lower[i] = Math.sqrt(second);
        if (nearest !== own) {
          labels[i] = nearest;
          changed++;
        }
      }
      return changed;
    },
    gather(sums, counts, from, to) {
      for (let i = from; i < to; i++) {
        const c = labels[i]!;
        for (let f = 0; f < features; f++) sums[c * features + f]! += x[i * features + f]!;
        counts[c]!++;
      }
    },
    loosen(moves, furthest, from, to) {
      for (let i = from; i < to; i++) {
        upper[i]! += moves[labels[i]!]!;
        lower[i]! -= furthest[labels[i]!]!;
      }
    },
  };
}
