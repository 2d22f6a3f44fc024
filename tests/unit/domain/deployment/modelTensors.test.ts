import { describe, expect, it } from 'vitest';
import { modelTensors } from '../../../../src/domain/deployment/modelTensors';
import { constantModel, randomModel } from './learntModels';

describe('the tensors of a model', () => {
  it('hold as many numbers as their shapes say, for a constant model too', () => {
    for (const model of [randomModel(1, [4, 3, 2], 'softmax'), constantModel([0.5, 0.5])])
      for (const { shape, data } of modelTensors(model)) expect(shape.reduce((a, b) => a * b, 1)).toBe(data.length);
  });
});
