/** @file The lifecycle command refuses what it cannot use with 2 and one line, before any browser is started. */
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { root } from '../../../scripts/tools/place.mjs';

const file = join(root, 'package.json');

it.each([
  ['nothing', [], '--data is missing'],
  ['no target', ['--data', file], '--target is missing'],
  ['a missing file', ['--data', 'no-such-file.csv', '--target', 'y', '--json'], `--data: there is no readable file at ${join(tmpdir(), 'no-such-file.csv')}`],
  ['a folder', ['--data', '.', '--target', 'y'], `--data: ${tmpdir()} is not a file`],
  ['a missing batch', ['--data', file, '--target', 'y', '--batch', 'no-such-batch.csv'], '--batch: there is no readable file at'],
  ['an unknown option', ['--data', file, '--target', 'y', '--fast'], 'unknown option --fast'],
  ['a folder that cannot be made', ['--data', file, '--target', 'y', '--out', join(file, 'below')], '--out: '],
])('%s ends with 2 and one line on stderr', (_, argv, beginning) => {
  const outcome = spawnSync(process.execPath, [join(root, 'scripts/lifecycle.mjs'), ...argv], { cwd: tmpdir(), encoding: 'utf8' });
  expect(outcome.status).toBe(2);
  expect(outcome.stdout).toBe('');
  expect(outcome.stderr.startsWith(beginning)).toBe(true);
  expect(outcome.stderr.trimEnd().split('\n')).toHaveLength(1);
});
