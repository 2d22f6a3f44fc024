/** Every engine in a real browser: the tiny net trains as on the cpu. The GPUs here are emulations, which are right and slow. */
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { forward } from '../../src/domain/modelling/forward';
import type { TfjsEngine, TrainingInput } from '../../src/domain/modelling/learner';
import { seeded } from '../../src/domain/random';
import { startEngine, type StartedEngine } from '../../workers/tensors/backend';
import { gradientCheck } from '../../workers/tensors/gradientCheck';
import { onEngine } from '../../workers/tensors/onEngine';
import { race } from '../../workers/probing/race';
import { denseDescription } from '../../src/domain/modelling/learners/dense';
import { completePlan } from '../../src/domain/modelling/plan';
import { dense } from '../../workers/training/learners/dense';

const hooks = {
  onEpoch: () => undefined,
  stopped: () => false,
  breathe: () => new Promise<void>((resolve) => setTimeout(resolve)),
  checkpointDue: () => false,
  checkpoint: async () => undefined,
};

function inputOf(engine: TfjsEngine, kind: TrainingInput['kind'], classes: number): TrainingInput {
  const random = seeded(4);
  const examples = (rows: number) => {
    const x = Float32Array.from({ length: rows * 5 }, () => random.normal());
    const y = Float64Array.from({ length: rows }, (_, i) => {
      const signal = x[i * 5]! - x[i * 5 + 1]! + 0.2 * random.normal();
      return kind === 'regression' ? 20 + 3 * signal : Math.min(classes - 1, Math.max(0, Math.floor(signal + classes / 2)));
    });
    return { rows, features: 5, x, y, weights: y.map((_, i) => 1 + (i % 2)) };
  };
  const hyperparameters = { hidden: '6,4', dropout: 0.1, learning_rate: 0.01, batch_size: 50, epochs: 2, patience: 0, weight_decay: 0.01 };
  return { kind, classes, train: examples(120), validation: examples(40), plan: { learner: 'dense', hyperparameters, seed: 3, engine } };
}

const expected: Record<Exclude<TfjsEngine, 'cpu'>, (info: StartedEngine) => void> = {
  wasm: ({ backend, adapter, fallback }) => expect({ backend, adapter, fallback }).toEqual({ backend: 'wasm-simd', adapter: null, fallback: false }),
  webgl: ({ backend, adapter }) => expect([backend, typeof adapter]).toEqual(['webgl', 'string']),
  webgpu: ({ backend, adapter }) => expect([backend, typeof adapter]).toEqual(['webgpu', 'string']),
};

for (const engine of ['wasm', 'webgl', 'webgpu'] as const) {
  describe(`the engine ${engine}`, () => {
    let info: StartedEngine;
    beforeAll(async () => {
      info = await startEngine(engine);
      console.log(engine, JSON.stringify(info));
    });

    it('starts and says what it is', () => {
      expect(tf.getBackend()).toBe(engine);
      expected[engine](info);
      if (/swiftshader/i.test(info.adapter ?? '')) expect(info.fallback).toBe(true);
    });

    it('trains the tiny net as the cpu does', async () => {
      const check = await gradientCheck(engine);
      console.log(engine, JSON.stringify(check));
      expect(check).toMatchObject({ ok: true });
    });

    for (const [kind, classes] of [
      ['classification', 2],
      ['classification', 3],
      ['regression', 0],
    ] as const) {
      it(`learns (${kind}, ${classes} classes) what the cpu learns, predicts as the plain forward pass does, and leaves no tensors`, async () => {
        const reference = await dense.train(inputOf('cpu', kind, classes), hooks);
        await startEngine(engine);
        const before = tf.memory().numTensors;
        const input = inputOf(engine, kind, classes);
        const outcome = await dense.train(input, hooks);
        if (outcome.kind !== 'trained' || reference.kind !== 'trained') throw new Error(`${reference.kind}, ${outcome.kind}`);
        expect(outcome.backend).toMatch(new RegExp(`^${engine}`));
        // Six Adam steps of 0.01 in float32; on SwiftShader the curves differ in the fifth digit.
        outcome.curve.forEach((report, i) => {
          expect(Math.abs(report.trainLoss - reference.curve[i]!.trainLoss)).toBeLessThan(1e-3);
          expect(Math.abs(report.validationLoss - reference.curve[i]!.validationLoss)).toBeLessThan(1e-3);
        });
        const { x, rows } = input.validation;
        const answers = await dense.predict(outcome.model, classes, x, rows, engine);
        const plain = forward(outcome.model, classes, x, rows);
        const difference = answers.reduce((most, value, i) => Math.max(most, Math.abs(value - plain[i]!)), 0);
        expect(difference).toBeLessThan(classes === 0 ? 1e-4 : 1e-5);
        expect(tf.memory().numTensors).toBe(before);
      });
    }
  });
}

