import { describe, expect, it } from 'vitest';
import { logGamma, normalTail, studentTail } from '../../../../../workers/training/linear/tails';

/** t, degrees of freedom, 2 · scipy.stats.t.sf(t, df). */
const student: readonly (readonly [number, number, number])[] = [
  [0.01, 1, 0.993634014470186],
  [0.01, 2, 0.992929108958201],
  [0.01, 7, 0.9923003176436217],
  [0.01, 60, 0.9920544635179308],
  [0.01, 1000, 0.9920232819321873],
  [0.01, 99999, 0.9920213073190225],
  [0.5, 1, 0.7048327646991335],
  [0.5, 2, 0.6666666666666667],
  [0.5, 7, 0.6324071356892844],
  [0.5, 60, 0.618903959437983],
  [0.5, 1000, 0.6171850808338747],
  [0.5, 99999, 0.61707617766542],
  [1, 1, 0.5000000000000001],
  [1, 2, 0.4226497308103742],
  [1, 7, 0.3506166628202074],
  [1, 60, 0.3213265032932463],
  [1, 1000, 0.31755241808467255],
  [1, 99999, 0.317312927588307],
  [2.2, 1, 0.27159949756018376],
  [2.2, 2, 0.15880897580794018],
  [2.2, 7, 0.06373101530263678],
  [2.2, 60, 0.0316692474725769],
  [2.2, 1000, 0.028035025326697913],
  [2.2, 99999, 0.02780917396185032],
  [7, 1, 0.0903344706017331],
  [7, 2, 0.01980394118039314],
  [7, 7, 0.00021155485194587247],
  [7, 60, 2.501555590708996e-09],
  [7, 1000, 4.6875025667714406e-12],
  [7, 99999, 2.5756558285723236e-12],
  [40, 1, 0.015912179824051624],
  [40, 2, 0.0006244146721847406],
  [40, 7, 1.5902179984850364e-09],
  [40, 60, 5.755480486627385e-45],
  [40, 1000, 1.0478852155173272e-209],
];
/** z, 2 · scipy.stats.norm.sf(z). */
const normal: readonly (readonly [number, number])[] = [
  [1e-08, 0.9999999920211544],
  [0.01, 0.9920212873707368],
  [0.7, 0.48392730444614607],
  [1.5, 0.13361440253771614],
  [1.9999, 0.04551106316953436],
  [2, 0.04550026389635839],
  [2.5, 0.012419330651552265],
  [4, 6.334248366623973e-05],
  [8, 1.244192114854348e-15],
  [15, 7.341932398625397e-51],
  [35, 2.2498214129448122e-268],
];

describe('two-sided tails beside scipy 1.17.1', () => {
  it('of Student’s t, to 9 digits, however small', () => {
    for (const [t, freedom, p] of student) {
      expect(studentTail(t, freedom) / p).toBeCloseTo(1, 9);
      expect(studentTail(-t, freedom)).toBe(studentTail(t, freedom));
    }
    expect(studentTail(0, 5)).toBe(1);
    expect(studentTail(Infinity, 5)).toBe(0);
  });

  it('of the normal, to 12 digits, however small', () => {
    for (const [z, p] of normal) {
      expect(normalTail(z) / p).toBeCloseTo(1, 12);
      expect(normalTail(-z)).toBe(normalTail(z));
    }
    expect(normalTail(0)).toBe(1);
    expect(normalTail(50)).toBe(0);
    expect(normalTail(NaN)).toBeNaN();
  });

  it('and ln Γ knows factorials and Γ(½)', () => {
    expect(logGamma(6)).toBeCloseTo(Math.log(120), 13);
    expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.PI) / 2, 13);
    expect(logGamma(101)).toBeCloseTo(363.73937555556347, 10);
  });
});
