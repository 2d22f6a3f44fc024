/** @file Additive models made up for tests. */

import type { AdditiveModel, Axis, Term } from '../../../../src/domain/modelling/forms/additive';
import { cellsOf } from '../../../../src/domain/modelling/forms/additive';
import { seeded, type Random } from '../../../../src/domain/random';

export function randomTerm(axes: readonly Axis[], outputs: number, random: Random): Term {
  const cells = axes.reduce((product, axis) => product * cellsOf(axis), 1);
  const numbers = (length: number, make: () => number): Float32Array => Float32Array.from({ length }, make);
  return { axes, scores: numbers(cells * outputs, () => random.normal()), deviations: numbers(cells * outputs, () => random.next()), counts: numbers(cells, () => random.below(20)) };
}

/** Feature 0: edges; 1: categories; 2: edges, some neighbouring; 3: no edge at all; 4: categories of which none is known. */
export const axes = {
  number: { feature: 0, kind: 'number', edges: Float32Array.of(-1.5, -0, 0.1, 2, 1e30) },
  category: { feature: 1, kind: 'category', codes: Int32Array.of(0, 2, 3, 70_000), cells: Uint8Array.of(1, 2, 3, 2) },
  close: { feature: 2, kind: 'number', edges: Float32Array.of(0.1, Math.fround(0.1) + 2 ** -27, 3) },
  flat: { feature: 3, kind: 'number', edges: new Float32Array(0) },
  unknown: { feature: 4, kind: 'category', codes: new Int32Array(0), cells: new Uint8Array(0) },
} as const satisfies Record<string, Axis>;

export function randomAdditive(output: AdditiveModel['output'], outputs: number, seed = 3): AdditiveModel {
  const random = seeded(seed);
  const terms = [[axes.number], [axes.category], [axes.close], [axes.flat], [axes.unknown], [axes.number, axes.category], [axes.close, axes.number], [axes.category, axes.unknown]];
  return {
    form: 'additive',
    features: 5,
    outputs,
    output,
    intercept: Float32Array.from({ length: outputs }, () => random.normal()),
    bags: 4,
    terms: terms.map((one) => randomTerm(one, outputs, random)),
    facts: { bags: 4 },
  };
}

/** Rows of edges, of their neighbours in float32, of missing values and of unknown categories. */
export function edgeRows(rows: number, seed = 5): Float32Array {
  const random = seeded(seed);
  const step = new Uint32Array(1);
  const next = new Float32Array(step.buffer);
  const beside = (value: number): number => {
    next[0] = value;
    step[0] = step[0]! + random.below(3) - (value === 0 ? 0 : 1);
    return next[0]!;
  };
  const pick = (from: ArrayLike<number>): number => from[random.below(from.length)]!;
  return Float32Array.from({ length: rows * 5 }, (_, i) => {
    if (random.below(8) === 0) return NaN;
    const feature = i % 5;
    if (feature === 0) return random.below(3) === 0 ? 3 * random.normal() : beside(pick(axes.number.edges));
    if (feature === 2) return random.below(3) === 0 ? random.normal() : beside(pick(axes.close.edges));
    if (feature === 1 || feature === 4) return pick([0, 1, 2, 3, 4, 69_999, 70_000, 70_001]);
    return random.normal();
  });
}
