import { describe, expect, it } from 'vitest';
import { layersOnnx } from '../../../../../src/domain/deployment/onnx/forms/layers';
import { GraphBuilder } from '../../../../../src/domain/deployment/onnx/graph';
import { ofForm } from '../../../../../src/domain/modelling/forms/learntModel';
import type { Plan, TrainingInput } from '../../../../../src/domain/modelling/learner';
import { denseDescription } from '../../../../../src/domain/modelling/learners/dense';
import { completePlan } from '../../../../../src/domain/modelling/plan';
import { seeded } from '../../../../../src/domain/random';
import { dense } from '../../../../../workers/training/learners/dense';
import { ort } from '../../../domain/deployment/onnx/onnxRun';

const quiet = { onEpoch: () => undefined, stopped: () => false, breathe: async () => undefined, checkpointDue: () => false, checkpoint: async () => undefined };
const features = 4;
const rows = 120;

describe('a network that our kernel learnt, in onnxruntime', () => {
  for (const [name, classes, settings] of [
    ['layer norm, GELU, short cuts, embeddings, three classes', 3, { hidden: '8,8', activation: 'gelu', norm: 'layer', residual: true }],
    ['batch norm, tanh, embeddings, two classes', 2, { hidden: '8,8', activation: 'tanh', norm: 'batch', residual: true }],
    ['ReLU and a value', 0, { hidden: '9' }],
  ] as const) {
    it(`answers the same, for missing and unknown categories too: ${name}`, async () => {
      const random = seeded(classes + 1);
      const x = Float32Array.from({ length: rows * features }, (_, i) => (i % features === 2 ? random.below(5) : random.normal()));
      for (let i = 0; i < rows; i += 7) x[i * features + 2] = NaN;
      const y = Float64Array.from({ length: rows }, () => (classes === 0 ? random.normal() : random.below(classes)));
      const given: Plan['hyperparameters'] = { ...settings, epochs: 5, learning_rate: 0.01, batch_size: 16 };
      const input: TrainingInput = {
        kind: classes === 0 ? 'regression' : 'classification',
        classes,
        train: { rows, features, x, y },
        validation: { rows: 0, features, x: new Float32Array(0), y: new Float64Array(0) },
        plan: completePlan('dense', given, 1, 'native', denseDescription.hyperparameters, denseDescription.check),
        meanings: Array.from({ length: features }, (_, k) => ({ name: `f${k}`, column: `f${k}`, categories: k === 2 ? 5 : 0 })),
      };
      const outcome = await dense.train(input, quiet);
      if (outcome.kind !== 'trained') throw new Error(outcome.kind);
      const model = ofForm(outcome.model, 'layers');
      const unseen = x.slice();
      unseen[2] = 17;
      const graph = new GraphBuilder();
      const { name: answer, width } = layersOnnx.emit(graph, model, graph.input('x', 'float', ['N', features], ''), classes);
      graph.node('Identity', [answer], {}, '', 'answer');
      graph.output('answer', 'float', ['N', width]);
      const session = await ort.InferenceSession.create(graph.finish([]), { executionProviders: ['wasm'] });
      const found = (await session.run({ x: new ort.Tensor('float32', unseen, [rows, features]) }))['answer']!.data as Float32Array;
      await session.release();
      const wanted = await dense.predict(model, classes, unseen, rows, 'native');
      for (let i = 0; i < rows; i++) for (let j = 0; j < width; j++) expect(Math.abs(found[i * width + j]! - wanted[classes === 2 ? 2 * i + 1 : i * width + j]!)).toBeLessThan(1e-5);
    });
  }
});
