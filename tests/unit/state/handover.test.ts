import { expect, it } from 'vitest';
import { handFile, takeHandedFile } from '../../../src/state/handover';

it('holds one file, once', () => {
  expect(takeHandedFile()).toBeNull();
  handFile(new File(['a'], 'first.csv'));
  handFile(new File(['b'], 'second.csv'));
  expect(takeHandedFile()?.name).toBe('second.csv');
  expect(takeHandedFile()).toBeNull();
});
