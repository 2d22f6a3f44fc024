/** @file Says that what is missing may stay missing: for learners that learn from it. Without this step a recipe that leaves NaN is refused. */

import { graphOfKind, ofKind, type Transformer } from './transformer';

export const keepMissing: Transformer<Readonly<Record<string, never>>> = {
  name: 'keepMissing',
  version: 1,
  accepts: ['numbers'],
  onnx: 'inside',
  fit: () => ({}),
  apply: (_state, values) => ({ kind: 'numbers', parts: ofKind(values, 'numbers').parts.map((part) => ({ ...part, mayMiss: true })) }),
  emit: (_graph, _state, input) => graphOfKind(input, 'numbers'),
};
