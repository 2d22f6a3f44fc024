/**
 * @file Quantile scaling to [0, 1], like scikit-learn's QuantileTransformer (uniform output, no subsample).
 * The curve is piecewise linear with jumps where many rows share a value; on a jump the middle is taken, except that the
 * smallest value gives 0 and the largest 1. A table lookup says exactly that in ONNX too.
 */

import { sortedValues, statedNumber } from './numberStatistics';
import type { NumberPart, StepValues } from './stepValues';
import { graphOfKind, numberOf, ofKind, type Transformer } from './transformer';
import { quantile } from '../../quantile';

/** Distinct quantiles in ascending order, each with the lowest and highest share that it stands for. */
export type QuantileCurve = { readonly knots: readonly number[]; readonly lows: readonly number[]; readonly highs: readonly number[] };

/** One entry a part; null for a flag, which is left as it is. */
export type QuantileState = { readonly curves: readonly (QuantileCurve | null)[] };

/** Row k holds for values with k knots at or below them. */
interface CurveTable {
  readonly knot: Float32Array;
  readonly base: Float32Array;
  readonly slope: Float32Array;
  /** The result for a value that equals the knot. */
  readonly at: Float32Array;
}

/** Settings: `quantiles`, 2 to 1000, by default 1000; never more than there are values. Missing values stay missing. */
export const scaleQuantile: Transformer<QuantileState> = {
  name: 'scaleQuantile',
  version: 1,
  accepts: ['numbers'],
  onnx: 'inside',
  fit(values, params) {
    const most = Math.floor(numberOf(params, 'quantiles', [2, 1000], 1000));
    return { curves: ofKind(values, 'numbers').parts.map((part) => (part.flag ? null : fittedCurve(sortedValues(part.values), most))) };
  },
  apply(state, values): StepValues {
    const parts = ofKind(values, 'numbers').parts.map((part, index) => {
      const curve = state.curves[index];
      return curve ? followed(curve, part) : part;
    });
    return { kind: 'numbers', parts };
  },
  emit(graph, state, input) {
    const { name, width } = graphOfKind(input, 'numbers');
    const columns = state.curves.map((curve, index) => {
      const x = width === 1 ? name : graph.node('Gather', [name, graph.integers([index], [1])], { axis: 1 });
      if (curve === null) return x;
      const table = tableOf(curve);
      const isAbove = graph.node('GreaterOrEqual', [x, graph.floats(curve.knots, [1, curve.knots.length])]);
      const count = graph.node('ReduceSum', [graph.node('Cast', [isAbove], { to: graph.type.float }), graph.integers([1], [1])], { keepdims: 1 });
      const row = graph.node('Cast', [count], { to: graph.type.int64 });
      const entry = (list: Float32Array): string => graph.node('Gather', [graph.floats(list, [list.length]), row], { axis: 0 });
      const knot = entry(table.knot);
      const between = graph.node('Add', [entry(table.base), graph.node('Mul', [graph.node('Sub', [x, knot]), entry(table.slope)])]);
      return graph.node('Where', [graph.node('Equal', [x, knot]), entry(table.at), between]);
    });
    return { kind: 'numbers', name: columns.length === 1 ? columns[0]! : graph.node('Concat', columns, { axis: 1 }), width };
  },
};

function fittedCurve(sorted: Float32Array, most: number): QuantileCurve {
  const knots: number[] = [];
  const lows: number[] = [];
  const highs: number[] = [];
  const count = Math.min(most, sorted.length);
  for (let i = 0; i < count; i++) {
    const share = count === 1 ? 0 : i / (count - 1);
    const knot = statedNumber(quantile(sorted, share));
    if (knots.at(-1) === knot) highs[highs.length - 1] = share;
    else {
      knots.push(knot);
      lows.push(share);
      highs.push(share);
    }
  }
  // Without any value there is still a curve, so that a column filled with 0 becomes 0.
  return knots.length > 0 ? { knots, lows, highs } : { knots: [0], lows: [0], highs: [1] };
}

function tableOf({ knots, lows, highs }: QuantileCurve): CurveTable {
  const size = knots.length + 1;
  const table = { knot: new Float32Array(size), base: new Float32Array(size), slope: new Float32Array(size), at: new Float32Array(size) };
  table.knot[0] = knots[0]!;
  for (let k = 1; k < size; k++) {
    const isLast = k === size - 1;
    table.knot[k] = knots[k - 1]!;
    table.base[k] = isLast ? 1 : highs[k - 1]!;
    const slope = isLast ? 0 : Math.fround((lows[k]! - highs[k - 1]!) / (knots[k]! - knots[k - 1]!));
    // Knots a subnormal apart have no float32 between them, so their slope is never asked for.
    table.slope[k] = Number.isFinite(slope) ? slope : 0;
    table.at[k] = k === 1 ? 0 : isLast ? 1 : (lows[k - 1]! + highs[k - 1]!) / 2;
  }
  return table;
}

/** The tables of fitted curves: made once, though a single request may be all that asks. */
const tables = new WeakMap<QuantileCurve, CurveTable & { readonly knots: Float32Array }>();

function followed(curve: QuantileCurve, part: NumberPart): NumberPart {
  let table = tables.get(curve);
  if (table === undefined) tables.set(curve, (table = { ...tableOf(curve), knots: Float32Array.from(curve.knots) }));
  const { knot, base, slope, at, knots } = table;
  const result = new Float32Array(part.values.length);
  for (let row = 0; row < result.length; row++) {
    const x = part.values[row]!;
    let k = 0;
    for (let end = knots.length; k < end;) {
      const middle = (k + end) >> 1;
      if (x >= knots[middle]!) k = middle + 1;
      else end = middle;
    }
    result[row] = x === knot[k]! && k > 0 ? at[k]! : base[k]! + Math.fround(Math.fround(x - knot[k]!) * slope[k]!);
  }
  return { ...part, values: result };
}
