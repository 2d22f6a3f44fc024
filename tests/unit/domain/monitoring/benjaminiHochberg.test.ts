import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { benjaminiHochberg } from '../../../../src/domain/monitoring/benjaminiHochberg';
import { kolmogorov } from '../../../../src/domain/monitoring/kolmogorov';
import { seeded } from '../../../../src/domain/random';
import { expectClose, golden } from './driftGolden';

describe('benjaminiHochberg', () => {
  it('equals statsmodels multipletests fdr_bh', () => {
    // One product, one quotient, a minimum: the last bit at most.
    expectClose(
      'adjusted p',
      golden.families.flatMap(({ p, adjusted }) => benjaminiHochberg(p).map((ours, i) => [ours, adjusted[i]!] as const)),
      5e-16,
    );
  });

  it('gives the numbers of the notes', () => {
    const adjusted = benjaminiHochberg([0.001, 0.008, 0.039, 0.041, 0.042, 0.06, 0.074, 0.205]);
    [0.008, 0.032, 0.0672, 0.0672, 0.0672, 0.08, 0.084571, 0.205].forEach((expected, i) => expect(adjusted[i]).toBeCloseTo(expected, 6));
  });

  it('never lowers a p, keeps their order, and does not mind how they are arranged', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 30 }), (p) => {
        const adjusted = benjaminiHochberg(p);
        adjusted.forEach((q, i) => {
          expect(q).toBeGreaterThanOrEqual(p[i]! * (1 - 1e-15));
          expect(q).toBeLessThanOrEqual(1);
          p.forEach((other, j) => {
            if (other > p[i]!) expect(adjusted[j]!).toBeGreaterThanOrEqual(q);
          });
        });
        expect(benjaminiHochberg([...p].reverse())).toEqual([...adjusted].reverse());
      }),
    );
  });

  it('keeps false alarms at .05: 30 null columns, KS, at least one alarm (without it about .75)', () => {
    const random = seeded(7);
    const repetitions = 500;
    const sample = (n: number): Float64Array => Float64Array.from({ length: n }, () => random.normal());
    let raw = 0;
    let adjusted = 0;
    for (let i = 0; i < repetitions; i++) {
      const p = Array.from({ length: 30 }, () => kolmogorov(sample(300), sample(100)).p);
      if (p.some((one) => one < 0.05)) raw++;
      if (benjaminiHochberg(p).some((one) => one < 0.05)) adjusted++;
    }
    console.log(`P(at least one alarm), 30 null columns: ${raw / repetitions} raw, ${adjusted / repetitions} adjusted`);
    // Three standard errors of a share of .05 over 500 repetitions: .029.
    expect(adjusted / repetitions).toBeLessThanOrEqual(0.05 + 0.029);
    expect(Math.abs(raw / repetitions - 0.75)).toBeLessThan(0.06);
  });
});
