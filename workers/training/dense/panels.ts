/** @file Between row-major weights and the panels in which the kernel keeps them (`kernels/assembly/denseProducts.ts`). */

import type { Numbers } from '../savedState';

/** Where a weight lies in panels of rows × columns: eight columns of all rows, then the next; four in the last, where eight do not fit. */
export function panelPlace(row: number, column: number, rows: number, columns: number): number {
  if (columns === 1) return row;
  const first = column & ~7;
  return first * rows + row * (columns - first < 8 ? 4 : 8) + (column - first);
}

/** @param into panels of rows × columns, at least as large as inputs × outputs */
export function toPanels(weights: Numbers, inputs: number, outputs: number, into: Float32Array, rows: number, columns: number): void {
  for (let k = 0; k < inputs; k++) for (let j = 0; j < outputs; j++) into[panelPlace(k, j, rows, columns)] = weights[k * outputs + j]!;
}

export function fromPanels(panels: Float32Array, rows: number, columns: number, inputs: number, outputs: number): Float32Array {
  const weights = new Float32Array(inputs * outputs);
  for (let k = 0; k < inputs; k++) for (let j = 0; j < outputs; j++) weights[k * outputs + j] = panels[panelPlace(k, j, rows, columns)]!;
  return weights;
}
