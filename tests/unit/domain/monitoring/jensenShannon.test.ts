import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jensenShannon } from '../../../../src/domain/monitoring/jensenShannon';
import { expectClose, golden } from './driftGolden';

const pairs = fc.array(fc.tuple(fc.nat({ max: 1000 }), fc.nat({ max: 1000 })), { minLength: 1, maxLength: 20 });

describe('jensenShannon', () => {
  it('equals scipy.spatial.distance.jensenshannon in both bases', () => {
    const rough = golden.histograms.filter(({ name }) => name !== 'nearly equal');
    expectClose(
      'base 2',
      rough.map(({ p, q, base2 }) => [jensenShannon(p, q, 2), base2] as const),
      1e-12,
    );
    expectClose(
      'base e',
      rough.map(({ p, q, natural }) => [jensenShannon(p, q, 'e'), natural] as const),
      1e-12,
    );
    // scipy subtracts nearly equal logarithms here, a divergence of 1e-8 made of terms of 1e-1.
    const close = golden.histograms.filter(({ name }) => name === 'nearly equal');
    expectClose(
      'nearly equal',
      close.map(({ p, q, base2 }) => [jensenShannon(p, q, 2), base2] as const),
      1e-7,
    );
  });

  it('gives the numbers of the notes: .132007 in base 2, .109903 in base e', () => {
    expect(jensenShannon([0.1, 0.4, 0.5], [0.2, 0.3, 0.5], 2)).toBeCloseTo(0.132007, 6);
    expect(jensenShannon([0.1, 0.4, 0.5], [0.2, 0.3, 0.5], 'e')).toBeCloseTo(0.109903, 6);
  });

  it('runs from 0 for equal shares to 1 for nothing in common, either way round, whatever the totals', () => {
    expect(jensenShannon([2, 6], [1, 3], 2)).toBe(0);
    expect(jensenShannon([5, 0], [0, 7], 2)).toBe(1);
    fc.assert(
      fc.property(pairs, fc.integer({ min: 1, max: 9 }), (cells, times) => {
        const p = cells.map(([x]) => x + 1);
        const q = cells.map(([, y]) => y);
        q[0]! += 1;
        const one = jensenShannon(p, q, 2);
        expect(jensenShannon(q, p, 2)).toBeCloseTo(one, 12);
        expect(
          jensenShannon(
            p.map((x) => x * times),
            q,
            2,
          ),
        ).toBeCloseTo(one, 7);
        expect(one).toBeGreaterThanOrEqual(0);
        expect(one).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('is undefined when a side has no rows', () => {
    expect(jensenShannon([0, 0], [1, 2], 2)).toBeNaN();
    expect(() => jensenShannon([1], [1, 2], 2)).toThrow(RangeError);
  });
});
