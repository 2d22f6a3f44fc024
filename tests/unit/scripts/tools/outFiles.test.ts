/** @file Files that the page writes stay below their folder. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { pathBelow, writeBelow } from '../../../../scripts/tools/outFiles.mjs';

const folder = mkdtempSync(join(tmpdir(), 'perennial-out-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const text = (value: string): string => Buffer.from(value).toString('base64');

it('a file is written in pieces, folders included', () => {
  writeBelow(folder, 'tfjs/group1-shard1of1.bin', text('ab'), false);
  writeBelow(folder, 'tfjs/group1-shard1of1.bin', text('cd'), true);
  expect(readFileSync(join(folder, 'tfjs/group1-shard1of1.bin'), 'utf8')).toBe('abcd');
});

it.each(['', '/etc/x', '../x', 'a/../x', 'a/./x', 'a//x', 'C:\\x', 'a\\b', 'x\0', '.hidden', 'a/.git/x', 'x.', 'con:', 'a/'.repeat(9) + 'x', 'y'.repeat(200)])(
  'the path %j is refused',
  (path) => {
    expect(() => pathBelow(folder, path)).toThrow('not a plain path');
  },
);

it('a link that leads outside is refused', () => {
  const outside = mkdtempSync(join(tmpdir(), 'perennial-outside-'));
  mkdirSync(folder, { recursive: true });
  symlinkSync(outside, join(folder, 'link'));
  expect(() => writeBelow(folder, 'link/x.txt', text('x'), false)).toThrow('outside');
  expect(existsSync(join(outside, 'x.txt'))).toBe(false);
  rmSync(outside, { recursive: true });
});
