/** @file An artifact: the immutable output of a step. Its manifest names the chunks that hold its bytes; its id is the manifest's hash. */

import { canonicalJson, type Json } from '../canonical';
import { hashOfText, isHash, type Hash } from './digest';

export const artifactKinds = ['source', 'table', 'split', 'recipe', 'model', 'scores', 'report', 'comparison', 'profile', 'diff', 'drift', 'package'] as const;
export type ArtifactKind = (typeof artifactKinds)[number];

export interface ChunkRef {
  readonly hash: Hash;
  readonly bytes: number;
}

/** What is hashed. No clock, message, random id, device or duration may be in the body. */
export interface Manifest<Body = Json> {
  readonly kind: ArtifactKind;
  /** Version of the body's layout for this kind. */
  readonly schema: number;
  readonly body: Body;
  /** Chunks in the order in which the body counts them. */
  readonly chunks: readonly ChunkRef[];
}

export interface Artifact<Body = Json> extends Manifest<Body> {
  readonly id: Hash;
}

/** The id of an artifact: the hash of its manifest's canonical JSON. */
export const artifactId = (manifest: Manifest<unknown>): Promise<Hash> => hashOfText(manifestText(manifest));

/** The text that is hashed and stored. */
export const manifestText = (manifest: Manifest<unknown>): string =>
  canonicalJson({
    kind: manifest.kind,
    schema: manifest.schema,
    body: manifest.body as Json,
    chunks: manifest.chunks.map(({ hash, bytes }) => ({ hash, bytes })),
  });

/** Reads a manifest back. @throws TypeError when the text is not one: it came from outside or was altered. */
export function manifestOf(text: string): Manifest {
  const value = JSON.parse(text) as Partial<Manifest> | null;
  const ok =
    value !== null &&
    typeof value === 'object' &&
    (artifactKinds as readonly unknown[]).includes(value.kind) &&
    Number.isInteger(value.schema) &&
    value.body !== undefined &&
    Array.isArray(value.chunks) &&
    value.chunks.every((chunk: Partial<ChunkRef> | null) => chunk !== null && typeof chunk === 'object' && isHash(chunk.hash) && Number.isSafeInteger(chunk.bytes) && chunk.bytes! >= 0);
  if (!ok) throw new TypeError('not an artifact manifest');
  return { kind: value.kind!, schema: value.schema!, body: value.body!, chunks: value.chunks!.map(({ hash, bytes }) => ({ hash, bytes })) };
}
