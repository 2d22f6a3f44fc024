import { mkdirSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layersForm } from '../../../../src/domain/modelling/forms/layers';
import { safetensorsOf } from '../../../../src/domain/deployment/safetensors';
import { tensorsOf } from '../../../safetensorsFile';
import { randomModel } from './learntModels';

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
    const file = safetensorsOf(layersForm.tensors(randomModel(1, [3, 2, 1], 'sigmoid')), [{ key: 'format', value: 'pt' }]);
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
});
