/** @file Naive Bayes as ONNX nodes. Densities are added up in float64: a narrow one far from zero would drown in float32. */

import { halfLogsOf, type NaiveBayesModel } from '../../../modelling/forms/naiveBayes';
import type { GraphBuilder } from '../graph';
import type { OnnxForm } from './form';

export const naiveBayesOnnx: OnnxForm<NaiveBayesModel> = {
  name: 'naiveBayes',
  needsFeatures: () => true,
  emit(graph, model, features, classes) {
    const priors = graph.doubles(model.logPriors, [1, classes]);
    const parts = [...(model.numbers.length > 0 ? [densities(graph, model, features, classes)] : []), ...shares(graph, model, features, classes)];
    const zero = graph.node('Mul', [graph.node('Cast', [graph.node('IsNaN', [firstColumn(graph, features)])], { to: graph.type.double }), graph.doubles([0], [1, 1])]);
    const logits = parts.reduce((sum, part) => graph.node('Add', [sum, part]), graph.node('Add', [priors, zero]));
    return { name: graph.node('Cast', [graph.node('Softmax', [logits], { axis: 1 })], { to: graph.type.float }), width: classes };
  },
};

/** [N, 1], for the number of rows. */
const firstColumn = (graph: GraphBuilder, features: string): string => graph.node('Gather', [features, graph.integers([0], [1])], { axis: 1 });

/** [N, K]: Σ over the numbers that are there of −½ ln(2πσ²) − (x − mean)² / 2σ². */
function densities(graph: GraphBuilder, model: NaiveBayesModel, features: string, classes: number): string {
  const { numbers, means, variances } = model;
  const width = numbers.length;
  const values = graph.node('Gather', [features, graph.integers(numbers, [width])], { axis: 1 });
  const missing = graph.node('Unsqueeze', [graph.node('IsNaN', [values]), graph.integers([1], [1])]);
  const wide = graph.node('Unsqueeze', [graph.node('Cast', [values], { to: graph.type.double }), graph.integers([1], [1])]);
  const difference = graph.node('Sub', [wide, graph.doubles(means, [1, classes, width])]);
  const square = graph.node('Div', [graph.node('Mul', [difference, difference]), graph.doubles(variances.map((variance) => 2 * variance), [1, classes, width])]);
  const density = graph.node('Sub', [graph.doubles(halfLogsOf(model), [1, classes, width]), square]);
  const heard = graph.node('Where', [missing, graph.doubles([0], [1, 1, 1]), density]);
  return graph.node('ReduceSum', [heard, graph.integers([2], [1])], { keepdims: 0 });
}

/** [N, K] of each category feature: the logarithms of its shares, and zeros for NaN and unknown codes. */
function shares(graph: GraphBuilder, { categories, logShares }: NaiveBayesModel, features: string, classes: number): string[] {
  return categories.map(({ feature, categories: many }, index) => {
    const code = graph.node('Gather', [features, graph.integers([feature], [])], { axis: 1 });
    const known = graph.node('And', [graph.node('GreaterOrEqual', [code, graph.floats([0], [1])]), graph.node('Less', [code, graph.floats([many], [1])])]);
    const row = graph.node('Cast', [graph.node('Where', [known, code, graph.floats([many], [1])])], { to: graph.type.int64 });
    const table = new Float64Array((many + 1) * classes);
    table.set(logShares[index]!);
    return graph.node('Gather', [graph.doubles(table, [many + 1, classes]), row], { axis: 0 });
  });
}
