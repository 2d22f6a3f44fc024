/** @file Nearest rows by the kernel `neighbours`: the bits of `nearestRows`, most of the work in single precision. */

import { bytes } from 'kernel:neighbours';
import type { Nearest } from '../../src/domain/modelling/nearest';
import { startKernel } from '../kernels/kernel';
import { lanes, packed, type PanelFunctions } from '../kernels/panels';

interface Functions extends PanelFunctions {
  setRows(features: number, k: number, total: number, panels: number, norms: number, exact: number, scale: number): void;
  setQueries(queries: number, exact: number, norms: number, limits: number, squares: number, indices: number, sizes: number): void;
  scan(count: number, from: number, to: number): void;
  order(count: number): void;
}

/** Looks up the nearest rows of up to `block` queries at a time. */
export interface NearestSearch {
  readonly block: number;
  /**
   * @param queries `count` × features, row-major. @param breathe asked between slices of a few milliseconds.
   * @returns views that the next call overwrites
   */
  find(queries: Float32Array, count: number, breathe: () => Promise<void> | undefined): Promise<Nearest>;
}

/** Multiplications of a slice: a few milliseconds, and some tens where every row has to be looked at closely. */
const perSlice = 1.6e7;
/** Bytes of panels that go past all queries of a block before the next: they stay in the first cache. */
const nearBytes = 16_384;

/**
 * The kernel offers a row b to the heap of a query a unless ½‖b‖²(1 − γ) − ab > ½(T − ‖a‖²(1 − γ)), where T is the worst squared distance in
 * the heap and γ = 2(features + 16) 2⁻²⁴. With |â − a| ≤ 2⁻²⁴|a| for each number of the centred rows, and a float32 sum that begins with the
 * rounded norm and takes away that many products, twice the left side is off by at most (features + 16) 2⁻²⁴ (‖a‖² + 2‖b‖²) (Higham 2002,
 * §3.1; 2|ab| ≤ ‖a‖² + ‖b‖²), so that no row of the answer is passed over. Centring keeps the norms, and with them the rows to be looked at, small;
 * a power of two brings the largest number to 1, so that nothing overflows.
 * @param rows n × features, row-major. @param k at most n. @param breathe asked while the rows are laid out
 */
export async function nearestNative(rows: Float32Array, features: number, k: number, breathe: () => Promise<void> | undefined = () => undefined): Promise<NearestSearch> {
  const n = rows.length / features;
  const groups = Math.ceil(n / lanes);
  const gamma = 2 * (features + 16) * 2 ** -24;
  const block = Math.max(4, Math.min(256, Math.floor(2 ** 22 / k / 4) * 4));
  const kernel = await startKernel<Functions>('neighbours', bytes);
  const panels = await packed(kernel, rows, n, features, breathe);
  const { centre, factor } = panels;
  const at = {
    norms: kernel.take(groups * lanes * 4),
    queries: kernel.take(block * features * 4),
    exactQueries: kernel.take(block * features * 4),
    queryNorms: kernel.take(block * 8),
    limits: kernel.take(block * 4),
    squares: kernel.take(block * k * 8),
    indices: kernel.take(block * k * 4),
    sizes: kernel.take(block * 4),
  };
  const norms = kernel.floats(at.norms, groups * lanes).fill(Infinity);
  for (let i = 0; i < n; i++) norms[i] = 0.5 * panels.norms[i]! * (1 - gamma);
  kernel.run.setRows(features, k, n, panels.at, at.norms, panels.rows, factor * factor);
  kernel.run.setQueries(at.queries, at.exactQueries, at.queryNorms, at.limits, at.squares, at.indices, at.sizes);
  const near = Math.max(1, Math.floor(nearBytes / (features * lanes * 4)));

  return {
    block,
    async find(queries, count, breathe) {
      if (count > block || queries.length !== count * features) throw new RangeError(`${count} queries of ${features} numbers, not ${queries.length}; ${block} at a time`);
      const padded = Math.ceil(count / 4) * 4;
      const centred = kernel.floats(at.queries, block * features).fill(0);
      const queryNorms = kernel.doubles(at.queryNorms, block).fill(0);
      kernel.floats(at.exactQueries, count * features).set(queries);
      kernel.floats(at.limits, block).fill(-Infinity).fill(Infinity, 0, count);
      kernel.words(at.sizes, block).fill(0);
      for (let q = 0; q < count; q++) {
        for (let f = 0; f < features; f++) {
          const value = Math.fround((queries[q * features + f]! - centre[f]!) * factor);
          centred[q * features + f] = value;
          queryNorms[q]! += value * value;
        }
        queryNorms[q]! *= 1 - gamma;
      }
      const slice = Math.max(1, Math.floor(perSlice / (padded * features * lanes * near))) * near;
      for (let from = 0; from < groups; ) {
        const end = Math.min(groups, from + slice);
        for (; from < end; from += near) kernel.run.scan(padded, from, Math.min(end, from + near));
        from = end;
        await breathe();
      }
      kernel.run.order(count);
      return { indices: kernel.words(at.indices, count * k), squares: kernel.doubles(at.squares, count * k) };
    },
  };
}
