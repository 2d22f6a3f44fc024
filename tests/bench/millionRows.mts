/** @file A million rows by twenty columns as CSV, written once a run: ten decimals, five whole numbers, four categories, one date. */
import { createWriteStream, mkdtempSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

let written: Promise<string> | undefined;

export const millionRows = (rows = 1_000_000): Promise<string> => {
  written ??= (async () => {
    const path = join(mkdtempSync(join(tmpdir(), 'perennial-rows-')), 'million.csv');
    const out = createWriteStream(path);
    let seed = 1;
    const next = (): number => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
    const words = ['red', 'green', 'blue', 'yellow', 'violet', 'orange', 'some longer category name', 'another'];
    out.write(`${Array.from({ length: 20 }, (_, i) => `c${i}`).join(',')}\n`);
    let lines: string[] = [];
    for (let row = 0; row < rows; row++) {
      const cells: string[] = [];
      for (let i = 0; i < 10; i++) cells.push((next() * 1000).toFixed(4));
      for (let i = 0; i < 5; i++) cells.push(String(Math.floor(next() * 100_000)));
      for (let i = 0; i < 4; i++) cells.push(words[Math.floor(next() * 8)]!);
      cells.push(`20${10 + Math.floor(next() * 10)}-0${1 + Math.floor(next() * 9)}-${10 + Math.floor(next() * 18)}`);
      lines.push(cells.join(','));
      if (lines.length === 20_000) {
        if (!out.write(`${lines.join('\n')}\n`)) await once(out, 'drain');
        lines = [];
      }
    }
    out.end(lines.length > 0 ? `${lines.join('\n')}\n` : '');
    await once(out, 'finish');
    return path;
  })();
  return written;
};
