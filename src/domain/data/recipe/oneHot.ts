/** @file One-hot: one 0/1 feature a category, like scikit-learn's OneHotEncoder with unknown categories ignored. */

import { graphOfKind, numberOf, ofKind, type Transformer } from './transformer';
import { countedWords, positionsIn, sortedWords } from './wordCounts';

export type OneHotState = { readonly categories: readonly string[] };

/**
 * Categories in code-point order. Unseen and missing give zeros only; impute before to make missing a category.
 * Settings: `limit`, by default 1000: only the most frequent categories get a feature.
 */
export const oneHot: Transformer<OneHotState> = {
  name: 'oneHot',
  version: 1,
  accepts: ['words'],
  onnx: 'inside',
  fit(values, params) {
    const limit = Math.floor(numberOf(params, 'limit', [1, 100_000], 1000));
    return { categories: sortedWords(countedWords(ofKind(values, 'words')), limit) };
  },
  apply: (state, values) => ({
    kind: 'indicators',
    codes: positionsIn(state.categories, ofKind(values, 'words')),
    suffixes: state.categories.map((category) => `=${category}`),
  }),
  emit(graph, state, input) {
    const { name } = graphOfKind(input, 'words');
    const width = state.categories.length;
    if (width === 0) return { kind: 'numbers', name, width };
    const cube = graph.node('OneHotEncoder', [name], { cats_strings: [...state.categories], zeros: 1 }, 'ai.onnx.ml');
    return { kind: 'numbers', name: graph.node('Reshape', [cube, graph.integers([0, width], [2])]), width };
  },
};
