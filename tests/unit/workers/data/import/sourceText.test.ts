/** @file Tests of sourceText. */

import { describe, expect, it } from 'vitest';
import { linesWithin, sourceText } from '../../../../../workers/data/import/sourceText';

async function whole(source: Blob, encoding: string, size: number): Promise<{ text: string; replaced: number; pieces: number }> {
  let text = '';
  let replaced = 0;
  let pieces = 0;
  for await (const piece of sourceText(source, encoding, size)) {
    text += piece.text;
    replaced += piece.replaced;
    pieces += 1;
  }
  return { text, replaced, pieces };
}

describe('sourceText', () => {
  const text = 'é€🙈\r\nß\r"ü\n\r\n🙈🙈é\r';
  const unified = text.replace(/\r\n?/g, '\n');

  it('puts characters together that lie on the border of two pieces, for every border', async () => {
    const source = new Blob([text]);
    for (let size = 1; size <= source.size + 1; size += 1) expect(await whole(source, 'utf-8', size)).toMatchObject({ text: unified, replaced: 0 });
  });

  it('does so in UTF-16', async () => {
    const source = new Blob([Uint16Array.from(`\ufeff${text}`, (char) => char.charCodeAt(0))]);
    const units = [...Array(text.length + 1)].map((_, at) => `\ufeff${text}`.charCodeAt(at));
    const wide = new Blob([Uint16Array.from(units)]);
    for (let size = 1; size <= wide.size + 1; size += 1) expect(await whole(wide, 'utf-16le', size)).toMatchObject({ text: unified, replaced: 0 });
    expect(source.size).toBeGreaterThan(0);
  });

  it('has characters of four bytes across every border of pieces of 1 MiB', async () => {
    const long = `a${'🙈'.repeat(600_000)}`;
    const read = await whole(new Blob([long]), 'utf-8', 1_048_576);
    expect(read.pieces).toBe(3);
    expect(read.text === long).toBe(true);
  });

  it('replaces what cannot be read and counts it', async () => {
    expect(await whole(new Blob([Uint8Array.from([97, 0xff, 98, 0xc3])]), 'utf-8', 2)).toEqual({ text: 'a\ufffdb\ufffd', replaced: 2, pieces: 2 });
  });

  it('gives one last piece for an empty file', async () => {
    expect(await whole(new Blob([]), 'utf-8', 10)).toEqual({ text: '', replaced: 0, pieces: 1 });
  });
});

describe('linesWithin', () => {
  it('cuts whole lines out of the middle', async () => {
    const source = new Blob(['ab\r\ncd\r\nef\r\ngh']);
    expect(await linesWithin(source, 'utf-8', 2, 20)).toBe('cd\nef\n');
    expect(await linesWithin(source, 'utf-8', 0, 3)).toBe('');
  });
});
