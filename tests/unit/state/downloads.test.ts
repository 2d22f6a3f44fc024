import { unzipSync, strFromU8 } from 'fflate';
import { describe, expect, it } from 'vitest';
import { zipOf } from '../../../src/state/downloads';
import type { ExportedFile } from '../../../src/state/exporting';

async function* files(): AsyncGenerator<ExportedFile> {
  for (const [path, text] of [
    ['a.txt', 'hello'],
    ['deep/b.txt', 'x'.repeat(100_000)],
    ['empty.txt', ''],
  ] as const) {
    yield { path, bytes: new TextEncoder().encode(text) as Uint8Array<ArrayBuffer> };
  }
}

describe('zipOf', () => {
  it('holds every file, whole, under its path', async () => {
    const told: string[] = [];
    const zip = await zipOf(files(), (path) => void told.push(path));
    const found = unzipSync(new Uint8Array(await zip.arrayBuffer()));
    expect(Object.entries(found).map(([path, bytes]) => [path, strFromU8(bytes)])).toEqual([
      ['a.txt', 'hello'],
      ['deep/b.txt', 'x'.repeat(100_000)],
      ['empty.txt', ''],
    ]);
    expect(told).toEqual(['a.txt', 'deep/b.txt', 'empty.txt']);
    expect(zip.size).toBeLessThan(5_000);
  });
});
