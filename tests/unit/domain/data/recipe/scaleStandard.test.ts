import { describe, expect, it } from 'vitest';
import { scaleStandard } from '../../../../../src/domain/data/recipe/scaleStandard';
import { golden, largestDifference, onlyPart, partOf } from './goldenRecipe';

describe('standard scaling', () => {
  it.each(golden.numbers.map((entry) => [entry.name, entry] as const))('agrees with StandardScaler on %s', (name, { train, serve, expected }) => {
    const state = scaleStandard.fit(partOf(train), {});
    const difference = Math.max(
      largestDifference(onlyPart(scaleStandard.apply(state, partOf(train))).subarray(0, 200), expected.scaleStandard.train),
      largestDifference(onlyPart(scaleStandard.apply(state, partOf(serve))), expected.scaleStandard.serve),
    );
    // Half a float32 step of the centre, measured in deviations, moves every row alike; the rest is float32 rounding.
    const tolerance = 1e-6 + (2 ** -24 * Math.abs(state.centres[0]!)) / state.scales[0]!;
    console.log(`scaleStandard ${name}: largest difference ${difference.toExponential(2)}, tolerance ${tolerance.toExponential(2)}`);
    expect(difference).toBeLessThanOrEqual(tolerance);
  });

  it('turns a constant column into zeros and keeps scale 1', () => {
    const state = scaleStandard.fit(partOf([0.1, 0.1, 0.1]), {});
    expect(state.scales).toEqual([1]);
    expect([...onlyPart(scaleStandard.apply(state, partOf([0.1, 0.1])))]).toEqual([0, 0]);
  });

  it('has a finite state for a column without values', () => {
    expect(scaleStandard.fit(partOf([null, null]), {})).toEqual({ centres: [0], scales: [1] });
  });

  it('leaves flags alone', () => {
    const values = { kind: 'numbers', parts: [{ suffix: '.missing', flag: true, values: Float32Array.of(0, 1, 1, 0) }] } as const;
    expect(scaleStandard.fit(values, {})).toEqual({ centres: [0], scales: [1] });
  });
});
