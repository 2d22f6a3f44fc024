import tQuantile from '@stdlib/stats-base-dists-t-quantile';
import { expect, it } from 'vitest';
import { t975 } from '../../../../src/domain/modelling/tQuantile';

it('the 97.5 % point of t agrees with the library that the page cannot load', () => {
  for (const degrees of [1, 2, 3, 4, 5, 6, 7, 8, 10, 15, 30, 100, 1000, 1e6]) expect(Math.abs(t975(degrees) - tQuantile(0.975, degrees)), String(degrees)).toBeLessThan(degrees <= 6 ? 1e-8 : 6e-5);
});
