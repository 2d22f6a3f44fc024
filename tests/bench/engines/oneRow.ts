/** @file One row through a small dense net: our kernel, and onnxruntime-web on the same weights. */

import * as ort from 'onnxruntime-web/wasm';
import wasmUrl from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url';
import { GraphBuilder } from '../../../src/domain/deployment/onnx/graph';
import { layersOnnx } from '../../../src/domain/deployment/onnx/forms/layers';
import { model } from './dense';

export { oneRow as ours } from './dense';

/** Milliseconds of one `run` of a session that stands, the median of five rounds of 500. */
export async function onnxRuntime(): Promise<{ ms: number }> {
  const graph = new GraphBuilder();
  const { name } = layersOnnx.emit(graph, model(), graph.input('x', 'float', ['N', 20], ''), 2);
  graph.node('Identity', [name], {}, '', 'p');
  graph.output('p', 'float', ['N', 1]);
  ort.env.wasm.numThreads = 1;
  ort.env.wasm.wasmPaths = { wasm: wasmUrl };
  const session = await ort.InferenceSession.create(graph.finish([]), { executionProviders: ['wasm'] });
  const x = new ort.Tensor('float32', Float32Array.from({ length: 20 }, (_, i) => Math.sin(i)), [1, 20]);
  const times: number[] = [];
  for (let round = 0; round < 6; round++) {
    const started = performance.now();
    for (let i = 0; i < 500; i++) await session.run({ x });
    if (round > 0) times.push((performance.now() - started) / 500);
  }
  await session.release();
  return { ms: times.sort((a, b) => a - b)[2]! };
}
