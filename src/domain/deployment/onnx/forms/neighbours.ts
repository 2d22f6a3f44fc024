/**
 * @file Nearest neighbours as ONNX nodes. The file holds the training rows. Candidates are found in float32 by ‖b‖² − 2ab, and ordered by their
 * distances in float64: the answer is the model's but where more rows than there are candidates lie within float32 rounding of the last neighbour.
 */

import type { NeighboursModel } from '../../../modelling/forms/neighbours';
import type { GraphBuilder } from '../graph';
import type { OnnxForm } from './form';

/** Rows whose distance is computed exactly. */
const candidatesOf = ({ reach, answers }: NeighboursModel): number => Math.min(answers.length, 2 * reach + 16);

export const neighboursOnnx: OnnxForm<NeighboursModel> = {
  name: 'neighbours',
  needsFeatures: () => true,
  emit(graph, model, features, classes) {
    const { squares, rows } = nearest(graph, model, features);
    const say = sayOf(graph, model, squares, rows);
    const total = graph.node('ReduceSum', [say, graph.integers([1], [1])], { keepdims: 1 });
    const answers = graph.node('Gather', [graph.doubles(model.answers, [model.answers.length]), rows], { axis: 0 });
    const sum = classes > 0 ? votes(graph, answers, say, classes) : graph.node('ReduceSum', [graph.node('Mul', [say, answers]), graph.integers([1], [1])], { keepdims: 1 });
    return { name: graph.node('Cast', [graph.node('Div', [sum, total])], { to: graph.type.float }), width: Math.max(1, classes) };
  },
};

/** Squared distances [N, reach] in float64, from the nearest on, and the rows [N, reach] that they are of. */
function nearest(graph: GraphBuilder, model: NeighboursModel, features: string): { readonly squares: string; readonly rows: string } {
  const { features: width, answers, reach } = model;
  const n = answers.length;
  const ordered = { axis: -1, largest: 0, sorted: 1 };
  const toDouble = { to: graph.type.double };
  const toFloat = { to: graph.type.float };
  const { centre, factor, norms } = frameOf(model);
  const middle = graph.doubles(centre, [1, width]);
  const rows = graph.floats(model.rows, [n, width]);
  const x = graph.node('Cast', [features], toDouble);
  const scale = graph.doubles([factor], [1, 1]);
  const near = (value: string): string => graph.node('Cast', [graph.node('Mul', [graph.node('Sub', [value, middle]), scale])], toFloat);
  const rough = graph.node('Gemm', [near(x), near(graph.node('Cast', [rows], toDouble)), graph.floats(norms, [n])], { transB: 1, alpha: { float: -2 } });
  const count = candidatesOf(model);
  const [, found] = graph.pair('TopK', [rough, graph.integers([count], [1])], ordered);
  // By their index: of equally far ones, TopK gives the first.
  const [candidates] = graph.pair('TopK', [found, graph.integers([count], [1])], ordered);
  const exact = graph.node('Cast', [graph.node('Gather', [rows, candidates], { axis: 0 })], toDouble);
  const difference = graph.node('Sub', [graph.node('Unsqueeze', [x, graph.integers([1], [1])]), exact]);
  const distances = graph.node('ReduceSum', [graph.node('Mul', [difference, difference]), graph.integers([2], [1])], { keepdims: 0 });
  const [squares, places] = graph.pair('TopK', [distances, graph.integers([reach], [1])], ordered);
  return { squares, rows: graph.node('GatherElements', [candidates, places], { axis: 1 }) };
}

/** [N, reach]: how much each neighbour counts. */
function sayOf(graph: GraphBuilder, { weights, rowWeights, k }: NeighboursModel, squares: string, rows: string): string {
  const none = graph.doubles([0], [1, 1]);
  const one = graph.doubles([1], [1, 1]);
  let say = graph.node('Add', [graph.node('Mul', [squares, none]), one]);
  if (weights === 'distance') {
    const equal = graph.node('Cast', [graph.node('Equal', [squares, none])], { to: graph.type.double });
    const equals = graph.node('ReduceSum', [equal, graph.integers([1], [1])], { keepdims: 1 });
    const inverse = graph.node('Div', [one, graph.node('Sqrt', [squares])]);
    say = graph.node('Where', [graph.node('Greater', [equals, none]), equal, inverse]);
  }
  if (rowWeights === undefined) return say;
  const heavy = graph.node('Gather', [graph.doubles(rowWeights, [rowWeights.length]), rows], { axis: 0 });
  const left = graph.node('Sub', [graph.doubles([k], [1, 1]), graph.node('CumSum', [heavy, graph.integers([1], [])], { exclusive: 1 })]);
  return graph.node('Mul', [say, graph.node('Max', [graph.node('Min', [heavy, left]), none])]);
}

/** [N, K]: the say of the neighbours of each class. */
function votes(graph: GraphBuilder, answers: string, say: string, classes: number): string {
  const last = graph.integers([2], [1]);
  const each = graph.doubles(Array.from({ length: classes }, (_, index) => index), [1, 1, classes]);
  const own = graph.node('Cast', [graph.node('Equal', [graph.node('Unsqueeze', [answers, last]), each])], { to: graph.type.double });
  return graph.node('ReduceSum', [graph.node('Mul', [own, graph.node('Unsqueeze', [say, last])]), graph.integers([1], [1])], { keepdims: 0 });
}

/**
 * A point near the mean of the rows, and ‖b − centre‖² of each. The point lies on a coarse grid, so that numbers with few digits (0 and 1 of a
 * category) keep them, and rows that are equally far stay so in float32. A power of two brings the largest range to about 1.
 */
function frameOf({ rows, answers, features }: NeighboursModel): { readonly centre: Float64Array; readonly factor: number; readonly norms: Float64Array } {
  const n = answers.length;
  const centre = new Float64Array(features);
  let widest = 0;
  for (let f = 0; f < features; f++) {
    let mean = 0;
    let [low, high] = [Infinity, -Infinity];
    for (let i = 0; i < n; i++) {
      const value = rows[i * features + f]!;
      mean += value / n;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    const grid = power2(high - low);
    centre[f] = grid > 0 ? Math.round(mean / grid) * grid : mean;
    widest = Math.max(widest, grid);
  }
  const factor = widest > 0 ? 1 / widest : 1;
  const norms = new Float64Array(n);
  for (let i = 0, at = 0; i < n; i++) for (let f = 0; f < features; f++, at++) norms[i]! += Math.fround((rows[at]! - centre[f]!) * factor) ** 2;
  return { centre, factor, norms };
}

/** The least power of two that is not below a number; 0 for 0. */
function power2(size: number): number {
  if (size === 0) return 0;
  let power = 1;
  while (power < size) power *= 2;
  while (power / 2 >= size) power /= 2;
  return power;
}
