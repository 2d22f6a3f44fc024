/** @file Kernels that tfjs does not know: their names, and whether the active backend has them. Without, they are composed of stock operations. */

import { engine, getBackend, getKernel, mul, step, type Tensor } from '@tensorflow/tfjs-core';

/** dy, y → dy where y > 0, else 0. */
export const reluGradientKernel = 'PerennialReluGradient';
/** p, g, m, v, keep? → the new p, m and v; attributes: rate (bias-corrected), beta1, beta2, epsilon. */
export const adamKernel = 'PerennialAdam';

export const hasKernel = (name: string, backend: string): boolean => Boolean(getKernel(name, backend));

/** dy where y, the output of a ReLU, is positive, else 0; on the active backend. */
export const reluGradientOf = <T extends Tensor>(dy: T, y: T): T =>
  hasKernel(reluGradientKernel, getBackend()) ? (engine().runKernel(reluGradientKernel, { dy, y }) as T) : mul(dy, step(y));
