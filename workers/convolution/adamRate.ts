/** @file The constants of Adam for nets that train without tfjs; the same as those of `workers/tensors/flatAdam.ts`, so that one plan learns one thing. */

export const adam = { beta1: 0.9, beta2: 0.999, epsilon: 1e-7 } as const;

/** β to the power of a whole number, by multiplications alone: Math.pow may differ between browsers. */
function power(beta: number, count: number): number {
  let result = 1;
  for (let base = beta, left = count; left > 0; left = Math.floor(left / 2), base *= base) if (left % 2 === 1) result *= base;
  return result;
}

/** The learning rate with the bias of both moments taken out, at the step with this number, from 1 on. */
export const adamRate = (learningRate: number, step: number): number => (learningRate * Math.sqrt(1 - power(adam.beta2, step))) / (1 - power(adam.beta1, step));
