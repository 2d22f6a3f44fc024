/** @file From the last numbers of a model to its answer: probabilities, or a value. */

import { exp64 } from '../exactMath';

/** `sigmoid`: one logit, of the class with index 1. `constant`: the numbers are the answer itself. */
export type AnswerKind = 'softmax' | 'sigmoid' | 'identity' | 'constant';

/** Turns one row of logits (or values) into one row of the answer. Both tails of the sigmoid keep their relative precision. */
export function writeAnswer(output: AnswerKind, logits: ArrayLike<number>, answer: Float64Array, at: number, width: number, from = 0): void {
  if (output === 'sigmoid') {
    const z = logits[from]!;
    const small = exp64(-Math.abs(z));
    const major = 1 / (1 + small);
    answer[at] = z >= 0 ? small * major : major;
    answer[at + 1] = z >= 0 ? major : small * major;
  } else if (output === 'softmax') {
    let highest = -Infinity;
    for (let j = 0; j < width; j++) if (logits[from + j]! > highest) highest = logits[from + j]!;
    let sum = 0;
    for (let j = 0; j < width; j++) sum += answer[at + j] = exp64(logits[from + j]! - highest);
    for (let j = 0; j < width; j++) answer[at + j]! /= sum;
  } else for (let j = 0; j < width; j++) answer[at + j] = logits[from + j]!;
}
