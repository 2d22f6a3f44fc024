import { describe, expect, it } from 'vitest';
import { settingDifferences } from '../../../../src/domain/modelling/settingDifferences';

describe('differences between settings', () => {
  it('leave out what all runs share', () => {
    const one = [
      { name: 'seed', value: '1' },
      { name: 'epochs', value: '30' },
    ];
    const other = [
      { name: 'seed', value: '1' },
      { name: 'epochs', value: '60' },
    ];
    expect(settingDifferences([one, other])).toEqual([{ name: 'epochs', values: ['30', '60'] }]);
  });

  it('tell a setting that only one run has', () => {
    expect(settingDifferences([[{ name: 'l2', value: '1' }], []])).toEqual([{ name: 'l2', values: ['1', null] }]);
  });

  it('are none for one run', () => {
    expect(settingDifferences([[{ name: 'l2', value: '1' }]])).toEqual([]);
  });

  it('take names as data', () => {
    expect(settingDifferences([[{ name: '__proto__', value: 'a' }], [{ name: '__proto__', value: 'b' }]])).toEqual([{ name: '__proto__', values: ['a', 'b'] }]);
  });
});
