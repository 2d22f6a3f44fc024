/** @file The probe of the seal. */
import { expect, it } from 'vitest';
import { isSealed } from '../../../../workers/offline/seal';

it('a surrounding that runs text as code is not sealed', () => {
  expect(isSealed()).toBe(false);
});
