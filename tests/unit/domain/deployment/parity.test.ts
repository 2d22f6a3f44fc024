import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../../../src/domain/canonical';
import { comparedOutputs, parityDocument, parityRows, parityTolerance } from '../../../../src/domain/deployment/parity';
import { applyRecipe, fitRecipe } from '../../../../src/domain/data/recipe/recipe';
import { everyRow, fullRecipe, oddTable } from '../data/recipe/recipeTables';
import { answersOf, randomModel } from './learntModels';

const zeros = new Float64Array(64);

describe('parity', () => {
  it('passes within the tolerance and fails just above it', () => {
    const near = Float32Array.from(zeros).fill(1e-5 * 0.9);
    expect(comparedOutputs(zeros, near, 32, 1e-5).verdict).toBe('passed');
    near[63] = 1.1e-5;
    expect(comparedOutputs(zeros, near, 32, 1e-5)).toEqual({ rows: 32, maxAbsDiff: Math.fround(1.1e-5), tolerance: 1e-5, verdict: 'failed' });
  });

  it('fails closed: too few rows, other lengths, nothing, NaN', () => {
    expect(comparedOutputs(zeros.subarray(0, 31), zeros.subarray(0, 31), 31, 1).verdict).toBe('failed');
    expect(comparedOutputs(zeros, zeros.subarray(0, 63), 32, 1).verdict).toBe('failed');
    expect(comparedOutputs(zeros, zeros, 33, 1).verdict).toBe('failed');
    expect(comparedOutputs([], [], 32, 1).verdict).toBe('failed');
    expect(comparedOutputs(zeros, Float64Array.from(zeros).fill(NaN, 5, 6), 32, Infinity)).toMatchObject({ maxAbsDiff: Infinity });
    expect(comparedOutputs(zeros, Float64Array.from(zeros).fill(NaN, 5, 6), 32, 1).verdict).toBe('failed');
    expect(comparedOutputs(zeros, zeros, 32, NaN).verdict).toBe('failed');
  });

  it('measures numbers by the deviation of the target', () => {
    const regression = { kind: 'regression', target: 'y' } as const;
    expect([parityTolerance(regression, 50), parityTolerance(regression, 0)]).toEqual([50 * 1e-4, 1e-4]);
    expect(parityTolerance({ kind: 'classification', target: 'y', classes: ['a', 'b'], positive: 1 }, 50)).toBe(1e-5);
  });

  it('spreads at least 32 rows over any table', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100_000 }), (count) => {
        const rows = parityRows(count);
        expect(rows.length).toBe(Math.max(32, Math.min(64, count)));
        expect(rows.every((row, i) => row < count && (i === 0 || row >= rows[i - 1]!))).toBe(true);
      }),
    );
  });

  it('writes a document that canonical JSON can hold, with inputs, answers, parsing and what is left to callers', () => {
    const table = oddTable(6, 40, 0.3);
    const recipe = fitRecipe(fullRecipe, table, everyRow);
    const model = randomModel(1, [recipe.features.length, 2], 'softmax');
    const task = { kind: 'classification', target: 'y', classes: ['no', 'yes'], positive: 1 } as const;
    const expected = answersOf(model, applyRecipe(recipe, table).x, 40);
    const labels = Uint8Array.from({ length: 40 }, (_, row) => (expected[2 * row + 1]! >= 0.5 ? 1 : 0));
    const written = parityDocument({ task, recipe, table, expected, labels, targetDeviation: 1, parsing: { decimal: '.' } });
    const read = JSON.parse(canonicalJson(written)) as {
      rows: unknown[][];
      inputs: { column: string }[];
      expected: { probabilities: number[][]; label: string[] };
      outside: unknown;
      threshold: number;
    };
    expect(read.rows.length).toBe(40);
    expect(read.inputs.map(({ column }) => column)).toEqual(['age', 'gain', 'constant', 'member', 'work', 'level', 'seen']);
    expect(read.expected.probabilities.flat()).toEqual([...expected]);
    expect(read.expected.label[3]).toBe(task.classes[labels[3]!]);
    expect(read.outside).toEqual([{ column: 'seen', step: 'wholeSecondsRoundedDown' }]);
    expect(read.threshold).toBe(0.5);
    expect(() => parityDocument({ task, recipe, table: oddTable(6, 31), expected: expected.subarray(0, 62), targetDeviation: 1, parsing: null })).toThrow(
      RangeError,
    );
  });
});
