/** @file Filling missing values, like scikit-learn's SimpleImputer, with a missing category for words. */

import type { Json } from '../../canonical';
import { meanAndDeviation, modeOf, presentValues, sortedValues, statedNumber } from './numberStatistics';
import { float32Of, missingMark, type NumberPart, type Numbers, type StepValues, type Words } from './stepValues';
import { badSetting, choiceOf, graphOfKind, ofKind, type StepParams, type Transformer } from './transformer';
import { countedWords } from './wordCounts';
import { quantile } from '../../quantile';

export type ImputeState =
  | {
      readonly kind: 'numbers';
      /** One a part, float32. */ readonly fills: readonly number[];
      /** Parts that get a feature saying "was missing". */ readonly indicated: readonly number[];
    }
  | { readonly kind: 'words'; readonly fill: string };

/**
 * Settings: `strategy` (numbers: `median` by default, `mean`, `mostFrequent`, `constant`; words: `constant` by default,
 * `mostFrequent`), `constant` (0, or '' which makes missing a category of its own), `indicator` (numbers only: adds a
 * 0/1 feature, also when no training row was missing). A tie goes to the smaller value; a column without any value is filled with 0 or ''.
 */
export const impute: Transformer<ImputeState> = {
  name: 'impute',
  version: 1,
  accepts: ['numbers', 'words'],
  onnx: 'inside',
  fit(values, params) {
    if (values.kind === 'words') return fittedWords(values, params);
    return fittedNumbers(ofKind(values, 'numbers'), params);
  },
  apply(state, values): StepValues {
    return state.kind === 'words' ? filledWords(state.fill, ofKind(values, 'words')) : filledNumbers(state.fills, state.indicated, ofKind(values, 'numbers'));
  },
  emit(graph, state, input) {
    if (state.kind === 'words') {
      const { name, missing } = graphOfKind(input, 'words');
      if (!missing) return input;
      if (state.fill === '') return { kind: 'words', name, missing: false };
      const mark = graph.node('LabelEncoder', [name], { keys_strings: [''], values_floats: [1], default_float: 0 }, 'ai.onnx.ml');
      const isMissing = graph.node('Cast', [mark], { to: graph.type.bool });
      return { kind: 'words', missing: false, name: graph.node('Where', [isMissing, graph.strings([state.fill], [1, 1]), name]) };
    }
    const { name, width } = graphOfKind(input, 'numbers');
    const isMissing = graph.node('IsNaN', [name]);
    const filled = graph.node('Where', [isMissing, graph.floats(state.fills, [width]), name]);
    if (state.indicated.length === 0) return { kind: 'numbers', name: filled, width };
    const marks = graph.node('Cast', [isMissing], { to: graph.type.float });
    const kept = graph.node('Gather', [marks, graph.integers(state.indicated, [state.indicated.length])], { axis: 1 });
    return { kind: 'numbers', name: graph.node('Concat', [filled, kept], { axis: 1 }), width: width + state.indicated.length };
  },
};

function fittedNumbers(numbers: Numbers, params: StepParams): ImputeState {
  const strategy = choiceOf(params, 'strategy', ['median', 'mean', 'mostFrequent', 'constant'], 'median');
  const indicator = params.indicator ?? false;
  if (typeof indicator !== 'boolean') throw badSetting('indicator', indicator);
  const constant = constantOf(params.constant ?? 0);
  const fills = numbers.parts.map((part) => statedNumber(strategy === 'constant' ? constant : statisticOf(strategy, part.values)));
  const indicated = indicator ? numbers.parts.flatMap((part, index) => (part.flag ? [] : [index])) : [];
  return { kind: 'numbers', fills, indicated };
}

function constantOf(value: Json): number {
  if (typeof value !== 'number' || Number.isNaN(float32Of(value))) throw badSetting('constant', value);
  return value;
}

function statisticOf(strategy: 'median' | 'mean' | 'mostFrequent', values: Float32Array): number {
  if (strategy === 'mean') return meanAndDeviation(presentValues(values)).mean;
  const sorted = sortedValues(values);
  if (sorted.length === 0) return 0;
  return strategy === 'median' ? quantile(sorted, 0.5) : modeOf(sorted);
}

function filledNumbers(fills: readonly number[], indicated: readonly number[], numbers: Numbers): Numbers {
  const filled = numbers.parts.map((part, index): NumberPart => {
    const fill = fills[index]!;
    return { ...part, values: part.values.map((value) => (value === value ? value : fill)) };
  });
  return { kind: 'numbers', parts: [...filled, ...indicated.map((index) => missingMark(numbers.parts[index]!))] };
}

function fittedWords(words: Words, params: StepParams): ImputeState {
  const strategy = choiceOf(params, 'strategy', ['constant', 'mostFrequent'], 'constant');
  if (params.indicator) throw badSetting('indicator', params.indicator);
  const constant = params.constant ?? '';
  if (typeof constant !== 'string') throw badSetting('constant', constant);
  return { kind: 'words', fill: strategy === 'constant' ? constant : (countedWords(words)[0]?.word ?? '') };
}

function filledWords(fill: string, words: Words): Words {
  const known = words.dictionary.indexOf(fill);
  const dictionary = known < 0 ? [...words.dictionary, fill] : words.dictionary;
  const code = known < 0 ? words.dictionary.length : known;
  return { kind: 'words', dictionary, codes: words.codes.map((found) => (found < 0 ? code : found)) };
}
