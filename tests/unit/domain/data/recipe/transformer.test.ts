import { describe, expect, it } from 'vitest';
import { canonicalJson, type Json } from '../../../../../src/domain/canonical';
import { transformers } from '../../../../../src/domain/data/recipe/registry';
import { enteringValues, type StepValues } from '../../../../../src/domain/data/recipe/stepValues';
import { choiceOf, numberOf } from '../../../../../src/domain/data/recipe/transformer';
import { Refusal } from '../../../../../src/domain/refusal';
import { oddTable } from './recipeTables';

const columnFor = { numbers: 'gain', words: 'work', instants: 'seen', indicators: '' } as const;
const valuesOf = (kind: keyof typeof columnFor, seed: number): StepValues =>
  enteringValues(oddTable(seed, 60).columns.find(({ name }) => name === columnFor[kind])!);
const marking = ['impute', 'keepMissing'];
/** Every transformer on every kind; those that can mark what is missing also with their mark. */
const cases = transformers.flatMap((transformer) =>
  transformer.accepts.flatMap((kind) =>
    [{}, ...(kind === 'numbers' && marking.includes(transformer.name) ? [{ indicator: true }] : [])].map((params) => [transformer.name, kind, params, transformer] as const),
  ),
);

describe('each transformer', () => {
  it.each(cases)('%s on %s with %j has a state that canonical JSON can hold and that gives the same after a round trip', (_name, kind, params, transformer) => {
    const state = transformer.fit(valuesOf(kind, 1), params);
    const stored = JSON.parse(canonicalJson(state)) as Json;
    expect(transformer.apply(stored, valuesOf(kind, 2))).toStrictEqual(transformer.apply(state, valuesOf(kind, 2)));
  });

  it.each(cases)('%s on %s with %j leaves its input as it was', (_name, kind, params, transformer) => {
    const values = valuesOf(kind, 3);
    transformer.apply(transformer.fit(values, params), values);
    expect(values).toStrictEqual(valuesOf(kind, 3));
  });

  it('has its own name, and nodes when it says that it goes inside the graph', () => {
    expect(new Set(transformers.map(({ name }) => name)).size).toBe(transformers.length);
    for (const transformer of transformers) expect(transformer.emit !== undefined).toBe(transformer.onnx === 'inside');
  });
});

describe('settings', () => {
  it('fall back when absent and are refused when they are none of the allowed', () => {
    expect(choiceOf({}, 'way', ['up', 'down'], 'up')).toBe('up');
    expect(numberOf({ n: 2 }, 'n', [1, 3], 1)).toBe(2);
    expect(() => choiceOf({ way: 'left' }, 'way', ['up', 'down'], 'up')).toThrow(Refusal);
    expect(() => numberOf({ n: 4 }, 'n', [1, 3], 1)).toThrow(Refusal);
    expect(() => numberOf({ n: '2' }, 'n', [1, 3], 1)).toThrow(Refusal);
  });
});
