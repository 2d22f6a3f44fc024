import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../../../../src/domain/canonical';
import { defaultRecipe } from '../../../../../src/domain/data/recipe/defaultRecipe';
import { applyRecipe, fitRecipe, recipeInputs } from '../../../../../src/domain/data/recipe/recipe';
import type { FittedRecipe, RecipeSpec } from '../../../../../src/domain/data/recipe/recipeSpec';
import type { Column, Table } from '../../../../../src/domain/data/table';
import { seeded } from '../../../../../src/domain/random';
import { Refusal } from '../../../../../src/domain/refusal';
import { coded, numeric, tableOf } from '../tables';
import { censusTable, everyRow, fullRecipe, oddTable, step } from './recipeTables';

const rowsOf = (table: Table, rows: Uint32Array): Table => ({
  rows: rows.length,
  columns: table.columns.map((column): Column => {
    const { values } = column;
    if (values.kind === 'numeric') return { ...column, values: { kind: 'numeric', values: Float64Array.from(rows, (row) => values.values[row]!) } };
    return { ...column, values: { ...values, codes: Int32Array.from(rows, (row) => values.codes[row]!) } };
  }),
});

/** The same values behind another dictionary, as in a file read on another day. */
const recoded = (table: Table): Table => ({
  rows: table.rows,
  columns: table.columns.map((column): Column => {
    const { values } = column;
    if (values.kind === 'numeric') return column;
    const size = values.dictionary.length;
    return {
      ...column,
      values: {
        kind: 'coded',
        codes: values.codes.map((code) => (code < 0 ? -1 : size - code)),
        dictionary: ['never used', ...[...values.dictionary].reverse()],
      },
    };
  }),
});

const refusalOf = (run: () => unknown): [string, unknown] => {
  try {
    run();
  } catch (error) {
    if (error instanceof Refusal) return [error.code, error.details];
    throw error;
  }
  return ['none', {}];
};

const seeds = fc.integer({ min: 1, max: 100_000 });

