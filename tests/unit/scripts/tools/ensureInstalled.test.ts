/** @file When packages count as installed. */
import { describe, expect, it } from 'vitest';
import { isFitNode, isInstalled } from '../../../../scripts/tools/ensureInstalled.mjs';

const lock = { packages: { '': {}, 'node_modules/a': { version: '1.0.0', integrity: 'x' }, 'node_modules/b': { version: '2.0.0', optional: true } } };

it('packages are installed when each is there in the version of the lock file', () => {
  expect(isInstalled(lock, { packages: { 'node_modules/a': { version: '1.0.0', integrity: 'x' } } })).toBe(true);
});
it('packages are not installed when the folder, a package, the version or the content differs', () => {
  expect(isInstalled(lock, null)).toBe(false);
  expect(isInstalled(lock, { packages: {} })).toBe(false);
  expect(isInstalled(lock, { packages: { 'node_modules/a': { version: '1.0.1', integrity: 'x' } } })).toBe(false);
  expect(isInstalled(lock, { packages: { 'node_modules/a': { version: '1.0.0', integrity: 'y' } } })).toBe(false);
});

describe('isFitNode', () => {
  it.each([
    ['20.19.9', false],
    ['20.20.0', true],
    ['21.7.3', false],
    ['22.12.0', false],
    ['22.13.0', true],
    ['23.11.0', false],
    ['24.0.0', true],
    ['26.1.0', true],
  ])('%s: %s', (version, fit) => {
    expect(isFitNode(version)).toBe(fit);
  });
});
