/** @file When packages count as installed. */
import { expect, it } from 'vitest';
import { isInstalled } from '../../../../scripts/tools/ensureInstalled.mjs';

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
