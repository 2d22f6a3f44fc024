/** @file What the standard and the robust scaler share: (value − centre) / scale for each part, in float32. */

import type { GraphBuilder, GraphValue } from '../../deployment/onnx/graph';
import { statedNumber } from './numberStatistics';
import type { Numbers, StepValues } from './stepValues';
import { graphOfKind, ofKind } from './transformer';

/** One entry a part. Numbers are float32 values, exactly as they are applied. */
export type Scaling = { readonly centres: readonly number[]; readonly scales: readonly number[] };

/** Fits each part. Flags are left as they are; a scale of 0 (a constant column) becomes 1. */
export function fittedScaling(numbers: Numbers, measure: (values: Float32Array) => { readonly centre: number; readonly scale: number }): Scaling {
  const fitted = numbers.parts.map((part) => (part.flag ? { centre: 0, scale: 1 } : measure(part.values)));
  return { centres: fitted.map(({ centre }) => statedNumber(centre)), scales: fitted.map(({ scale }) => statedNumber(scale) || 1) };
}

export function scaled(state: Scaling, values: StepValues): Numbers {
  const parts = ofKind(values, 'numbers').parts.map((part, index) => {
    const centre = state.centres[index]!;
    const scale = state.scales[index]!;
    const source = part.values;
    const result = new Float32Array(source.length);
    for (let row = 0; row < result.length; row++) result[row] = Math.fround(source[row]! - centre) / scale;
    return { ...part, values: result };
  });
  return { kind: 'numbers', parts };
}

export function emittedScaling(graph: GraphBuilder, state: Scaling, input: GraphValue): GraphValue {
  const { name, width } = graphOfKind(input, 'numbers');
  const centred = graph.node('Sub', [name, graph.floats(state.centres, [width])]);
  return { kind: 'numbers', name: graph.node('Div', [centred, graph.floats(state.scales, [width])]), width };
}