describe('the probe', () => {
  it('chooses among the engines that train rightly, never an emulation, and tells why not the others', async () => {
    const start = performance.now();
    const plan = completePlan('dense', { hidden: '64,32', batch_size: 32 }, 1, 'native', denseDescription.hyperparameters, denseDescription.check);
    const engines = dense.engines;
    const { engine, table } = await race({ plan, kind: 'classification', classes: 2, features: 105, rows: 2000, engines, predicted: 1 }, dense);
    console.log(engine, Math.round(performance.now() - start), JSON.stringify(table));
    expect(['native', 'plain', 'cpu', 'wasm']).toContain(engine);
    expect(table.map((row) => row.engine)).toEqual(engines);
    for (const row of table) expect(row.ok ? row.msPerStep! > 0 && row.reason === null : row.reason !== null).toBe(true);
    expect(table[0]).toMatchObject({ engine: 'native', ok: true });
    // None may be out for computing something else: only for being emulated here, or not there at all.
    for (const row of table) expect(row.reason).not.toBe('disagrees');
    expect(performance.now() - start).toBeLessThan(10_000);
  });
});

describe('a lost device', () => {
  it('ends a training in a rejection, and the engine starts again', async () => {
    await startEngine('webgpu');
    const { device } = tf.backend() as unknown as { device: GPUDevice };
    let epochs = 0;
    const losing = { ...hooks, onEpoch: () => void (++epochs === 1 && device.destroy()) };
    await expect(dense.train(inputOf('webgpu', 'classification', 2), losing)).rejects.toThrow();
    expect((await startEngine('webgpu')).backend).toBe('webgpu');
    expect(await gradientCheck('webgpu')).toMatchObject({ ok: true });
  });
});

describe('work on an engine', () => {
  const still = () => Promise.resolve();
  const trouble = (error: GPUError) => {
    const { device } = tf.backend() as unknown as { device: GPUDevice };
    device.dispatchEvent(new GPUUncapturedErrorEvent('uncapturederror', { error }));
  };

  it('answers, and names the backend with its adapter', async () => {
    expect(await onEngine('wasm', still, (backend) => Promise.resolve(backend))).toBe('wasm-simd');
    expect(await onEngine('webgpu', still, (backend) => Promise.resolve(backend))).toMatch(/^webgpu: ./);
  });

  it('is refused when the device had no memory for it, though nothing was thrown', async () => {
    const found = onEngine('webgpu', still, async () => trouble(new GPUOutOfMemoryError('full')));
    await expect(found).rejects.toMatchObject({ code: 'outOfMemory' });
  });

  it('is refused when the device refused a command, though nothing was thrown', async () => {
    const found = onEngine('webgpu', still, async () => trouble(new GPUValidationError('a binding is missing')));
    await expect(found).rejects.toMatchObject({ code: 'engineUnavailable', details: { engine: 'webgpu', reason: 'a binding is missing' } });
  });

  it('passes an error of its own on', async () => {
    await expect(onEngine('webgpu', still, () => Promise.reject(new TypeError('ours')))).rejects.toThrow('ours');
  });
});
