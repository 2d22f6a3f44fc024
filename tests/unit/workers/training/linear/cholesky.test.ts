import { expect, it } from 'vitest';
import { seeded } from '../../../../../src/domain/random';
import { factored, inverse, solve } from '../../../../../workers/training/linear/cholesky';

const none = (): undefined => undefined;

/** B Bᵀ for a B of n × m numbers of chance. */
function square(n: number, m: number): Float64Array {
  const random = seeded(n * 10 + m);
  const b = Float64Array.from({ length: n * m }, () => random.normal());
  return Float64Array.from({ length: n * n }, (_, at) => {
    let sum = 0;
    for (let e = 0; e < m; e++) sum += b[Math.floor(at / n) * m + e]! * b[(at % n) * m + e]!;
    return sum;
  });
}

it('solutions and the inverse give back what they are of', async () => {
  const n = 7;
  const a = square(n, 9);
  const factors = await factored(a.slice(), n, none);
  expect(Array.from(factors.dropped)).toEqual(new Array(n).fill(0));
  const s = Float64Array.from({ length: n }, (_, k) => k - 3);
  const c = Float64Array.from({ length: n }, (_, k) => s.reduce((sum, value, d) => sum + a[k * n + d]! * value, 0));
  solve(factors, c);
  c.forEach((value, k) => expect(value).toBeCloseTo(s[k]!, 9));
  const whole = await inverse(factors, none);
  for (let k = 0; k < n; k++)
    for (let d = 0; d < n; d++) {
      let sum = 0;
      for (let e = 0; e < n; e++) sum += a[k * n + e]! * whole[e * n + d]!;
      expect(sum).toBeCloseTo(k === d ? 1 : 0, 9);
    }
});

it('columns that are combinations of earlier ones are left out, with 0 in their place', async () => {
  const n = 6;
  const factors = await factored(square(n, 4), n, none);
  expect(Array.from(factors.dropped)).toEqual([0, 0, 0, 0, 1, 1]);
  const c = new Float64Array(n).fill(1);
  solve(factors, c);
  expect([c[4], c[5]]).toEqual([0, 0]);
  expect(c.every(Number.isFinite)).toBe(true);
});
