import { describe, expect, it } from 'vitest';
import { scaleRobust } from '../../../../../src/domain/data/recipe/scaleRobust';
import { golden, largestDifference, onlyPart, partOf } from './goldenRecipe';

describe('robust scaling', () => {
  it.each(golden.numbers.map((entry) => [entry.name, entry] as const))('agrees with RobustScaler on %s', (name, { train, serve, expected }) => {
    const state = scaleRobust.fit(partOf(train), {});
    const difference = Math.max(
      largestDifference(onlyPart(scaleRobust.apply(state, partOf(train))).subarray(0, 200), expected.scaleRobust.train),
      largestDifference(onlyPart(scaleRobust.apply(state, partOf(serve))), expected.scaleRobust.serve),
    );
    // Half a float32 step of the centre, measured in scales, moves every row alike; the rest is float32 rounding.
    const tolerance = 1e-6 + (2 ** -24 * Math.abs(state.centres[0]!)) / state.scales[0]!;
    console.log(`scaleRobust ${name}: largest difference ${difference.toExponential(2)}, tolerance ${tolerance.toExponential(2)}`);
    expect(difference).toBeLessThanOrEqual(tolerance);
  });

  it('keeps scale 1 where the middle half of the rows share a value', () => {
    expect(scaleRobust.fit(partOf([5, 5, 5, 5, 900]), {})).toEqual({ centres: [5], scales: [1] });
  });
});
