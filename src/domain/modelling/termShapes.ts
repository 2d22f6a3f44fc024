/** @file From an additive model to what a chart shows of each term: scores, error bars, counts and importance. Draws nothing. */

import { cellsOf, type AdditiveModel, type Axis, type Term } from './forms/additive';

/** Scores of one output, and how far the bags are apart. */
export interface Curve {
  readonly scores: Float32Array;
  readonly deviations: Float32Array;
}

/** The bins of one feature as they are drawn. */
export interface ShapeAxis {
  readonly feature: number;
  readonly kind: Axis['kind'];
  /** Numbers: the ascending borders between the bins; there is one bin more. */
  readonly edges: Float32Array | null;
  /** Categories: the codes of each bin. */
  readonly codes: readonly (readonly number[])[] | null;
}

export interface TermShape {
  /** Where the term stands in the model. */
  readonly index: number;
  /** One, or two for a pair. */
  readonly axes: readonly ShapeAxis[];
  /** One an output: bins without the one for what is missing; of a pair first × second, row-major. */
  readonly curves: readonly Curve[];
  /** Weight of the training rows in each bin. */
  readonly counts: Float32Array;
  /** What is said of rows whose value is missing; null for pairs, and where none was missing in training. One score an output. */
  readonly missing: (Curve & { readonly count: number }) | null;
  /** Mean size of the score over the training rows, and over the outputs. */
  readonly importance: number;
}

/** The most important first; equal ones in the order of the model. */
export function termShapes({ terms, outputs }: AdditiveModel): TermShape[] {
  const shapes = terms.map((term, index) => shapeOf(term, outputs, index));
  return shapes.sort((a, b) => b.importance - a.importance || a.index - b.index);
}

/** Σ count · |score| / Σ count, the mean over the outputs. */
export function importanceOf({ scores, counts }: Term, outputs: number): number {
  let sum = 0;
  let total = 0;
  counts.forEach((count, cell) => {
    total += count;
    for (let k = 0; k < outputs; k++) sum += count * Math.abs(scores[cell * outputs + k]!);
  });
  return total > 0 ? sum / total / outputs : 0;
}

function shapeOf(term: Term, outputs: number, index: number): TermShape {
  const { axes, scores, deviations, counts } = term;
  const sizes = axes.map(cellsOf);
  const shown = shownCells(sizes);
  const curves = Array.from({ length: outputs }, (_, k): Curve => ({
    scores: Float32Array.from(shown, (cell) => scores[cell * outputs + k]!),
    deviations: Float32Array.from(shown, (cell) => deviations[cell * outputs + k]!),
  }));
  const isMissing = axes.length === 1 && counts[0]! > 0;
  return {
    index,
    axes: axes.map(axisOf),
    curves,
    counts: Float32Array.from(shown, (cell) => counts[cell]!),
    missing: isMissing ? { scores: scores.slice(0, outputs), deviations: deviations.slice(0, outputs), count: counts[0]! } : null,
    importance: importanceOf(term, outputs),
  };
}

/** The cells without a missing value, row-major. */
function shownCells(sizes: readonly number[]): number[] {
  const along = (size: number): number[] => Array.from({ length: size - 1 }, (_, i) => i + 1);
  const [first, second] = sizes;
  return second === undefined ? along(first!) : along(first!).flatMap((a) => along(second).map((b) => a * second + b));
}

function axisOf(axis: Axis): ShapeAxis {
  const { feature, kind } = axis;
  if (axis.kind === 'number') return { feature, kind, edges: axis.edges, codes: null };
  const codes = Array.from({ length: cellsOf(axis) - 1 }, (): number[] => []);
  axis.codes.forEach((code, place) => codes[axis.cells[place]! - 1]!.push(code));
  return { feature, kind, edges: null, codes };
}
