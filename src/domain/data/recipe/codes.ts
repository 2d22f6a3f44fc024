/** @file Codes: one feature that names a category by its number, for learners that take categories as such. The numbers have no order. */

import { graphOfKind, numberOf, ofKind, type Transformer } from './transformer';
import { countedWords, positionsIn, sortedWords } from './wordCounts';

export type CodesState = { readonly categories: readonly string[] };

/**
 * Categories in code-point order, from 0. Unseen and missing are NaN; impute before to make missing a category.
 * Settings: `limit`, by default 1000: only the most frequent categories get a code.
 */
export const codes: Transformer<CodesState> = {
  name: 'codes',
  version: 1,
  accepts: ['words'],
  onnx: 'inside',
  fit: (values, params) => ({ categories: sortedWords(countedWords(ofKind(values, 'words')), Math.floor(numberOf(params, 'limit', [1, 100_000], 1000))) }),
  apply: (state, values) => ({
    kind: 'numbers',
    parts: [
      {
        suffix: '',
        flag: true,
        categories: state.categories.length,
        mayMiss: true,
        values: Float32Array.from(positionsIn(state.categories, ofKind(values, 'words')), (place) => (place < 0 ? NaN : place)),
      },
    ],
  }),
  emit(graph, state, input) {
    const { name, missing } = graphOfKind(input, 'words');
    const places = state.categories.map((word, place) => ({ word, place })).filter(({ word }) => !(missing && word === ''));
    // An encoder without keys is no valid node; NaN for '' is what it would give anyway.
    if (places.length === 0) places.push({ word: '', place: NaN });
    const attributes = { keys_strings: places.map(({ word }) => word), values_floats: places.map(({ place }) => place), default_float: NaN };
    return { kind: 'numbers', width: 1, name: graph.node('LabelEncoder', [name], attributes, 'ai.onnx.ml') };
  },
};
