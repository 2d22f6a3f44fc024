import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { Refusal } from '../../../../src/domain/refusal';
import { startEngine } from '../../../../workers/tensors/backend';
import { withinMemory } from '../../../../workers/tensors/memory';

beforeAll(async () => void (await startEngine('cpu')));

/** A device whose scope catches this. */
const device = (caught: object | null) => {
  const scopes: string[] = [];
  return { scopes, pushErrorScope: (filter: GPUErrorFilter) => void scopes.push(filter), popErrorScope: () => Promise.resolve(scopes.pop() === undefined ? null : (caught as GPUError | null)) };
};

describe('work that takes much memory', () => {
  it('answers where there is room, and leaves no scope open', async () => {
    const roomy = device(null);
    expect(await withinMemory(() => 7, { device: roomy })).toBe(7);
    expect(roomy.scopes).toEqual([]);
    expect(await withinMemory(() => 7)).toBe(7);
  });

  it('is refused with the size of all tensors where a GPU has no room', async () => {
    const held = tf.zeros([1024, 1024]);
    await expect(withinMemory(() => 7, { device: device({ message: 'out of memory' }) })).rejects.toEqual(new Refusal('outOfMemory', { megabytes: 4 }));
    await expect(withinMemory(() => 7, { gpgpu: { gl: { OUT_OF_MEMORY: 1285, getError: () => 1285 } } })).rejects.toBeInstanceOf(Refusal);
    held.dispose();
  });

  it('is refused where an array cannot be had, and passes every other error on', async () => {
    const full = device(null);
    const none = (): never => { throw new RangeError('Array buffer allocation failed'); };
    await expect(withinMemory(none, { device: full })).rejects.toBeInstanceOf(Refusal);
    expect(full.scopes).toEqual([]);
    await expect(withinMemory((): never => { throw new RangeError('shape'); }, { device: full })).rejects.toThrow('shape');
  });
});
