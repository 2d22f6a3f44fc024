/** @file From the tables of the bags to the model: pairs purified, terms centred, means and deviations over the bags. */

import type { AdditiveModel, Axis, Term } from '../../../src/domain/modelling/forms/additive';
import type { Json } from '../../../src/domain/canonical';
import type { Bag } from './bag';
import type { BinnedRows } from './binnedRows';
import type { CoarseFeature } from './coarseAxis';
import type { Pair } from './interactions';
import { purify } from './purification';

export interface PairTerm {
  readonly features: Pair;
  readonly axes: readonly [CoarseFeature, CoarseFeature];
  /** Weight of the training rows in each cell. */
  readonly counts: Float64Array;
}

/** Every bag's best tables count alike. */
export async function assembled({ problem, features, scale }: BinnedRows, bags: readonly Bag[], pairs: readonly PairTerm[], facts: Readonly<Record<string, Json>>, pause: () => Promise<void> | undefined): Promise<AdditiveModel> {
  const { outputs, loss } = problem;
  const shapes: readonly { readonly axes: readonly Axis[]; readonly counts: Float64Array }[] = [
    ...features.map(({ axis, counts }) => ({ axes: [axis], counts })),
    ...pairs.map(({ axes, counts }) => ({ axes: axes.map(({ axis }) => axis), counts })),
  ];
  const mean = shapes.map(({ counts }) => new Float64Array(counts.length * outputs));
  const squares = shapes.map(({ counts }) => new Float64Array(counts.length * outputs));
  const intercept = new Float64Array(outputs);
  const cleaned: Clean[] = [];
  for (const bag of bags) cleaned.push(await clean(bag, features, pairs, outputs, pause));
  for (const { base, tables } of cleaned) {
    for (let k = 0; k < outputs; k++) intercept[k]! += base[k]! / bags.length;
    tables.forEach((table, t) => {
      for (let i = 0; i < table.length; i++) mean[t]![i]! += table[i]! / bags.length;
    });
  }
  for (const { tables } of cleaned) {
    tables.forEach((table, t) => {
      for (let i = 0; i < table.length; i++) squares[t]![i]! += (table[i]! - mean[t]![i]!) ** 2 / bags.length;
    });
  }
  const terms = shapes.map(({ axes, counts }, t): Term => ({
    axes,
    scores: Float32Array.from(mean[t]!, (score) => score * scale.deviation),
    deviations: Float32Array.from(squares[t]!, (square) => Math.sqrt(square) * scale.deviation),
    counts: Float32Array.from(counts),
  }));
  return {
    form: 'additive',
    features: features.length,
    outputs,
    output: loss === 'squared' ? 'identity' : loss === 'logistic' ? 'sigmoid' : 'softmax',
    intercept: Float32Array.from(intercept, (value) => value * scale.deviation + scale.mean),
    bags: bags.length,
    // A feature that no step was taken for says nothing.
    terms: terms.filter(({ scores }) => scores.some((score) => score !== 0)),
    facts,
  };
}

interface Clean {
  readonly base: Float64Array;
  readonly tables: readonly Float64Array[];
}

/** The same sums in every cell with rows: pairs without main effects, terms whose weighted mean is 0, the rest in the intercept. */
async function clean({ base, best }: Bag, features: BinnedRows['features'], pairs: readonly PairTerm[], outputs: number, pause: () => Promise<void> | undefined): Promise<Clean> {
  const tables = best.slice(0, features.length + pairs.length).map((table) => table.slice());
  const intercept = base.slice();
  for (const [p, { features: own, axes, counts }] of pairs.entries()) {
    const table = tables[features.length + p]!;
    const first = axes[0].cells;
    const second = axes[1].cells;
    const moved = purify(table, counts, first, second, outputs);
    for (const side of [0, 1] as const) {
      const into = tables[own[side]]!;
      const values = side === 0 ? moved.first : moved.second;
      axes[side].map.forEach((coarse, cell) => {
        for (let k = 0; k < outputs; k++) into[cell * outputs + k]! += values[coarse * outputs + k]!;
      });
      if (features[own[side]]!.counts[0] === 0) silence(table, side, first, second, outputs);
    }
    await pause();
  }
  features.forEach(({ counts, cells }, t) => {
    const table = tables[t]!;
    const total = counts.reduce((sum, count) => sum + count, 0);
    for (let k = 0; k < outputs; k++) {
      let mean = 0;
      for (let cell = 0; cell < cells; cell++) mean += (counts[cell]! / total) * table[cell * outputs + k]!;
      for (let cell = 0; cell < cells; cell++) table[cell * outputs + k]! -= mean;
      // What was never missing in training has nothing to say when it is.
      if (counts[0] === 0) table[k] = 0;
      intercept[k]! += mean;
    }
  });
  return { base: intercept, tables };
}

/** Cell 0 of one side says nothing. */
function silence(table: Float64Array, side: 0 | 1, first: number, second: number, outputs: number): void {
  if (side === 0) table.fill(0, 0, second * outputs);
  else for (let a = 0; a < first; a++) table.fill(0, a * second * outputs, (a * second + 1) * outputs);
}
