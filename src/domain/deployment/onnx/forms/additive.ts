/** @file Models that add up terms as ONNX nodes: a cell of each axis by comparing with all its edges or codes, then a row of the term's table. */

import { cellsOf, type AdditiveModel, type Axis } from '../../../modelling/forms/additive';
import type { GraphBuilder } from '../graph';
import type { OnnxForm } from './form';

/** Comparisons are of float32 with float32, so that a value at an edge falls on the side it was learnt on. */
export const additiveOnnx: OnnxForm<AdditiveModel> = {
  name: 'additive',
  needsFeatures: ({ terms }) => terms.length > 0,
  emit(graph, { terms, outputs, output, intercept }, features) {
    const base = graph.floats(intercept, [1, outputs]);
    const known = new Map<string, string>();
    const cellsAt = (axis: Axis): string => {
      const key = axis.kind === 'number' ? `${axis.feature} ${axis.edges.join()}` : `${axis.feature} ${axis.codes.join()} ${axis.cells.join()}`;
      const name = known.get(key) ?? cells(graph, axis, features);
      known.set(key, name);
      return name;
    };
    const parts = terms.map(({ axes, scores, counts }) => {
      let cell = cellsAt(axes[0]!);
      if (axes.length === 2) cell = graph.node('Add', [graph.node('Mul', [cell, graph.integers([cellsOf(axes[1]!)], [1])]), cellsAt(axes[1]!)]);
      return graph.node('Gather', [graph.floats(scores, [counts.length, outputs]), cell], { axis: 0 });
    });
    let value = parts.length > 0 ? graph.node('Sum', [...parts, base]) : everywhere(graph, base, features, outputs);
    if (output === 'softmax') value = graph.node('Softmax', [value], { axis: 1 });
    if (output === 'sigmoid') value = graph.node('Sigmoid', [value]);
    return { name: value, width: outputs };
  },
};

/** [N] int64: the cell of each row. NaN is above no edge and equals no code. */
function cells(graph: GraphBuilder, axis: Axis, features: string): string {
  const column = graph.node('Gather', [features, graph.integers([axis.feature], [1])], { axis: 1 });
  const asNumbers = (bools: string): string => graph.node('Cast', [bools], { to: graph.type.float });
  let cell: string;
  if (axis.kind === 'number') {
    const there = asNumbers(graph.node('Equal', [column, column]));
    if (axis.edges.length === 0) cell = there;
    else {
      const above = asNumbers(graph.node('Greater', [column, graph.floats(axis.edges, [1, axis.edges.length])]));
      cell = graph.node('Add', [graph.node('ReduceSum', [above, graph.integers([1], [1])], { keepdims: 1 }), there]);
    }
  } else if (axis.codes.length === 0) {
    cell = asNumbers(graph.node('Less', [column, column]));
  } else {
    const equal = asNumbers(graph.node('Equal', [column, graph.floats(axis.codes, [1, axis.codes.length])]));
    cell = graph.node('MatMul', [equal, graph.floats(axis.cells, [axis.cells.length, 1])]);
  }
  return graph.node('Squeeze', [graph.node('Cast', [cell], { to: graph.type.int64 }), graph.integers([1], [1])]);
}

/** The same answer for every row; only the number of rows is read from the input. */
function everywhere(graph: GraphBuilder, base: string, input: string, outputs: number): string {
  const rows = graph.node('Shape', [input], { start: 0, end: 1 });
  return graph.node('Expand', [base, graph.node('Concat', [rows, graph.integers([outputs], [1])], { axis: 0 })]);
}
