/** @file Hears of memory that a backend could not get, where that is not an error on the stack. What the wasm heap refuses is thrown by itself. */

import * as tf from '@tensorflow/tfjs-core';
import { Refusal } from '../../src/domain/refusal';

/** The members of the GPU backends that are asked. */
interface Devices {
  readonly device?: Pick<GPUDevice, 'pushErrorScope' | 'popErrorScope'>;
  readonly gpgpu?: { readonly gl: Pick<WebGL2RenderingContext, 'getError' | 'OUT_OF_MEMORY'> };
}

const refusal = (): Refusal => new Refusal('outOfMemory', { megabytes: Math.ceil(tf.memory().numBytes / 2 ** 20) });

/**
 * Does work that takes much memory on the active backend, such as putting a data set on the device.
 * @throws Refusal outOfMemory { megabytes } that all tensors take together
 */
export async function withinMemory<T>(work: () => T, devices: Devices = tf.backend() as unknown as Devices): Promise<T> {
  const { device, gpgpu } = devices;
  device?.pushErrorScope('out-of-memory');
  let done: T;
  try {
    done = work();
  } catch (error) {
    await device?.popErrorScope();
    // What a plain array says where there is no room for it.
    if (error instanceof RangeError && /alloc/i.test(error.message)) throw refusal();
    throw error;
  }
  if ((await device?.popErrorScope()) || (gpgpu && gpgpu.gl.getError() === gpgpu.gl.OUT_OF_MEMORY)) throw refusal();
  return done;
}
