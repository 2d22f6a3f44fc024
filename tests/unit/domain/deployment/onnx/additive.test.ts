import { describe, expect, it } from 'vitest';
import { additiveOnnx } from '../../../../../src/domain/deployment/onnx/forms/additive';
import { onnxFormOf } from '../../../../../src/domain/deployment/onnx/forms/registry';
import { GraphBuilder } from '../../../../../src/domain/deployment/onnx/graph';
import { additiveForm, type AdditiveModel } from '../../../../../src/domain/modelling/forms/additive';
import { edgeRows, randomAdditive } from '../../modelling/additiveModels';
import { ort } from './onnxRun';

async function answersOf(model: AdditiveModel, x: Float32Array, rows: number, classes: number): Promise<{ data: Float32Array; width: number }> {
  const graph = new GraphBuilder();
  const features = graph.input('x', 'float', ['N', model.features], 'features');
  const { name, width } = additiveOnnx.emit(graph, model, features, classes);
  graph.node('Identity', [name], {}, '', 'answer');
  graph.output('answer', 'float', ['N', width]);
  const session = await ort.InferenceSession.create(graph.finish([]), { executionProviders: ['wasm'] });
  try {
    const { answer } = await session.run({ x: new ort.Tensor('float32', x, [rows, model.features]) });
    expect(answer!.dims).toEqual([rows, width]);
    return { data: answer!.data as Float32Array, width };
  } finally {
    await session.release();
  }
}

const tasks = [
  ['sigmoid', 1, 2],
  ['softmax', 3, 3],
  ['identity', 1, 0],
] as const;

describe('the graph of an additive model', () => {
  it('is found by the form', () => {
    expect(onnxFormOf(randomAdditive('identity', 1))).toBe(additiveOnnx);
  });

  it('answers as the model does, at edges and beside them, for what is missing and for unknown categories', async () => {
    const rows = 3000;
    const x = edgeRows(rows, 9);
    for (const [output, outputs, classes] of tasks) {
      const model = randomAdditive(output, outputs);
      const expected = additiveForm.forward(model, classes, x, rows);
      const { data, width } = await answersOf(model, x, rows, classes);
      let largest = 0;
      // One column is the probability of the second class.
      for (let i = 0; i < data.length; i++) largest = Math.max(largest, Math.abs(data[i]! - expected[output === 'sigmoid' ? 2 * i + 1 : i]!));
      expect(width).toBe(outputs);
      // Scores of the wrong cell would be whole units away; sums are float32 here.
      expect(largest).toBeLessThan(output === 'identity' ? 5e-6 : 2e-6);
    }
  });

  it('gives the intercept alone where there are no terms, and takes no rows', async () => {
    for (const [output, outputs, classes] of tasks) {
      const model = { ...randomAdditive(output, outputs), terms: [] };
      expect(additiveOnnx.needsFeatures(model)).toBe(false);
      const { data } = await answersOf(model, edgeRows(4), 4, classes);
      expect(data.length).toBe(4 * outputs);
      expect(data[outputs]).toBe(data[0]);
      expect((await answersOf(randomAdditive(output, outputs), new Float32Array(0), 0, classes)).data.length).toBe(0);
    }
  });
});
