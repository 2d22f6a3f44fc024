/** @file Bytes of a file as text, in pieces of fixed size. */

import { Refusal } from '../../../src/domain/refusal';
import { isBinary, fileKind } from '../../../src/domain/data/import/textEncoding';

/** Bytes per piece: large enough that the calls do not matter, small enough for a breath between pieces. */
export const pieceBytes = 1_048_576;

export interface TextPiece {
  /** With `\n` line ends. */
  readonly text: string;
  /** Bytes read so far. */
  readonly bytes: number;
  readonly last: boolean;
  /** U+FFFD in this piece. */
  readonly replaced: number;
}

/** @throws Refusal encodingUnknown */
export function textDecoder(encoding: string): TextDecoder {
  try {
    return new TextDecoder(encoding);
  } catch {
    throw new Refusal('encodingUnknown', { encoding: encoding.slice(0, 100) });
  }
}

export const bytesOf = async (source: Blob, from = 0, to = source.size): Promise<Uint8Array<ArrayBuffer>> => new Uint8Array(await source.slice(from, to).arrayBuffer());

/** Looks at the beginning of a text file. @throws Refusal emptyFile, binaryFile */
export async function checkText(source: Blob, name: string, encoding: string): Promise<void> {
  if (source.size === 0) throw new Refusal('emptyFile', { file: name });
  const head = await bytesOf(source, 0, 65_536);
  if (isBinary(head, encoding)) throw new Refusal('binaryFile', { file: name, looksLike: fileKind(head) ?? 'unknown' });
}

function countReplaced(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\ufffd'); at >= 0; at = text.indexOf('\ufffd', at + 1)) count += 1;
  return count;
}

/** Turns CRLF and CR into LF. A CR at the very end waits for what follows. */
function lineEnds(): (text: string, last: boolean) => string {
  let waiting = false;
  return (text, last) => {
    let whole = waiting ? `\r${text}` : text;
    waiting = !last && whole.endsWith('\r');
    if (waiting) whole = whole.slice(0, -1);
    return whole.includes('\r') ? whole.replace(/\r\n?/g, '\n') : whole;
  };
}

/**
 * The text of a file. A mark of byte order is taken away, bytes that mean nothing in the encoding become U+FFFD, characters that two pieces share
 * are put together. Line ends inside quoted cells become `\n` like all others.
 * @throws Refusal encodingUnknown
 */
export async function* sourceText(source: Blob, encoding: string, size: number = pieceBytes): AsyncGenerator<TextPiece, void, undefined> {
  const decoder = textDecoder(encoding);
  const unified = lineEnds();
  for (let from = 0; from < source.size || from === 0; from += size) {
    const to = Math.min(source.size, from + size);
    const last = to === source.size;
    const text = decoder.decode(await bytesOf(source, from, to), { stream: !last });
    yield { text: unified(text, last), bytes: to, last, replaced: countReplaced(text) };
    if (last) return;
  }
}

/** Whole lines from a stretch in the middle of a file, with `\n` line ends. Even offsets, so that UTF-16 stays in step. */
export async function linesWithin(source: Blob, encoding: string, from: number, bytes: number): Promise<string> {
  const start = from - (from % 2);
  const text = textDecoder(encoding)
    .decode(await bytesOf(source, start, Math.min(source.size, start + bytes)))
    .replace(/\r\n?/g, '\n');
  const first = text.indexOf('\n');
  const last = text.lastIndexOf('\n');
  return first < 0 || last <= first ? '' : text.slice(first + 1, last + 1);
}
