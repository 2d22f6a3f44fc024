/** @file Ordinal: one feature holding a category's place in an order, like scikit-learn's OrdinalEncoder. */

import type { Json } from '../../canonical';
import { badSetting, graphOfKind, ofKind, type StepParams, type Transformer } from './transformer';
import { countedWords, positionsIn, sortedWords } from './wordCounts';

export type OrdinalState = { readonly order: readonly string[] };

/**
 * Settings: `order`, the categories from first to last; absent means code-point order of those in the training rows.
 * The first is 0. Unseen and missing are −1.
 */
export const ordinal: Transformer<OrdinalState> = {
  name: 'ordinal',
  version: 1,
  accepts: ['words'],
  onnx: 'inside',
  fit: (values, params) => ({ order: givenOrder(params) ?? sortedWords(countedWords(ofKind(values, 'words')), Infinity) }),
  apply: (state, values) => ({
    kind: 'numbers',
    parts: [{ suffix: '', flag: false, values: Float32Array.from(positionsIn(state.order, ofKind(values, 'words'))) }],
  }),
  emit(graph, state, input) {
    const { name, missing } = graphOfKind(input, 'words');
    const places = state.order.map((word, place) => ({ word, place })).filter(({ word }) => !(missing && word === ''));
    // An encoder without keys is no valid node; −1 for '' is what it would give anyway.
    if (places.length === 0) places.push({ word: '', place: -1 });
    const attributes = { keys_strings: places.map(({ word }) => word), values_floats: places.map(({ place }) => place), default_float: -1 };
    return { kind: 'numbers', width: 1, name: graph.node('LabelEncoder', [name], attributes, 'ai.onnx.ml') };
  },
};

function givenOrder(params: StepParams): string[] | undefined {
  const order: Json | undefined = params.order;
  if (order === undefined) return undefined;
  if (!Array.isArray(order) || !order.every((word): word is string => typeof word === 'string') || new Set(order).size !== order.length)
    throw badSetting('order', order);
  return order;
}
