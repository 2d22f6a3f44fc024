/** @file SHA-256 of bytes and of canonical JSON, by WebCrypto. */

import { canonicalJson, type Json } from '../canonical';

/** `sha256:` and 64 hexadecimal digits: the name of a chunk, an artifact or a step. */
export type Hash = `sha256:${string}`;

const hexOf = (bytes: Uint8Array): string => {
  let text = '';
  for (const byte of bytes) text += byte.toString(16).padStart(2, '0');
  return text;
};

/** The hash of bytes. The view's own range is hashed, not its whole buffer. */
export async function hashOfBytes(bytes: Uint8Array): Promise<Hash> {
  const digest = await globalThis.crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>);
  return `sha256:${hexOf(new Uint8Array(digest))}`;
}

export const hashOfText = (text: string): Promise<Hash> => hashOfBytes(new TextEncoder().encode(text));

export const hashOfJson = (value: Json): Promise<Hash> => hashOfText(canonicalJson(value));

export const isHash = (text: unknown): text is Hash => typeof text === 'string' && /^sha256:[0-9a-f]{64}$/.test(text);
