/** @file Says that what is missing may stay missing: for learners that learn from it. Without this step a recipe that leaves NaN is refused. */

import { missingMark, type NumberPart } from './stepValues';
import { badSetting, graphOfKind, ofKind, type Transformer } from './transformer';

/** Parts that get a feature saying "is missing"; absent where none does. */
export type KeptState = Readonly<Record<'indicated', readonly number[]>> | Readonly<Record<string, never>>;

const indicatedOf = (state: KeptState): readonly number[] => state.indicated ?? [];

/** Settings: `indicator`: adds a 0/1 feature beside each number, also when no training row was missing. */
export const keepMissing: Transformer<KeptState> = {
  name: 'keepMissing',
  version: 1,
  accepts: ['numbers'],
  onnx: 'inside',
  fit(values, params) {
    const indicator = params.indicator ?? false;
    if (typeof indicator !== 'boolean') throw badSetting('indicator', indicator);
    const { parts } = ofKind(values, 'numbers');
    return indicator ? { indicated: parts.flatMap((part, index) => (part.flag ? [] : [index])) } : {};
  },
  apply(state, values) {
    const { parts } = ofKind(values, 'numbers');
    const kept = parts.map((part): NumberPart => ({ ...part, mayMiss: true }));
    return { kind: 'numbers', parts: [...kept, ...indicatedOf(state).map((index) => missingMark(parts[index]!))] };
  },
  emit(graph, state, input) {
    const { name, width } = graphOfKind(input, 'numbers');
    const indicated = indicatedOf(state);
    if (indicated.length === 0) return { kind: 'numbers', name, width };
    const marks = graph.node('Cast', [graph.node('IsNaN', [name])], { to: graph.type.float });
    const chosen = graph.node('Gather', [marks, graph.integers(indicated, [indicated.length])], { axis: 1 });
    return { kind: 'numbers', name: graph.node('Concat', [name, chosen], { axis: 1 }), width: width + indicated.length };
  },
};
