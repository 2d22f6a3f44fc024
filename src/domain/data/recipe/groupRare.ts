/** @file Grouping rare categories into one, so that features stand on enough rows and new categories have a place. */

import { badSetting, graphOfKind, numberOf, ofKind, type Transformer } from './transformer';
import type { Words } from './stepValues';
import { countedWords, positionsIn, sortedWords } from './wordCounts';

export type GroupRareState = { /** In code-point order. */ readonly kept: readonly string[]; readonly other: string };

/**
 * Settings: `minCount` (10) and `minShare` (0.001 of the training rows that have a value): a category below either is rare;
 * `limit` (99): at most so many are kept, the most frequent; `other` ('other'): what the rest and everything unseen becomes.
 * A real category of that name is merged with the group. Missing stays missing.
 */
export const groupRare: Transformer<GroupRareState> = {
  name: 'groupRare',
  version: 1,
  accepts: ['words'],
  onnx: 'inside',
  fit(values, params) {
    const minCount = numberOf(params, 'minCount', [0, Number.MAX_SAFE_INTEGER], 10);
    const minShare = numberOf(params, 'minShare', [0, 1], 0.001);
    const limit = Math.floor(numberOf(params, 'limit', [0, 100_000], 99));
    const other = params.other ?? 'other';
    if (typeof other !== 'string' || other === '') throw badSetting('other', other);
    const counts = countedWords(ofKind(values, 'words'));
    const present = counts.reduce((sum, { count }) => sum + count, 0);
    const least = Math.max(minCount, minShare * present);
    return {
      kept: sortedWords(
        counts.filter(({ count }) => count >= least),
        limit,
      ),
      other,
    };
  },
  apply(state, values): Words {
    const words = ofKind(values, 'words');
    const positions = positionsIn(state.kept, words);
    const known = state.kept.indexOf(state.other);
    const otherCode = known < 0 ? state.kept.length : known;
    for (let row = 0; row < positions.length; row++) if (positions[row]! < 0 && words.codes[row]! >= 0) positions[row] = otherCode;
    return { kind: 'words', codes: positions, dictionary: known < 0 ? [...state.kept, state.other] : state.kept };
  },
  emit(graph, state, input) {
    const { name, missing } = graphOfKind(input, 'words');
    // While '' still means missing it has to pass; once imputing made it a word it may be rare like any other.
    const keys = missing && !state.kept.includes('') ? ['', ...state.kept] : state.kept.length > 0 ? [...state.kept] : [state.other];
    return {
      kind: 'words',
      missing,
      name: graph.node('LabelEncoder', [name], { keys_strings: keys, values_strings: [...keys], default_string: state.other }, 'ai.onnx.ml'),
    };
  },
};
