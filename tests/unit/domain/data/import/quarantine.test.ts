/** @file Tests of quarantine. */

import { describe, expect, it } from 'vitest';
import { quarantineLimit } from '../../../../../src/domain/data/import/importer';
import { Quarantine } from '../../../../../src/domain/data/import/quarantine';

describe('Quarantine', () => {
  it('keeps the beginning of a record and its true length', () => {
    const quarantine = new Quarantine();
    quarantine.add(3, { reason: 'notANumber', column: 'a' }, 'x'.repeat(3000));
    expect(quarantine.rows[0]).toEqual({ line: 3, reason: 'notANumber', column: 'a', text: 'x'.repeat(2000), length: 3000 });
  });

  it('counts all, keeps a limited number and knows the commonest reason', () => {
    const quarantine = new Quarantine();
    expect(quarantine.commonest()).toBeUndefined();
    for (let line = 0; line < quarantineLimit + 5; line += 1) quarantine.add(line, { reason: line % 3 ? 'tooFewFields' : 'notFinite' }, '');
    expect(quarantine.count).toBe(quarantineLimit + 5);
    expect(quarantine.rows).toHaveLength(quarantineLimit);
    expect(quarantine.commonest()).toMatchObject({ reason: 'tooFewFields' });
  });
});
