import { describe, expect, it } from 'vitest';
import { treesOnnx } from '../../../../../src/domain/deployment/onnx/forms/trees';
import { GraphBuilder } from '../../../../../src/domain/deployment/onnx/graph';
import { ofForm } from '../../../../../src/domain/modelling/forms/learntModel';
import { treesForm, type TreesModel } from '../../../../../src/domain/modelling/forms/trees';
import { learnt, oddRows } from '../../../workers/training/trees/treeRuns';
import { outputsOf } from './onnxRun';

/** The graph of a model by itself, run over rows. */
async function run(model: TreesModel, x: Float32Array, rows: number, classes: number): Promise<{ readonly answers: Float32Array; readonly width: number; readonly bytes: Uint8Array }> {
  const graph = new GraphBuilder();
  const features = graph.input('x', 'float', ['N', model.features], '');
  const { name, width } = treesOnnx.emit(graph, model, features, classes);
  graph.node('Identity', [name], {}, '', 'answer');
  graph.output('answer', 'float', ['N', width]);
  const bytes = graph.finish([]);
  const { answer } = await outputsOf(bytes, [{ name: 'x', type: 'float32', data: x, dims: [rows, model.features] } as never]);
  return { answers: answer!.data as Float32Array, width, bytes };
}

/** The largest difference between the graph and the model. */
async function difference(model: TreesModel, x: Float32Array, rows: number, classes: number): Promise<number> {
  const { answers, width } = await run(model, x, rows, classes);
  const expected = treesForm.forward(model, classes, x, rows);
  let most = 0;
  for (let i = 0; i < rows; i++) {
    for (let k = 0; k < width; k++) {
      const truth = width === 1 && classes === 2 ? expected[i * 2 + 1]! : expected[i * Math.max(classes, 1) + k]!;
      most = Math.max(most, Math.abs(answers[i * width + k]! - truth) / Math.max(1, Math.abs(truth)));
    }
  }
  return most;
}

const cases = [
  ['boosting', 'classification', 2, {}],
  ['boosting', 'classification', 4, {}],
  ['boosting', 'regression', 0, {}],
  ['boosting', 'regression', 0, { loss: 'poisson' }],
  ['forest', 'classification', 2, {}],
  ['forest', 'classification', 3, {}],
  ['forest', 'regression', 0, {}],
  ['tree', 'classification', 3, {}],
  ['tree', 'regression', 0, {}],
] as const;

describe('trees in ONNX', () => {
  for (const [learner, kind, classes, given] of cases) {
    for (const categories of [0, 5, 90]) {
      const what = `${learner}, ${kind === 'regression' ? 'values' : `${classes} classes`}${'loss' in given ? ` (${given.loss})` : ''}, ${categories === 0 ? 'numbers' : `${categories} categories`}`;
      it(`answer as the model does: ${what}`, async () => {
        const train = oddRows(kind, classes, 600, 1, categories);
        const model = ofForm((await learnt(learner, train, { rounds: 15, trees: 9, max_depth: 5, ...given })).model, 'trees');
        expect(model.set.length > 0).toBe(categories > 0);
        const unseen = oddRows(kind, classes, 500, 2, categories);
        expect(await difference(model, unseen.examples.x, 500, classes)).toBeLessThan(2e-6);
      });
    }
  }

  it('part rows exactly at the thresholds, on either side of the last bit, and with what is missing', async () => {
    const train = oddRows('regression', 0, 800, 3, 0);
    const model = ofForm((await learnt('tree', train, { max_depth: 6, min_leaf: 1 })).model, 'trees');
    const inner = Array.from(model.feature, (_, node) => node).filter((node) => model.feature[node]! >= 0 && model.threshold[node]! < Infinity);
    const rows: number[] = [];
    for (const node of inner) {
      const edge = Float32Array.of(model.threshold[node]!);
      const bits = new Int32Array(edge.buffer);
      for (const step of [0, 1, -1]) {
        const near = edge.slice();
        new Int32Array(near.buffer)[0] = bits[0]! + step;
        const row = Array<number>(model.features).fill(NaN);
        row[model.feature[node]!] = near[0]!;
        rows.push(...row, ...row.map((value) => (value === value ? value : 0)));
      }
    }
    const x = Float32Array.from(rows);
    expect(inner.length).toBeGreaterThan(20);
    // A row in another leaf would differ by far more than the rounding of one addition.
    expect(await difference(model, x, x.length / model.features, 0)).toBeLessThan(1e-6);
  });

  it('are written for ai.onnx.ml 5 only where a category is asked for', async () => {
    const ml = (bytes: Uint8Array): number => {
      const at = Buffer.from(bytes).lastIndexOf('ai.onnx.ml');
      return bytes[at + 11]!;
    };
    for (const [categories, version] of [
      [0, 3],
      [5, 5],
    ] as const) {
      const train = oddRows('regression', 0, 300, 1, categories);
      const model = ofForm((await learnt('tree', train, {})).model, 'trees');
      expect(ml((await run(model, train.examples.x, 300, 0)).bytes)).toBe(version);
    }
  });

  it('answer when a tree is a single leaf', async () => {
    const train = oddRows('regression', 0, 100, 1, 5);
    const flat = { ...train, examples: { ...train.examples, y: train.examples.y.map(() => 3) } };
    const model = ofForm((await learnt('boosting', flat, { rounds: 3 })).model, 'trees');
    expect(await difference(model, train.examples.x, 100, 0)).toBe(0);
  });
});
