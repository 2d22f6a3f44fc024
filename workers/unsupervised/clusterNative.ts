/** @file The arithmetic of k-means and of covariances by the kernel `cluster`: the bits of `clusterArithmetic.ts` and `principalComponents.ts`. */

import { bytes } from 'kernel:cluster';
import { startKernel } from '../kernels/kernel';
import { packed, type PanelFunctions } from '../kernels/panels';
import { grain, type ClusterArithmetic } from './clusterArithmetic';
import type { Scatter } from './principalComponents';

interface Functions extends PanelFunctions {
  setRows(features: number, total: number, panels: number, slacks: number, rows: number, labels: number, work: number): void;
  assign(near: number, halves: number, padded: number, exact: number, count: number, slack: number, from: number, to: number): number;
  gather(sums: number, counts: number, from: number, to: number): void;
  scatter(padded: number, means: number, centred: number, sums: number, from: number, to: number): void;
}

/** Above this, in the scale of the panels, a product could overflow: then every row is compared in double precision. */
const most = 1e15;

/**
 * Twice a difference of ½‖c‖² − xc is off by no more than 2(features + 16) 2⁻²⁴ (‖x‖² + 2‖c‖²), c being the longer centre: see `nearestNative.ts`.
 * A row whose two nearest centres differ by more, with a factor of two to spare, has its nearest.
 * @throws Refusal outOfMemory, engineUnavailable: see `startKernel`
 */
export async function nativeClusters(x: Float32Array, rows: number, features: number, clusters: number): Promise<ClusterArithmetic> {
  const kernel = await startKernel<Functions>('cluster', bytes);
  const padded = Math.ceil(clusters / 4) * 4;
  const groups = Math.ceil(rows / grain);
  const panels = await packed(kernel, x, rows, features);
  const { centre, factor } = panels;
  const at = {
    slacks: kernel.take(groups * grain * 4),
    labels: kernel.take(rows * 4),
    work: kernel.take(160),
    near: kernel.take(padded * features * 4),
    halves: kernel.take(padded * 4),
    exact: kernel.take(clusters * features * 8),
    sums: kernel.take(clusters * features * 8),
    counts: kernel.take(clusters * 8),
  };
  const gamma = 2 * (features + 16) * 2 ** -24;
  const slacks = kernel.floats(at.slacks, groups * grain);
  for (let i = 0; i < rows; i++) slacks[i] = gamma * panels.norms[i]! + 1e-30;
  kernel.run.setRows(features, rows, panels.at, at.slacks, panels.rows, at.labels, at.work);
  const labels = kernel.words(at.labels, rows).fill(-1);
  const near = kernel.floats(at.near, padded * features);
  const halves = kernel.floats(at.halves, padded).fill(Infinity);
  const exact = kernel.doubles(at.exact, clusters * features);
  const sumsThere = kernel.doubles(at.sums, clusters * features);
  const countsThere = kernel.doubles(at.counts, clusters);
  return {
    labels: () => labels,
    restart: () => void labels.fill(-1),
    assign(centres, from, to) {
      exact.set(centres);
      let [longest, largest] = [0, 0];
      for (let c = 0; c < clusters; c++) {
        let norm = 0;
        for (let f = 0; f < features; f++) {
          const value = Math.fround((centres[c * features + f]! - centre[f]!) * factor);
          near[c * features + f] = value;
          norm += value * value;
          largest = Math.max(largest, Math.abs(value));
        }
        halves[c] = norm / 2;
        longest = Math.max(longest, norm);
      }
      const slack = largest < most ? 2 * gamma * longest : Infinity;
      return kernel.run.assign(at.near, at.halves, padded, at.exact, clusters, slack, from / grain, Math.ceil(to / grain));
    },
    gather(sums, counts, from, to) {
      sumsThere.set(sums);
      countsThere.set(counts);
      kernel.run.gather(at.sums, at.counts, from, to);
      sums.set(sumsThere);
      counts.set(countsThere);
    },
  };
}

/** The products of centred rows: see `Scatter`. */
export async function nativeScatter(x: Float32Array, rows: number, features: number, means: Float64Array): Promise<Scatter> {
  const kernel = await startKernel<Functions>('cluster', bytes);
  const padded = features + (features % 2);
  const rowsThere = kernel.copied(x);
  const meansThere = kernel.copied(means);
  const centred = kernel.take(4 * padded * 8);
  const sums = kernel.take(features * padded * 8);
  kernel.run.setRows(features, rows, 0, 0, rowsThere, 0, 0);
  return {
    add: (from, to) => kernel.run.scatter(padded, meansThere, centred, sums, from, to),
    sums() {
      const there = kernel.doubles(sums, features * padded);
      const lower = new Float64Array(features * features);
      for (let f = 0; f < features; f++) for (let g = 0; g <= f; g++) lower[f * features + g] = there[f * padded + g]!;
      return lower;
    },
  };
}
