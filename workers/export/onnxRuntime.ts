/** @file onnxruntime-web, one thread, its wasm from our own origin. Only the `/wasm` entry: the others contain `new Function`. */

import * as ort from 'onnxruntime-web/wasm';
import wasmUrl from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url';
import type { OnnxFeed } from '../../src/domain/deployment/onnx/onnxInputs';

export const runtimeName = `onnxruntime-web ${ort.env.versions.web ?? ''}`.trim();

const tensorOf = (feed: OnnxFeed): ort.Tensor =>
  feed.type === 'string' ? new ort.Tensor('string', [...feed.data], feed.dims) : feed.type === 'int64' ? new ort.Tensor('int64', feed.data, feed.dims) : new ort.Tensor('float32', feed.data, feed.dims);

/** Runs a model once and gives back the named output as numbers. */
export async function runOnnx(model: Uint8Array, feeds: readonly OnnxFeed[], output: string): Promise<Float32Array> {
  ort.env.wasm.numThreads = 1;
  ort.env.wasm.proxy = false;
  ort.env.wasm.wasmPaths = { wasm: wasmUrl };
  const session = await ort.InferenceSession.create(model, { executionProviders: ['wasm'] });
  try {
    const results = await session.run(Object.fromEntries(feeds.map((feed) => [feed.name, tensorOf(feed)])));
    return (await results[output]!.getData()) as Float32Array;
  } finally {
    await session.release();
  }
}
