/** @file Which builds' files are kept. */
import { expect, it } from 'vitest';
import { outdated, succeeded } from '../../../../workers/offline/generations';

const storeOf = (build: string): string => `files-${build}`;

it('a build that takes over keeps the one before it, and no other', () => {
  const first = succeeded(null, 'a');
  expect(first).toEqual({ active: 'a', previous: null });
  const third = succeeded(succeeded(first, 'b'), 'c');
  expect(third).toEqual({ active: 'c', previous: 'b' });
  expect(outdated(['files-a', 'files-b', 'files-c', 'foreign', 'generations'], third, storeOf)).toEqual(['files-a']);
});
it('taking over twice does not forget the build before', () => {
  const second = succeeded(succeeded(null, 'a'), 'b');
  expect(succeeded(second, 'b')).toEqual({ active: 'b', previous: 'a' });
});
it('a build that was stored but never took over is let go', () => {
  expect(outdated(['files-a', 'files-skipped', 'files-c'], { active: 'c', previous: 'a' }, storeOf)).toEqual(['files-skipped']);
});
