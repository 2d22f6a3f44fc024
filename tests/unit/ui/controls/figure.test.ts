/** @file How numbers are written. */
import { describe, expect, it } from 'vitest';
import { decimalsOf, figure, intervalText, shortFormat } from '../../../../src/ui/controls/figure';

describe('figure', () => {
  it('writes a proportion with three decimals and no zero before the point', () => {
    expect(figure(0.6, { style: 'proportion' })).toBe('.600');
    expect(figure(0.9274, { style: 'proportion' })).toBe('.927');
    expect(figure(1, { style: 'proportion' })).toBe('1.000');
    expect(figure(0, { style: 'proportion' })).toBe('0');
  });

  it('writes a percentage with its sign and a space that does not break', () => {
    expect(figure(0.483, { style: 'percent' })).toBe('48.3\u00a0%');
  });

  it('groups thousands and uses a true minus', () => {
    expect(figure(48790)).toBe('48,790');
    expect(figure(-1234.5, { digits: 1 })).toBe('−1,234.5');
  });

  it('never writes a minus or a plus before nothing', () => {
    expect(figure(-0.0001, { digits: 2, signed: true })).toBe('0.00');
  });

  it('signs differences', () => {
    expect(figure(0.023, { style: 'proportion', signed: true })).toBe('+.023');
    expect(figure(-0.004, { style: 'proportion', signed: true })).toBe('−.004');
  });

  it('keeps three figures of a small number', () => {
    expect(figure(0.0123456)).toBe('0.0123');
  });

  it('writes a dash for what is not a number', () => {
    expect(figure(null)).toBe('–');
    expect(figure(Number.NaN)).toBe('–');
    expect(figure(Infinity)).toBe('–');
  });
});

describe('intervalText', () => {
  it('writes both ends without the unit, or nothing', () => {
    expect(intervalText(10, 13, { unit: 'ms', digits: 0 })).toBe('[10, 13]');
    expect(intervalText(null, 13)).toBe('');
  });
});

describe('shortFormat', () => {
  it('takes as many decimals as the values need, and two at least for a proportion', () => {
    expect(figure(0.9, shortFormat([0.9], { style: 'proportion' }))).toBe('.90');
    expect(figure(0.045, shortFormat([0, 0.045], { style: 'proportion' }))).toBe('.045');
    expect(figure(50, shortFormat([50], { unit: 'ms' }))).toBe('50\u00a0ms');
  });
});

describe('decimalsOf', () => {
  it('counts the decimals that a step needs', () => {
    expect([20, 1, 0.5, 0.05, 0.1 + 0.2].map(decimalsOf)).toEqual([0, 0, 1, 2, 1]);
  });
});
