/** @file A stack of dense layers as ONNX nodes. */

import { featuresOf, type Activation, type Embedding, type LayersModel, type LearntLayer } from '../../../modelling/forms/layers';
import type { GraphBuilder } from '../graph';
import type { OnnxForm } from './form';

export const layersOnnx: OnnxForm<LayersModel> = {
  name: 'layers',
  needsFeatures: (model) => model.output !== 'constant',
  emit(graph, model, features) {
    const width = model.layers.at(-1)!.outputs;
    if (model.output === 'constant') return { name: constantAnswer(graph, model.layers[0]!, features), width };
    let value = model.embeddings ? embedded(graph, model.embeddings, features, featuresOf(model)) : features;
    for (const layer of model.layers) value = layerOf(graph, layer, value);
    if (model.output === 'softmax') value = graph.node('Softmax', [value], { axis: 1 });
    if (model.output === 'sigmoid') value = graph.node('Sigmoid', [value]);
    return { name: value, width };
  },
};

function layerOf(graph: GraphBuilder, { inputs, outputs, weights, bias, activation, norm, residual }: LearntLayer, input: string): string {
  let value = graph.node('Gemm', [input, graph.floats(weights, [inputs, outputs]), graph.floats(bias, [outputs])]);
  if (norm) {
    const scaled = [value, graph.floats(norm.scale, [outputs]), graph.floats(norm.shift, [outputs])];
    value = graph.node('LayerNormalization', scaled, { axis: -1, epsilon: { float: norm.epsilon } });
  }
  value = activated(graph, activation, value);
  return residual ? graph.node('Add', [value, input]) : value;
}

function activated(graph: GraphBuilder, activation: Activation, value: string): string {
  if (activation === 'linear') return value;
  if (activation !== 'gelu') return graph.node(activation === 'relu' ? 'Relu' : 'Tanh', [value]);
  // x · σ(√(8/π)·(x + 0.044715 x³)); the operator Gelu is younger than the operator set.
  const cube = graph.node('Mul', [graph.node('Mul', [value, value]), value]);
  const inner = graph.node('Add', [value, graph.node('Mul', [cube, graph.floats([0.044715], [1])])]);
  return graph.node('Mul', [value, graph.node('Sigmoid', [graph.node('Mul', [inner, graph.floats([1.5957691216057308], [1])])])]);
}

/** Features without an embedding in their order, then each embedding's row: the code's, or the last for NaN and unknown codes. */
function embedded(graph: GraphBuilder, embeddings: readonly Embedding[], features: string, count: number): string {
  const plain = Array.from({ length: count }, (_, index) => index).filter((index) => !embeddings.some(({ feature }) => feature === index));
  const parts = plain.length === 0 ? [] : [graph.node('Gather', [features, graph.integers(plain, [plain.length])], { axis: 1 })];
  for (const { feature, categories, width, table } of embeddings) {
    const code = graph.node('Gather', [features, graph.integers([feature], [])], { axis: 1 });
    const known = graph.node('And', [graph.node('GreaterOrEqual', [code, graph.floats([0], [1])]), graph.node('Less', [code, graph.floats([categories], [1])])]);
    const row = graph.node('Cast', [graph.node('Where', [known, code, graph.floats([categories], [1])])], { to: graph.type.int64 });
    parts.push(graph.node('Gather', [graph.floats(table, [categories + 1, width]), row], { axis: 0 }));
  }
  return parts.length === 1 ? parts[0]! : graph.node('Concat', parts, { axis: 1 });
}

/** The same answer for every row; only the number of rows is read from the input. */
function constantAnswer(graph: GraphBuilder, { bias }: LearntLayer, input: string): string {
  const rows = graph.node('Shape', [input], { start: 0, end: 1 });
  const shape = graph.node('Concat', [rows, graph.integers([bias.length], [1])], { axis: 0 });
  return graph.node('Expand', [graph.floats(bias, [1, bias.length]), shape]);
}
