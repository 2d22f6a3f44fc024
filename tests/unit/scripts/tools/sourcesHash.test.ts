/** @file The name of a build. */
import { cpSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { filesBelow, sourcesHash } from '../../../../scripts/tools/sourcesHash.mjs';

const here = mkdtempSync(join(tmpdir(), 'perennial-hash-'));
const first = join(here, 'first');
mkdirSync(join(first, 'src/b'), { recursive: true });
writeFileSync(join(first, 'package.json'), '{}');
writeFileSync(join(first, 'src/a.ts'), '1');
writeFileSync(join(first, 'src/b/c.ts'), '2');
afterAll(() => rmSync(here, { recursive: true, force: true }));

it('the hash depends on names and contents, not on place and time', () => {
  const second = join(here, 'second');
  cpSync(first, second, { recursive: true });
  utimesSync(join(second, 'src/a.ts'), 1, 1);
  const hash = sourcesHash(first);
  expect(hash).toMatch(/^[0-9a-f]{16}$/);
  expect(sourcesHash(second)).toBe(hash);
  writeFileSync(join(second, 'README.md'), 'not a source');
  expect(sourcesHash(second)).toBe(hash);
  writeFileSync(join(second, 'src/a.ts'), '3');
  expect(sourcesHash(second)).not.toBe(hash);
});
it('files are listed in code-unit order with forward slashes', () => {
  expect(filesBelow(first)).toEqual(['package.json', 'src/a.ts', 'src/b/c.ts']);
});
