/** @file Kernels that tfjs does not know: their names, and whether the active backend has them. Without, `denseNet.ts` composes them from stock operations. */

import { getKernel } from '@tensorflow/tfjs-core';

/** dy, y → dy where y > 0, else 0. */
export const reluGradientKernel = 'PerennialReluGradient';
/** p, g, m, v, keep? → the new p, m and v; attributes: rate (bias-corrected), beta1, beta2, epsilon. */
export const adamKernel = 'PerennialAdam';

export const hasKernel = (name: string, backend: string): boolean => getKernel(name, backend) != null;
