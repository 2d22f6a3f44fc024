/** Every operation of our learners on every engine against finite differences. The GPUs here are emulations, which are right and slow. */
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { startEngine } from '../../workers/tensors/backend';
import { gradientCases } from '../../workers/tensors/gradientCases';
import { caseCheck } from '../../workers/tensors/gradientCheck';

for (const engine of ['cpu', 'wasm', 'webgl', 'webgpu'] as const) {
  describe(`on the engine ${engine} the gradient agrees with finite differences`, () => {
    beforeAll(async () => void (await startEngine(engine)));

    for (const one of gradientCases) {
      it(`of ${one.name}`, async () => {
        expect(tf.getBackend()).toBe(engine);
        expect(await caseCheck(one)).toMatchObject({ ok: true });
      });
    }
  });
}
