/** @file The numbers that a model answered, read from the store. */

import type { OpenProject } from './project.svelte';
import { chunkOf } from '../storage/artifacts';
import type { Artifact } from '../domain/pipeline/artifact';

/** Float64 values of an artifact's pieces, one after another. */
export async function floatsOf(project: Pick<OpenProject, 'database'>, artifact: Pick<Artifact, 'chunks'>, pieces: readonly number[]): Promise<Float64Array> {
  const read = await Promise.all(pieces.map((piece) => chunkOf(project.database, artifact.chunks[piece]!.hash)));
  const whole = new Uint8Array(read.reduce((sum, bytes) => sum + bytes.length, 0));
  let at = 0;
  for (const bytes of read) {
    whole.set(bytes, at);
    at += bytes.length;
  }
  return new Float64Array(whole.buffer);
}
