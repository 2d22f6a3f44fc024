import { describe, expect, it } from 'vitest';
import { graphInputs } from '../../../../../src/domain/deployment/onnx/graphInputs';
import { onnxInputs, secondsOf } from '../../../../../src/domain/deployment/onnx/onnxInputs';
import { fitRecipe } from '../../../../../src/domain/data/recipe/recipe';
import { Refusal } from '../../../../../src/domain/refusal';
import { everyRow, fullRecipe, oddTable } from '../../data/recipe/recipeTables';
import { coded, numeric, tableOf } from '../../data/tables';

const recipe = fitRecipe(fullRecipe, oddTable(1, 40), everyRow);

describe('the inputs of a graph', () => {
  it('are one a column, with names from a counter', () => {
    expect(graphInputs(recipe).map(({ name, column, inputType }) => [name, column, inputType])).toEqual([
      ['in0', 'age', 'float32'],
      ['in1', 'gain', 'float32'],
      ['in2', 'constant', 'float32'],
      ['in3', 'member', 'float32'],
      ['in4', 'work', 'string'],
      ['in5', 'level', 'string'],
      ['in6', 'seen', 'int64'],
    ]);
  });

  it('are fed with float32, text and whole seconds, each with its own mark of missing', () => {
    const table = tableOf(
      numeric('age', [1, NaN], 'integer'),
      numeric('gain', [0.1, 1e300]),
      numeric('constant', [1, 2]),
      numeric('member', [1, 0], 'boolean'),
      coded('work', ['😀', null]),
      coded('level', ['', 'low']),
      numeric('seen', [-1, NaN], 'date'),
    );
    const feeds = onnxInputs(recipe, table);
    expect(feeds.map(({ data }) => Array.from<number | bigint | string>(data))).toEqual([
      [1, NaN],
      [Math.fround(0.1), NaN],
      [1, 2],
      [1, 0],
      ['😀', ''],
      ['', 'low'],
      [-1n, -(2n ** 63n)],
    ]);
    expect(feeds.every(({ dims }) => dims[0] === 2 && dims[1] === 1)).toBe(true);
  });

  it('round instants down, before 1970 too', () => {
    expect([1999, -1, -1000, -1001].map(secondsOf)).toEqual([1n, -1n, -1n, -2n]);
  });

  it('refuse a table without one of the columns', () => {
    expect(() => onnxInputs(recipe, tableOf(numeric('age', [1])))).toThrow(Refusal);
  });
});
