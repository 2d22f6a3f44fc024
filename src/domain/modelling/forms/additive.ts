/** @file The form of models that add up terms: each a table of scores over the bins of one feature, or of a pair. */

import type { Json } from '../../canonical';
import { writeAnswer, type AnswerKind } from '../writeAnswer';
import type { ModelBase, ModelForm, NumberArray, Tensor } from './form';

/** How one feature becomes a cell of a term. Cell 0 is for what is missing, and for categories that are unknown or have no cell. */
export interface NumberAxis {
  readonly feature: number;
  readonly kind: 'number';
  /** Ascending. x is in cell 1 + #{edges < x}: an edge itself belongs to the cell below it. There are edges + 2 cells. */
  readonly edges: Float32Array;
}

export interface CategoryAxis {
  readonly feature: number;
  readonly kind: 'category';
  /** Codes that have a cell, ascending, and the cell of each, from 1 on. Several may share one. */
  readonly codes: Int32Array;
  readonly cells: Uint8Array;
}

export type Axis = NumberAxis | CategoryAxis;

export interface Term {
  /** One feature, or the two of a pair. */
  readonly axes: readonly Axis[];
  /** cells of the first axis × cells of the second × outputs, row-major. Weighted means over the training rows are 0, for pairs along each axis. */
  readonly scores: Float32Array;
  /** Standard deviation of each score over the bags. */
  readonly deviations: Float32Array;
  /** Weight of the training rows in each cell. */
  readonly counts: Float32Array;
}

export interface AdditiveModel extends ModelBase {
  readonly form: 'additive';
  readonly features: number;
  /** Logits of a row, or values: 1, or K for more than two classes. */
  readonly outputs: number;
  readonly output: Extract<AnswerKind, 'softmax' | 'sigmoid' | 'identity'>;
  /** One an output. */
  readonly intercept: Float32Array;
  /** Number of models whose mean this is; the deviations are 0 when there is one. */
  readonly bags: number;
  readonly terms: readonly Term[];
}

export const cellsOf = (axis: Axis): number => (axis.kind === 'number' ? axis.edges.length + 2 : axis.cells.reduce((most, cell) => Math.max(most, cell), 0) + 1);

/** Cell of a feature's value. */
export function cellOf(axis: Axis, value: number): number {
  if (value !== value) return 0;
  if (axis.kind === 'number') return 1 + placeOf(axis.edges, value);
  const place = placeOf(axis.codes, value);
  return axis.codes[place] === value ? axis.cells[place]! : 0;
}

