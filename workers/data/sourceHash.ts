/** @file The SHA-256 of a file as a stream: WebCrypto would need it whole in memory. */

import { createSHA256 } from 'hash-wasm';
import type { Hash } from '../../src/domain/pipeline/digest';

export async function sourceHash(file: Blob, progress: (done: number, of: number) => void): Promise<Hash> {
  const hasher = await createSHA256();
  hasher.init();
  let done = 0;
  const reader = file.stream().getReader();
  for (;;) {
    const { done: end, value } = await reader.read();
    if (end) break;
    hasher.update(value);
    done += value.length;
    progress(done, file.size);
  }
  return `sha256:${hasher.digest('hex')}`;
}
