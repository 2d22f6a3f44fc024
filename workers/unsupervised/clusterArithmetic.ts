/** @file The arithmetic of k-means over all rows, in slices; the twin of the kernel `cluster` and the contract that both keep. */

export interface ClusterArithmetic {
  /** The centre of each row; a view. −1 before the first `assign`. */
  labels(): Int32Array;
  /** Forgets all labels. */
  restart(): void;
  /**
   * Gives the rows from … to − 1 their nearest centre, of equally near ones the first.
   * @param centres clusters × features. @param from a multiple of `grain`, and so is `to`, or it is the number of rows
   * @returns how many rows changed
   */
  assign(centres: Float64Array, from: number, to: number): number;
  /** Adds the rows from … to − 1 to the sums (clusters × features) and counts of their centres, in their order. */
  gather(sums: Float64Array, counts: Float64Array, from: number, to: number): void;
}

/** Rows that are assigned together. */
export const grain = 8;

/** @param x rows × features, row-major */
export function plainClusters(x: Float32Array, rows: number, features: number, clusters: number): ClusterArithmetic {
  const labels = new Int32Array(rows).fill(-1);
  return {
    labels: () => labels,
    restart: () => void labels.fill(-1),
    assign(centres, from, to) {
      let changed = 0;
      for (let i = from; i < to; i++) {
        let nearest = 0;
        let least = Infinity;
        for (let c = 0; c < clusters; c++) {
          let sum = 0;
          for (let f = 0; f < features; f++) {
            const difference = x[i * features + f]! - centres[c * features + f]!;
            sum += difference * difference;
          }
          if (sum < least) {
            least = sum;
            nearest = c;
          }
        }
        if (nearest !== labels[i]) {
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
  };
}
