/** @file Associations: the values of scipy and numpy, their laws, and which measure suits which types. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { associationOf, targetOf } from '../../../../../src/domain/data/association/association';
import { correlationRatio } from '../../../../../src/domain/data/association/correlationRatio';
import { cramersV } from '../../../../../src/domain/data/association/cramersV';
import { pearson } from '../../../../../src/domain/data/association/pearson';
import { rankArea } from '../../../../../src/domain/data/association/rankArea';
import { spearman } from '../../../../../src/domain/data/association/spearman';
import { profileOf } from '../../../../../src/domain/data/profile';
import type { Task } from '../../../../../src/domain/modelling/task';
import { coded, numeric } from '../tables';

interface Case {
  codes: number[];
  classes: number[];
  x: number[];
  z: number[];
  spearman: number;
  pearson: number;
  cramersV: number;
  etaSquared: number;
  aucOfClass1: number;
  mean: number;
  sd: number;
  quantiles: number[];
}

// Closed forms in float64, summed in another order than numpy sums; quantities are of order 1 to 10.
const tolerance = 1e-12;

// V is the root of a difference: near zero it magnifies rounding, so squares are compared.
const expectClose = (a: number | null, b: number | null): void => {
  if (a === null || b === null) expect(a).toBe(b);
  else expect(a * Math.abs(a)).toBeCloseTo(b * Math.abs(b), 12);
};

describe('associations', () => {
  it('agree with scipy and numpy', () => {
    const golden = JSON.parse(readFileSync('tests/golden/association.json', 'utf8')) as { cases: Case[] };
    const worst = new Map<string, number>();
    const compare = (name: string, ours: number | null | undefined, theirs: number): void => {
      const difference = Math.abs((ours ?? Number.NaN) - theirs);
      expect(difference, name).toBeLessThanOrEqual(tolerance * Math.max(1, Math.abs(theirs)));
      worst.set(name, Math.max(worst.get(name) ?? 0, difference));
    };
    for (const c of golden.cases) {
      const [codes, classes] = [Int32Array.from(c.codes), Int32Array.from(c.classes)];
      const [x, z] = [Float64Array.from(c.x), Float64Array.from(c.z)];
      compare('spearman', spearman(x, z)?.value, c.spearman);
      compare('pearson', pearson(x, z)?.value, c.pearson);
      compare('Cramér’s V', cramersV(codes, classes, 50, 5)?.value, c.cramersV);
      compare('η²', correlationRatio(codes, 50, x)?.value, c.etaSquared);
      compare('AUC', rankArea(x, classes, 1)?.value, c.aucOfClass1);
      const { numeric: profile } = profileOf(numeric('x', c.x));
      compare('mean', profile?.mean, c.mean);
      compare('sd', profile?.sd, c.sd);
      c.quantiles.forEach((q, i) => compare('quantiles', profile?.quantiles[i], q));
    }
    console.log('largest differences', Object.fromEntries(worst));
    expect(golden.cases).toHaveLength(6);
  });

  it('do not change when categories are renamed or rows shuffled', () =>
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(4), fc.nat(3)), { minLength: 5, maxLength: 60 }), (pairs) => {
        const a = Int32Array.from(pairs, (p) => p[0]);
        const b = Int32Array.from(pairs, (p) => p[1]);
        const v = cramersV(a, b, 5, 4);
        expectClose(cramersV(a.map((x) => 4 - x).reverse(), b.map((x) => (x + 1) % 4).reverse(), 5, 4)?.value ?? null, v?.value ?? null);
        expectClose(cramersV(b, a, 4, 5)?.value ?? null, v?.value ?? null);
        if (v !== null) expect(v.value >= 0 && v.value <= 1).toBe(true);
      }),
    ));

  it('of ranks do not change under a growing function, and turn with a falling one', () =>
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: -50, max: 50 }), fc.integer({ min: -50, max: 50 })), { minLength: 3, maxLength: 60 }), (pairs) => {
        const x = Float64Array.from(pairs, (p) => p[0]);
        const y = Float64Array.from(pairs, (p) => p[1]);
        const r = spearman(x, y)?.value ?? null;
        expect(
          spearman(
            x.map((v) => v ** 3),
            y,
          )?.value ?? null,
        ).toBe(r);
        expectClose(
          spearman(
            x.map((v) => -v),
            y,
          )?.value ?? null,
          r === null ? null : -r,
        );
      }),
    ));

  it('count Cramér’s V the same whether the table is whole or sorted', () => {
    const a = Int32Array.from({ length: 3000 }, (_, i) => (i * 7) % 11);
    const b = Int32Array.from({ length: 3000 }, (_, i) => (i % 11 < 5 ? 0 : i % 3));
    expect(cramersV(a, b, 3_000_000, 3)?.value).toBeCloseTo(cramersV(a, b, 11, 3)!.value, 12);
  });

  it('are undefined without variety', () => {
    const one = Int32Array.of(0, 0, -1);
    const x = Float64Array.of(1, 2, 3);
    expect([
      cramersV(one, one, 1, 1),
      correlationRatio(one, 1, x),
      correlationRatio(Int32Array.of(0, 1, 1), 2, Float64Array.of(2, 2, 2)),
      rankArea(x, one, 0),
      spearman(x, Float64Array.of(Number.NaN, 1, 1)),
    ]).toEqual([null, null, null, null, null]);
  });

  it('know that all-different categories say nothing', () =>
    expect(
      cramersV(
        Int32Array.from({ length: 50 }, (_, i) => i),
        Int32Array.from({ length: 50 }, (_, i) => i % 2),
        50,
        2,
      )?.value ?? 0,
    ).toBe(0));

  it('use the measure that suits the types', () => {
    const two: Task = { kind: 'classification', target: 'y', classes: ['a', 'b'], positive: 1 };
    const three: Task = { kind: 'classification', target: 'y', classes: ['a', 'b', 'c'], positive: null };
    const yTwo = targetOf(coded('y', ['a', 'b', 'a', 'b', 'b', 'a']), two);
    const yThree = targetOf(coded('y', ['a', 'b', 'c', 'c', 'b', 'a']), three);
    const yNumber = targetOf(numeric('y', [1, 2, 3, 4, 5, 6]), { kind: 'regression', target: 'y' });
    const x = numeric('x', [1, 5, 2, 6, 7, Number.NaN]);
    const word = coded('w', ['p', 'q', 'p', 'q', 'p', 'q']);
    const truth = numeric('t', [1, 0, 1, 0, 1, Number.NaN], 'boolean');
    const nameOf = (column: typeof x, target: typeof yTwo): string | undefined => associationOf(column, target)?.name;
    expect(associationOf(x, yTwo)).toMatchObject({ name: 'roc_auc', value: 1, n: 5, groups: 2 });
    expect([nameOf(x, yThree), nameOf(x, yNumber)]).toEqual(['eta_squared', 'spearman']);
    expect([nameOf(word, yTwo), nameOf(word, yThree), nameOf(word, yNumber)]).toEqual(['cramers_v', 'cramers_v', 'eta_squared']);
    expect([nameOf(truth, yTwo), nameOf(truth, yThree), nameOf(truth, yNumber)]).toEqual(['roc_auc', 'cramers_v', 'spearman']);
  });
});