describe('a recipe', () => {
  it('fits training rows only: other rows can hold anything', () => {
    fc.assert(
      fc.property(seeds, seeds, (one, two) => {
        const train = oddTable(one, 60);
        const other = oddTable(two, 40, 0.5);
        const both: Table = {
          rows: 100,
          columns: train.columns.map((column, index): Column => {
            const mine = column.values;
            const theirs = other.columns[index]!.values;
            if (mine.kind === 'numeric' && theirs.kind === 'numeric')
              return { ...column, values: { kind: 'numeric', values: Float64Array.from([...mine.values, ...theirs.values.map((value) => value * 1000)]) } };
            if (mine.kind !== 'coded' || theirs.kind !== 'coded') throw new TypeError('columns differ');
            const shift = mine.dictionary.length;
            return {
              ...column,
              values: {
                kind: 'coded',
                dictionary: [...mine.dictionary, ...theirs.dictionary.map((word) => `${word}!`)],
                codes: Int32Array.from([...mine.codes, ...theirs.codes.map((code) => (code < 0 ? -1 : code + shift))]),
              },
            };
          }),
        };
        expect(canonicalJson(fitRecipe(fullRecipe, both, (row) => row < 60))).toBe(canonicalJson(fitRecipe(fullRecipe, train, everyRow)));
        expect(
          canonicalJson(
            fitRecipe(
              fullRecipe,
              both,
              Uint8Array.from({ length: 100 }, (_, row) => (row < 60 ? 1 : 0)),
            ),
          ),
        ).toBe(canonicalJson(fitRecipe(fullRecipe, train, everyRow)));
      }),
      { numRuns: 30 },
    );
  });

  it('does the same each time, for each dictionary and after a round trip through JSON', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const fitted = fitRecipe(fullRecipe, oddTable(seed, 80), everyRow);
        const serve = oddTable(seed + 1, 50, 0.3);
        const first = applyRecipe(fitted, serve);
        const stored = JSON.parse(canonicalJson(fitted)) as FittedRecipe;
        for (const again of [applyRecipe(fitted, serve), applyRecipe(stored, serve), applyRecipe(fitted, recoded(serve))]) {
          expect(again.features).toEqual(first.features);
          expect(Buffer.from(again.x.buffer).equals(Buffer.from(first.x.buffer))).toBe(true);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('does not mind the order of rows, neither while fitting nor while applying', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const table = oddTable(seed, 70);
        const order = seeded(seed).shuffle(Uint32Array.from({ length: 70 }, (_, row) => row));
        const shuffled = rowsOf(table, order);
        const plain = applyRecipe(fitRecipe(fullRecipe, table, everyRow), table);
        const fitted = fitRecipe(fullRecipe, shuffled, everyRow);
        const mixed = applyRecipe(fitted, shuffled);
        const width = plain.features.length;
        let largest = 0;
        order.forEach((row, at) => {
          for (let k = 0; k < width; k++)
            largest = Math.max(largest, Math.abs(plain.x[row * width + k]! - mixed.x[at * width + k]!) / Math.max(1, Math.abs(plain.x[row * width + k]!)));
        });
        // Sums in another order may round to the neighbouring float32; nothing more.
        expect(largest).toBeLessThanOrEqual(2e-7);
      }),
      { numRuns: 30 },
    );
  });

  it('turns a single row into what it is within the table', () => {
    const table = oddTable(3, 40);
    const fitted = fitRecipe(fullRecipe, table, everyRow);
    const whole = applyRecipe(fitted, table);
    const width = whole.features.length;
    for (let row = 0; row < 40; row++) expect(applyRecipe(fitted, rowsOf(table, Uint32Array.of(row))).x).toEqual(whole.x.slice(row * width, (row + 1) * width));
  });

  it('names its features by column and meaning', () => {
    const table = tableOf(numeric('age', [1, 2, NaN]), coded('colour', ['red', null, 'red']));
    const spec: RecipeSpec = {
      version: 1,
      leftOut: [],
      entries: [
        { column: 'age', type: 'number', steps: [step('impute', { indicator: true })] },
        { column: 'colour', type: 'category', steps: [step('impute'), step('oneHot')] },
      ],
    };
    const { features, x } = applyRecipe(fitRecipe(spec, table, everyRow), table);
    expect(features.map(({ name }) => name)).toEqual(['age', 'age.missing', 'colour=', 'colour=red']);
    expect([...x]).toEqual([1, 0, 0, 1, 2, 0, 1, 0, 1.5, 1, 0, 1]);
    expect(recipeInputs(fitRecipe(fullRecipe, oddTable(1, 30), everyRow)).map(({ column }) => column)).toEqual([
      'age',
      'gain',
      'constant',
      'member',
      'work',
      'level',
      'seen',
    ]);
  });

  it('makes an empty matrix of an empty table', () => {
    const fitted = fitRecipe(fullRecipe, oddTable(9, 50), everyRow);
    expect(applyRecipe(fitted, rowsOf(oddTable(9, 50), new Uint32Array())).x).toEqual(new Float32Array());
  });

  it('refuses tables and recipes that it cannot work with, naming what and where', () => {
    const table = oddTable(2, 30);
    const fitted = fitRecipe(fullRecipe, table, everyRow);
    const entry = (steps: RecipeSpec['entries'][number]['steps'], column = 'gain', type: Column['type'] = 'number'): RecipeSpec => ({
      version: 1,
      leftOut: [],
      entries: [{ column, type, steps }],
    });
    const without: Table = { ...table, columns: table.columns.filter(({ name }) => name !== 'age') };
    const retyped: Table = { ...table, columns: table.columns.map((column) => (column.name === 'age' ? coded('age', Array<string>(30).fill('x')) : column)) };
    const older = { ...fitted, entries: fitted.entries.map((one) => ({ ...one, steps: one.steps.map((each) => ({ ...each, version: 0 })) })) };
    expect(refusalOf(() => applyRecipe(fitted, without))).toEqual(['batchLacksColumn', { column: 'age' }]);
    expect(refusalOf(() => applyRecipe(fitted, retyped))).toEqual(['batchColumnType', { column: 'age', expected: 'integer', found: 'category' }]);
    expect(refusalOf(() => applyRecipe(older, table))).toEqual(['recipeStepVersion', { column: 'age', step: 'impute', version: 0 }]);
    expect(refusalOf(() => fitRecipe(fullRecipe, table, () => false))).toEqual(['recipeHasNoTrainingRows', { rows: 30 }]);
    expect(refusalOf(() => fitRecipe(fullRecipe, without, everyRow))).toEqual(['recipeLacksColumn', { column: 'age' }]);
    expect(refusalOf(() => fitRecipe(fullRecipe, retyped, everyRow))).toEqual(['recipeColumnType', { column: 'age', expected: 'integer', found: 'category' }]);
    expect(refusalOf(() => fitRecipe(entry([step('magic')]), table, everyRow))).toEqual(['recipeUnknownStep', { column: 'gain', step: 'magic' }]);
    expect(refusalOf(() => fitRecipe(entry([step('oneHot')]), table, everyRow))).toEqual([
      'recipeStepDoesNotFit',
      { column: 'gain', step: 'oneHot', kind: 'numbers' },
    ]);
    expect(refusalOf(() => fitRecipe(entry([step('impute', { strategy: 'no' })]), table, everyRow))).toEqual([
      'recipeBadSetting',
      { column: 'gain', step: 'impute', setting: 'strategy', value: '"no"' },
    ]);
    expect(refusalOf(() => fitRecipe(entry([step('impute')], 'work', 'category'), table, everyRow))).toEqual(['recipeColumnHasNoFeatures', { column: 'work' }]);
    const holes = fitRecipe(entry([step('scaleStandard')]), table, everyRow);
    expect(refusalOf(() => applyRecipe(holes, tableOf(numeric('gain', [1, NaN]))))).toEqual([
      'recipeLeavesMissing',
      { column: 'gain', feature: 'gain', row: 1 },
    ]);
  });

  it('fits and applies 50,000 rows of 14 columns in well under half a second', () => {
    const table = censusTable(50_000);
    const spec = defaultRecipe(table.columns, 'none');
    const times = Array.from({ length: 3 }, () => {
      const start = performance.now();
      const fitted = fitRecipe(spec, table, (row) => row % 5 !== 0);
      const between = performance.now();
      const { x, features } = applyRecipe(fitted, table);
      expect(x.length).toBe(50_000 * features.length);
      return { fit: between - start, apply: performance.now() - between, features: features.length };
    });
    const fastest = Math.min(...times.map(({ fit, apply }) => fit + apply));
    console.log(
      `50,000 × 14 → ${times[0]!.features} features: ${times.map(({ fit, apply }) => `fit ${fit.toFixed(0)} + apply ${apply.toFixed(0)} ms`).join(', ')}`,
    );
    expect(fastest).toBeLessThan(500);
  });
});