/** Number of entries below the value, by halving. */
function placeOf(ascending: Float32Array | Int32Array, value: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ascending[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

interface AxisShape {
  readonly feature: number;
  readonly kind: Axis['kind'];
  /** Of edges, or codes. */
  readonly length: number;
}

interface Structure {
  readonly features: number;
  readonly outputs: number;
  readonly output: AdditiveModel['output'];
  readonly bags: number;
  readonly terms: readonly { readonly axes: readonly AxisShape[]; readonly cells: number }[];
}

export const additiveForm: ModelForm<AdditiveModel> = {
  name: 'additive',
  taken({ features, outputs, output, bags, intercept, terms }) {
    const structure: Structure = {
      features,
      outputs,
      output,
      bags,
      terms: terms.map(({ axes, counts }) => ({
        axes: axes.map((axis) => ({ feature: axis.feature, kind: axis.kind, length: axis.kind === 'number' ? axis.edges.length : axis.codes.length })),
        cells: counts.length,
      })),
    };
    const arrays = terms.flatMap(({ axes, scores, deviations, counts }) => [
      ...axes.flatMap((axis): NumberArray[] => (axis.kind === 'number' ? [axis.edges] : [axis.codes, axis.cells])),
      scores,
      deviations,
      counts,
    ]);
    return { structure: structure as unknown as Json, arrays: [intercept, ...arrays] };
  },
  made(structure, arrays, facts) {
    const { features, outputs, output, bags, terms } = structure as unknown as Structure;
    let at = 0;
    const take = <A extends NumberArray>(type: new (length: number) => A, length: number): A => {
      const array = arrays[at++];
      if (!(array instanceof type) || array.length !== length) throw new RangeError(`a model wants ${length} numbers and there are ${array?.length ?? 0}`);
      return array;
    };
    const intercept = take(Float32Array, outputs);
    const made = terms.map(({ axes, cells }): Term => ({
      axes: axes.map(({ feature, kind, length }): Axis =>
        kind === 'number' ? { feature, kind, edges: take(Float32Array, length) } : { feature, kind, codes: take(Int32Array, length), cells: take(Uint8Array, length) },
      ),
      scores: take(Float32Array, cells * outputs),
      deviations: take(Float32Array, cells * outputs),
      counts: take(Float32Array, cells),
    }));
    for (const { axes, counts } of made) {
      if (axes.reduce((product, axis) => product * cellsOf(axis), 1) !== counts.length) throw new RangeError('the cells of a term do not fit its axes');
    }
    if (at !== arrays.length) throw new RangeError(`a model of ${at} arrays came with ${arrays.length}`);
    return { form: 'additive', features, outputs, output, bags, intercept, terms: made, facts };
  },
  forward,
  parameters(structure) {
    const { outputs, terms } = structure as unknown as Structure;
    return terms.reduce((sum, { cells }) => sum + cells * outputs, outputs);
  },
  /** `intercept`, and for each term its axes, scores, deviations and counts. */
  tensors: ({ intercept, outputs, terms }) => [
    { name: 'intercept', shape: [outputs], data: intercept },
    ...terms.flatMap(({ axes, scores, deviations, counts }, index): Tensor[] => {
      const sizes = axes.map(cellsOf);
      return [
        ...axes.flatMap((axis, side): Tensor[] =>
          axis.kind === 'number'
            ? [{ name: `terms.${index}.axes.${side}.edges`, shape: [axis.edges.length], data: axis.edges }]
            : [
                { name: `terms.${index}.axes.${side}.codes`, shape: [axis.codes.length], data: axis.codes },
                { name: `terms.${index}.axes.${side}.cells`, shape: [axis.cells.length], data: axis.cells },
              ],
        ),
        { name: `terms.${index}.scores`, shape: [...sizes, outputs], data: scores },
        { name: `terms.${index}.deviations`, shape: [...sizes, outputs], data: deviations },
        { name: `terms.${index}.counts`, shape: sizes, data: counts },
      ];
    }),
  ],
};

/** Rows whose sums are held at once, so that each term is walked through with its own tables at hand. */
const block = 512;

/** Scores are float32, their sums float64: intercept, then the terms in their order. */
function forward(model: AdditiveModel, classes: number, x: Float32Array, rows: number): Float64Array {
  const { features, outputs, output, intercept, terms } = model;
  if (x.length !== rows * features) throw new RangeError(`${rows} rows of ${features} features are ${rows * features} numbers, not ${x.length}`);
  const width = Math.max(classes, 1);
  const answer = new Float64Array(rows * width);
  const sums = new Float64Array(block * outputs);
  const sizes = terms.map(({ axes }) => axes.map(cellsOf));
  for (let from = 0; from < rows; from += block) {
    const to = Math.min(rows, from + block);
    for (let i = 0; i < (to - from) * outputs; i++) sums[i] = intercept[i % outputs]!;
    terms.forEach(({ axes, scores }, index) => {
      for (let i = from; i < to; i++) {
        let cell = cellOf(axes[0]!, x[i * features + axes[0]!.feature]!);
        if (axes.length === 2) cell = cell * sizes[index]![1]! + cellOf(axes[1]!, x[i * features + axes[1]!.feature]!);
        for (let k = 0; k < outputs; k++) sums[(i - from) * outputs + k]! += scores[cell * outputs + k]!;
      }
    });
    for (let i = from; i < to; i++) writeAnswer(output, sums, answer, i * width, width, (i - from) * outputs);
  }
  return answer;
}
