/** @file Runs an exported graph in onnxruntime-web, for tests. */
import * as module from 'onnxruntime-web/wasm';
import type { OnnxFeed } from '../../../../../src/domain/deployment/onnx/onnxInputs';

// The /wasm entry is CommonJS under Node and a module in the browser.
export const ort = ((module as unknown as { default?: typeof module }).default ?? module) as typeof module;
ort.env.wasm.numThreads = 1;
ort.env.logLevel = 'error';

export const tensorOf = (feed: OnnxFeed): module.Tensor =>
  feed.type === 'string'
    ? new ort.Tensor('string', [...feed.data], feed.dims)
    : feed.type === 'int64'
      ? new ort.Tensor('int64', feed.data, feed.dims)
      : new ort.Tensor('float32', feed.data, feed.dims);

export async function outputsOf(bytes: Uint8Array, feeds: readonly OnnxFeed[]): Promise<module.InferenceSession.OnnxValueMapType> {
  const session = await ort.InferenceSession.create(bytes, { executionProviders: ['wasm'] });
  try {
    return await session.run(Object.fromEntries(feeds.map((feed) => [feed.name, tensorOf(feed)])));
  } finally {
    await session.release();
  }
}
