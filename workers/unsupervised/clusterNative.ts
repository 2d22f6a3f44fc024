/** @file The arithmetic of k-means and of covariances by the kernel `cluster`: the bits of `clusterArithmetic.ts` and `principalComponents.ts`. */

import { bytes } from 'kernel:cluster';
import { startKernel } from '../kernels/kernel';
import type { ClusterArithmetic } from './clusterArithmetic';
import type { Scatter } from './principalComponents';

interface Functions {
  assign(rows: number, features: number, centres: number, count: number, padded: number, half: number, labels: number, upper: number, lower: number, work: number, from: number, to: number): number;
  gather(rows: number, features: number, labels: number, sums: number, counts: number, from: number, to: number): void;
  loosen(labels: number, upper: number, lower: number, moves: number, furthest: number, from: number, to: number): void;
  scatter(rows: number, features: number, padded: number, means: number, work: number, sums: number, from: number, to: number): void;
}

const even = (count: number): number => count + (count % 2);

/** @throws Refusal outOfMemory, engineUnavailable: see `startKernel` */
export async function nativeClusters(x: Float32Array, rows: number, features: number, clusters: number): Promise<ClusterArithmetic> {
  const kernel = await startKernel<Functions>('cluster', bytes);
  const padded = even(clusters);
  const at = {
    rows: kernel.copied(x),
    centres: kernel.take(features * padded * 8),
    half: kernel.take(padded * 8),
    labels: kernel.take(rows * 4),
    upper: kernel.take(rows * 8),
    lower: kernel.take(rows * 8),
    work: kernel.take(padded * 8),
    sums: kernel.take(clusters * features * 8),
    counts: kernel.take(clusters * 8),
    moves: kernel.take(clusters * 8),
    furthest: kernel.take(clusters * 8),
  };
  const labels = kernel.words(at.labels, rows).fill(-1);
  const centresThere = kernel.doubles(at.centres, features * padded);
  const put = (into: number, values: Float64Array): void => kernel.doubles(into, values.length).set(values);
  return {
    labels: () => labels,
    restart: () => void labels.fill(-1),
    assign(centres, half, from, to) {
      for (let c = 0; c < clusters; c++) for (let f = 0; f < features; f++) centresThere[f * padded + c] = centres[c * features + f]!;
      put(at.half, half);
      return kernel.run.assign(at.rows, features, at.centres, clusters, padded, at.half, at.labels, at.upper, at.lower, at.work, from, to);
    },
    gather(sums, counts, from, to) {
      put(at.sums, sums);
      put(at.counts, counts);
      kernel.run.gather(at.rows, features, at.labels, at.sums, at.counts, from, to);
      sums.set(kernel.doubles(at.sums, sums.length));
      counts.set(kernel.doubles(at.counts, counts.length));
    },
    loosen(moves, furthest, from, to) {
      put(at.moves, moves);
      put(at.furthest, furthest);
      kernel.run.loosen(at.labels, at.upper, at.lower, at.moves, at.furthest, from, to);
    },
  };
}

/** The products of centred rows: see `Scatter`. */
export async function nativeScatter(x: Float32Array, features: number, means: Float64Array): Promise<Scatter> {
  const kernel = await startKernel<Functions>('cluster', bytes);
  const padded = even(features);
  const rows = kernel.copied(x);
  const meansThere = kernel.copied(means);
  // The last pair of an odd number of features reads one number further.
  const work = kernel.take(4 * padded * 8);
  const sums = kernel.take(features * padded * 8);
  return {
    add: (from, to) => kernel.run.scatter(rows, features, padded, meansThere, work, sums, from, to),
    sums() {
      const there = kernel.doubles(sums, features * padded);
      const lower = new Float64Array(features * features);
      for (let f = 0; f < features; f++) for (let g = 0; g <= f; g++) lower[f * features + g] = there[f * padded + g]!;
      return lower;
    },
  };
}
