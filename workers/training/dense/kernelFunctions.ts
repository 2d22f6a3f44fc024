/** @file What the kernel of dense networks exports. Addresses are bytes. */

import type { Kernel } from '../../kernels/kernel';

export interface DenseFunctions {
  reorder(net: number, rows: number): void;
  train(net: number, rows: number, from: number, to: number, steps: number, total: number): number;
  answer(net: number, x: number, codes: number, rows: number): number;
  score(net: number, x: number, codes: number, rows: number, total: number): number;
}

/** Addresses come back signed; above 2 GiB they would be negative. */
export function kernelFunctions({ run }: Kernel<DenseFunctions>): DenseFunctions {
  return { reorder: run.reorder, train: run.train, score: run.score, answer: (net, x, codes, rows) => run.answer(net, x, codes, rows) >>> 0 };
}
