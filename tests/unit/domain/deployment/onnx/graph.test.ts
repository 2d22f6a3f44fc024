import { describe, expect, it } from 'vitest';
import { GraphBuilder } from '../../../../../src/domain/deployment/onnx/graph';
import { ort } from './onnxRun';

describe('the graph builder', () => {
  it('writes a graph that a runtime loads: constants of each type, attributes of each form', async () => {
    const graph = new GraphBuilder();
    const x = graph.input('x', 'float', ['N', 2], 'two numbers');
    const scaled = graph.node('Mul', [x, graph.floats([2, 0.5], [2])]);
    const isLarge = graph.node('Greater', [scaled, graph.floats([3], [1, 1])]);
    graph.node('Where', [isLarge, graph.strings(['large 😀'], [1, 1]), graph.strings(['small'], [1, 1])], {}, '', 'word');
    graph.node('Concat', [scaled, scaled], { axis: 1 }, '', 'twice');
    graph.output('word', 'string', ['N', 2]);
    graph.output('twice', 'float', ['N', 4]);
    const session = await ort.InferenceSession.create(graph.finish([{ key: 'note', value: 'kept' }]));
    const { word, twice } = await session.run({ x: new ort.Tensor('float32', Float32Array.of(2, 4, 1, 8), [2, 2]) });
    await session.release();
    expect(word!.data).toEqual(['large 😀', 'small', 'small', 'large 😀']);
    expect([...(twice!.data as Float32Array)]).toEqual([4, 2, 4, 2, 2, 4, 2, 4]);
  });

  it('shares equal whole-number constants and counts its names', () => {
    const graph = new GraphBuilder();
    expect([graph.integers([1], [1]), graph.integers([1], [1, 1]), graph.integers([1], [1]), graph.floats([1], [1])]).toEqual(['c0', 'c1', 'c0', 'c2']);
    expect([graph.node('Neg', ['c2']), graph.node('Neg', ['t0'])]).toEqual(['t0', 't1']);
  });

  it('gives the same bytes for the same calls', () => {
    const bytes = (): Uint8Array => {
      const graph = new GraphBuilder();
      graph.node('Neg', [graph.input('x', 'float', ['N'], '')], {}, '', 'y');
      graph.output('y', 'float', ['N']);
      return graph.finish([]);
    };
    expect(bytes()).toEqual(bytes());
  });
});
