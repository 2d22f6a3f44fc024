import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scaleQuantile } from '../../../../../src/domain/data/recipe/scaleQuantile';
import { golden, largestDifference, onlyPart, partOf } from './goldenRecipe';

describe('quantile scaling', () => {
  it.each(golden.numbers.map((entry) => [entry.name, entry] as const))(
    'agrees with QuantileTransformer on %s, on ties and on the ends',
    (name, { train, serve, expected }) => {
      const state = scaleQuantile.fit(partOf(train), {});
      const distinct = [...new Set(train.filter((cell) => cell !== null))].sort((a, b) => a - b).slice(0, 200);
      const difference = Math.max(
        largestDifference(onlyPart(scaleQuantile.apply(state, partOf(train))).subarray(0, 200), expected.scaleQuantile.train),
        largestDifference(onlyPart(scaleQuantile.apply(state, partOf(serve))), expected.scaleQuantile.serve),
        largestDifference(onlyPart(scaleQuantile.apply(state, partOf(distinct))), expected.scaleQuantile.knots),
      );
      // A quantile rounded to float32 moves by half a step, which a steep curve turns into up to a few 1e-6.
      const steepest = Math.max(
        ...state.curves[0]!.knots.map((knot, k, knots) =>
          k === 0 ? 0 : ((state.curves[0]!.lows[k]! - state.curves[0]!.highs[k - 1]!) * Math.abs(knot) * 2 ** -23) / (knot - knots[k - 1]!),
        ),
      );
      const tolerance = 1e-6 + steepest;
      console.log(`scaleQuantile ${name}: largest difference ${difference.toExponential(2)}, tolerance ${tolerance.toExponential(2)}`);
      expect(difference).toBeLessThanOrEqual(tolerance);
    },
  );

  it('never decreases and stays in [0, 1]', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 1, maxLength: 60 }),
        fc.array(fc.float({ min: -30, max: 30, noNaN: true }), { maxLength: 30 }),
        (train, serve) => {
          const state = scaleQuantile.fit(partOf(train), { quantiles: 10 });
          const result = onlyPart(scaleQuantile.apply(state, partOf([...serve, ...train].sort((a, b) => a - b))));
          expect(result.every((value, index) => value >= 0 && value <= 1 && (index === 0 || value >= result[index - 1]! - 1e-6))).toBe(true);
        },
      ),
    );
  });

  it('gives 0 at the smallest and 1 at the largest value and beyond', () => {
    const state = scaleQuantile.fit(partOf([1, 1, 2, 3, 3]), {});
    expect([...onlyPart(scaleQuantile.apply(state, partOf([0, 1, 3, 4, null])))]).toEqual([0, 0, 1, 1, NaN]);
  });
});
