/** @file Tests of readJson, through importTable. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Refusal } from '../../../../../src/domain/refusal';
import { imported, refusal } from './imported';

const lines = (...objects: unknown[]): string => objects.map((object) => (typeof object === 'string' ? object : JSON.stringify(object))).join('\n');

describe('JSON Lines', () => {
  it('takes keys in order of first appearance, wherever they appear', async () => {
    const { summary, rows, options, lines: places } = await imported(lines({ b: 1, a: 'x' }, '', { a: 'y', c: true }, { b: 2.5, c: null, a: 'x' }), {}, 'x.jsonl');
    expect(options.format).toBe('jsonl');
    expect(summary.columns).toEqual([
      { name: 'b', type: 'number' },
      { name: 'a', type: 'category' },
      { name: 'c', type: 'boolean' },
    ]);
    expect(rows).toEqual([
      [1, 'x', null],
      [null, 'y', 1],
      [2.5, 'x', null],
    ]);
    expect(places).toEqual([1, 3, 4]);
  });

  it('keeps nested values as text and long integers digit by digit', async () => {
    const { rows } = await imported(`{"a":{"x":[1,2]},"n":12345678901234567890,"s":"is 12345678901234567890, \\"9\\""}\n{"a":[],"n":1,"s":"0.12345678901234567890"}`, {}, 'x.jsonl');
    expect(rows).toEqual([
      ['{"x":[1,2]}', '12345678901234567890', 'is 12345678901234567890, "9"'],
      ['[]', '1', '0.12345678901234567890'],
    ]);
  });

  it('quarantines lines that are no objects', async () => {
    const { summary, rows } = await imported(lines({ a: 1 }, '{"a":', '[1]', 'null', { a: 2 }), {}, 'x.jsonl');
    expect(rows).toEqual([[1], [2]]);
    expect(summary.quarantined.map(({ line, reason, text }) => [line, reason, text])).toEqual([
      [2, 'notJson', '{"a":'],
      [3, 'notAnObject', '[1]'],
      [4, 'notAnObject', 'null'],
    ]);
  });

  it('takes hostile keys for names', async () => {
    const { summary, rows } = await imported('{"__proto__":1,"constructor":"x","toString":null}\n{"__proto__":2,"constructor":"y"}', {}, 'x.jsonl');
    expect(summary.columns.map(({ name }) => name)).toEqual(['__proto__', 'constructor', 'toString']);
    expect(rows[0]).toEqual([1, 'x', null]);
  });

  it('drops no memory on a line of millions of characters', async () => {
    const { summary } = await imported(lines({ a: 1 }, `{"a":"${'x'.repeat(2_500_000)}"}`, { a: 2 }), {}, 'x.jsonl');
    expect(summary.quarantined[0]).toMatchObject({ line: 2, reason: 'recordTooLong', length: 2_500_008 });
    expect(summary.rows).toBe(2);
  });

  it('fills groups in order', async () => {
    const { rows, lines: places } = await imported(Array.from({ length: 70_000 }, (_, at) => `{"n":${at}}`).join('\n'), {}, 'x.jsonl');
    expect(rows[69_999]).toEqual([69_999]);
    expect(places[65_536]).toBe(65_537);
  });
});

describe('JSON arrays', () => {
  it('reads an array of objects', async () => {
    const { rows, summary, options } = await imported(JSON.stringify([{ a: 1 }, 7, { a: 2, b: '2021-01-02' }], null, 2), {}, 'x.json');
    expect(options.format).toBe('jsonl');
    expect(rows).toEqual([
      [1, null],
      [2, Date.UTC(2021, 0, 2)],
    ]);
    expect(summary.quarantined).toEqual([{ line: 2, reason: 'notAnObject', text: '7', length: 1 }]);
  });

  it('refuses broken ones', async () => {
    expect(await refusal('[{"a":1},', {}, 'x.json')).toEqual({ code: 'unreadableJson', details: { file: 'x.json' } });
    expect((await refusal('[]', {}, 'x.json')).code).toBe('emptyFile');
    expect((await refusal('[{}]', {}, 'x.json')).code).toBe('emptyFile');
  });

  it('refuses files without a single object, and too many keys', async () => {
    expect(await refusal('{"a"\n{"b"\n', {}, 'x.jsonl')).toEqual({ code: 'noRowsLeft', details: { file: 'x.jsonl', quarantined: 2, reason: 'notJson' } });
    expect((await refusal(JSON.stringify(Object.fromEntries(Array.from({ length: 10_001 }, (_, at) => [`k${at}`, 1]))), {}, 'x.jsonl')).code).toBe('tooManyColumns');
  });

  it('refuses arrays too large to be parsed whole', async () => {
    const piece = new Uint8Array(1_048_576).fill(32);
    const source = new Blob(['[', ...Array.from({ length: 65 }, () => piece), ']']);
    expect(await refusal(source, {}, 'x.json')).toMatchObject({ code: 'jsonTooLarge', details: { limit: 67_108_864 } });
  });

  it('survives nesting deeper than the stack', async () => {
    const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
    expect((await imported(`{"a":1}\n{"a":${deep}}`, {}, 'x.jsonl')).summary.rows).toBeGreaterThan(0);
    const whole = await refusal(`[{"a":${deep}}]`, {}, 'x.json').catch((error: unknown) => error);
    expect(whole).toMatchObject({ code: expect.stringMatching(/unreadableJson|noRowsLeft/) as string });
  });

  it('throws nothing but refusals, whatever the bytes', async () => {
    const base = '[{"a":1,"b":"x"},{"a":2.5e3,"c":[null]}]\n{"a":true}';
    const mutated = fc.array(fc.tuple(fc.nat(base.length - 1), fc.constantFrom('{', '}', '[', ']', '"', ',', ':', '\n', '\\', '1', 'e', ' ', '\u0000')), { maxLength: 6 }).map((changes) => {
      const copy = [...base];
      for (const [at, char] of changes) copy[at] = char;
      return copy.join('');
    });
    await fc.assert(
      fc.asyncProperty(fc.oneof(mutated, fc.json(), fc.string()), async (text) => {
        const outcome = await imported(text, { format: 'jsonl', delimiter: ',', quote: '"', header: true, encoding: 'utf-8', decimal: '.', missing: [''], types: [], sheet: null }).then(
          () => true,
          (error: unknown) => error instanceof Refusal || Promise.reject(error as Error),
        );
        expect(outcome).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
