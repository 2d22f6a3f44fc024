import { mkdirSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { modelTensors } from '../../../../src/domain/deployment/modelTensors';
import { safetensorsOf, tensorsOf } from '../../../../src/domain/deployment/safetensors';
import { Refusal } from '../../../../src/domain/refusal';
import { randomModel } from './learntModels';

const fileOf = (header: string, data = 0): Uint8Array => {
  const text = new TextEncoder().encode(header);
  const file = new Uint8Array(8 + text.length + data);
  new DataView(file.buffer).setBigUint64(0, BigInt(text.length), true);
  file.set(text, 8);
  return file;
};

const refusalOf = (file: Uint8Array): unknown => {
  try {
    return tensorsOf(file);
  } catch (error) {
    if (error instanceof Refusal) return [error.code, error.details];
    throw error;
  }
};

describe('safetensors', () => {
  it('gives back what was written, bit by bit, whatever the names', () => {
    const tensor = fc.record({
      name: fc.oneof(fc.string(), fc.constant('__proto__')),
      rows: fc.integer({ min: 0, max: 4 }),
      columns: fc.integer({ min: 0, max: 4 }),
      seed: fc.integer({ min: 1, max: 1e6 }),
    });
    fc.assert(
      fc.property(fc.uniqueArray(tensor, { selector: ({ name }) => name, maxLength: 6 }), (shapes) => {
        const tensors = shapes.map(({ name, rows, columns, seed }) => ({
          name,
          shape: [rows, columns],
          data: Float32Array.from({ length: rows * columns }, (_, i) => Math.sin(seed * (i + 1)) * 10 ** (i - 3)),
        }));
        const read = tensorsOf(safetensorsOf(tensors, [{ key: '__proto__', value: 'x' }]));
        const byName = new Map(read.map((one) => [one.name, one]));
        expect(read.length).toBe(tensors.length);
        for (const one of tensors) expect(byName.get(one.name)).toEqual(one);
      }),
    );
  });

  it('aligns the numbers and names the layers of a model', () => {
    const file = safetensorsOf(modelTensors(randomModel(1, [3, 2, 1], 'sigmoid')), [{ key: 'format', value: 'pt' }]);
    const folder = process.env.ONNX_EXAMPLES;
    if (folder) {
      mkdirSync(folder, { recursive: true });
      writeFileSync(`${folder}/model.safetensors`, file);
    }
    expect(new DataView(file.buffer).getBigUint64(0, true) % 8n).toBe(0n);
    expect(tensorsOf(file).map(({ name, shape }) => [name, shape])).toEqual([
      ['layers.0.weight', [3, 2]],
      ['layers.0.bias', [2]],
      ['layers.1.weight', [2, 1]],
      ['layers.1.bias', [1]],
    ]);
  });

  it('refuses files that are not what they say', () => {
    const entry = (shape: string, offsets: string, type = 'F32'): string => `"a":{"dtype":"${type}","shape":${shape},"data_offsets":${offsets}}`;
    expect(refusalOf(new Uint8Array(4))).toEqual(['safetensorsBroken', { reason: 'length' }]);
    expect(refusalOf(fileOf('{}').subarray(0, 9))).toEqual(['safetensorsBroken', { reason: 'length' }]);
    expect(refusalOf(new Uint8Array(16).fill(255))).toEqual(['safetensorsBroken', { reason: 'length' }]);
    expect(refusalOf(fileOf('{"a":'))).toEqual(['safetensorsBroken', { reason: 'header' }]);
    expect(refusalOf(fileOf('[1]'))).toEqual(['safetensorsBroken', { reason: 'header' }]);
    expect(refusalOf(fileOf(`{${entry('[-1]', '[0,4]')}}`, 4))).toEqual(['safetensorsBroken', { reason: 'header' }]);
    expect(refusalOf(fileOf(`{${entry('[1]', '[0,4,8]')}}`, 4))).toEqual(['safetensorsBroken', { reason: 'header' }]);
    expect(refusalOf(fileOf(`{${entry('[1]', '[0,8]')}}`, 8))).toEqual(['safetensorsBroken', { reason: 'shape' }]);
    expect(refusalOf(fileOf(`{${entry('[1]', '[0,4]')}}`, 8))).toEqual(['safetensorsBroken', { reason: 'offsets' }]);
    expect(refusalOf(fileOf(`{${entry('[1]', '[4,8]')}}`, 8))).toEqual(['safetensorsBroken', { reason: 'offsets' }]);
    expect(refusalOf(fileOf(`{${entry('[1]', '[0,2]', 'F16')}}`, 2))).toEqual(['safetensorsType', { tensor: 'a', type: 'F16' }]);
    expect(tensorsOf(fileOf('{}'))).toEqual([]);
  });

  it('never throws anything but a refusal on damaged bytes', () => {
    const file = safetensorsOf(modelTensors(randomModel(2, [3, 2], 'softmax')));
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(file.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 }), fc.nat(file.length), (changes, length) => {
        const damaged = file.slice(0, length);
        for (const [at, byte] of changes) if (at < length) damaged[at] = byte;
        const result = refusalOf(damaged);
        expect(Array.isArray(result)).toBe(true);
      }),
    );
  });
});
