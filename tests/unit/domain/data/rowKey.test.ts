/** @file Row keys: their laws, and their cost. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cpuTime } from './cpuTime';
import { keyHex } from '../../../../src/domain/data/keyHex';
import { groupKeys, hashedKeys, rowKeys } from '../../../../src/domain/data/rowKey';
import type { Column, Table } from '../../../../src/domain/data/table';
import { coded, numeric, tableOf } from './tables';

const hexes = (keys: Uint8Array): string[] => Array.from({ length: keys.length / 16 }, (_, row) => keyHex(keys, row));
const all = (table: Table): number[] => table.columns.map((_, i) => i);
const keysOf = (...columns: Column[]): string[] => hexes(rowKeys(tableOf(...columns), all(tableOf(...columns))));

const cells = fc.array(fc.tuple(fc.double(), fc.option(fc.string({ unit: 'grapheme' }), { nil: null }), fc.constantFrom(0, -0, 1, Number.NaN)), {
  minLength: 1,
  maxLength: 40,
});
const tableFrom = (rows: readonly (readonly [number, string | null, number])[]): Table =>
  tableOf(
    numeric(
      'b',
      rows.map((r) => r[0]),
    ),
    coded(
      'é',
      rows.map((r) => r[1]),
    ),
    numeric(
      'a',
      rows.map((r) => r[2]),
    ),
  );

describe('row keys', () => {
  it('agree with the golden keys, which follow the decision record in another language', () => {
    const golden = JSON.parse(readFileSync('tests/golden/rowKey.json', 'utf8')) as {
      columns: { name: string; kind: string; values: unknown[] }[];
      keys: string[];
    };
    const columns = golden.columns.map(({ name, kind, values }) =>
      kind === 'numeric'
        ? numeric(
            name,
            values.map((v) => (v === null ? Number.NaN : (v as number))),
          )
        : coded(name, values as (string | null)[]),
    );
    const keys = keysOf(...columns);
    console.log(`row keys: ${keys.filter((key, i) => key !== golden.keys[i]).length} of ${golden.keys.length} differ`);
    expect(keys).toEqual(golden.keys);
    expect(keys[1]).toBe(keys[5]);
  });

  it('do not depend on the order of columns', () => {
    fc.assert(
      fc.property(cells, (rows) => {
        const table = tableFrom(rows);
        const turned: Table = { rows: table.rows, columns: [...table.columns].reverse() };
        expect(hexes(rowKeys(turned, all(turned)))).toEqual(hexes(rowKeys(table, all(table))));
      }),
    );
  });

  it('do not depend on where row groups begin', () => {
    fc.assert(
      fc.property(cells, fc.nat(40), (rows, at) => {
        const cut = Math.min(at, rows.length);
        const whole = tableFrom(rows);
        const parts = [tableFrom(rows.slice(0, cut)), tableFrom(rows.slice(cut))].flatMap((part) => hexes(rowKeys(part, all(part))));
        expect(parts).toEqual(hexes(rowKeys(whole, all(whole))));
      }),
    );
  });

  it('do not depend on the order or the surplus of a dictionary', () => {
    const a = coded('y', ['p', 'q', null, 'p']);
    const b: Column = { name: 'y', type: 'category', values: { kind: 'coded', codes: Int32Array.of(2, 0, -1, 2), dictionary: ['q', 'unused', 'p'] } };
    expect(keysOf(a)).toEqual(keysOf(b));
  });

  it('are equal for equal rows and different for different rows', () => {
    fc.assert(
      fc.property(cells, (rows) => {
        const table = tableFrom(rows);
        const keys = hexes(rowKeys(table, all(table)));
        const spell = (r: readonly [number, string | null, number]): string =>
          JSON.stringify([Number.isNaN(r[0]) ? 'NaN' : `${r[0] + 0}`, r[1], Number.isNaN(r[2]) ? 'NaN' : `${r[2] + 0}`]);
        rows.forEach((row, i) => rows.forEach((other, j) => expect(keys[i] === keys[j]).toBe(spell(row) === spell(other))));
      }),
    );
  });

  it('read −0 as 0 and every NaN as one', () => {
    const strange = new Float64Array(new Uint32Array([5, 0x7ff80123]).buffer)[0]!;
    const [zero, minus, missing, odd] = keysOf(numeric('x', [0, -0, Number.NaN, strange]));
    expect(minus).toBe(zero);
    expect(odd).toBe(missing);
    expect(missing).not.toBe(zero);
  });

  it('tell a missing text from an empty one', () => expect(new Set(keysOf(coded('x', [null, '']))).size).toBe(2));

  it('of a group are equal within it, and a row without a group stands alone', () => {
    const table = tableOf(coded('who', ['ann', 'bob', 'ann', null, null]), numeric('x', [1, 2, 3, 4, 5]));
    const keys = rowKeys(table, [0, 1]);
    const groups = hexes(groupKeys(table, 0, keys));
    expect(groups[0]).toBe(groups[2]);
    expect(new Set(groups).size).toBe(4);
    expect(groups.slice(3)).toEqual(hexes(keys).slice(3));
  });

  it('hashed again stay apart, and change with the seed', () => {
    const keys = rowKeys(
      tableOf(
        numeric(
          'x',
          Array.from({ length: 500 }, (_, i) => i),
        ),
      ),
      [0],
    );
    expect(new Set(hexes(hashedKeys(keys, 1))).size).toBe(500);
    expect(hexes(hashedKeys(keys, 1))[0]).not.toBe(hexes(hashedKeys(keys, 2))[0]);
  });

  it('of a million rows with 14 columns take seconds at most', () => {
    const rows = 1_000_000;
    const columns = Array.from({ length: 14 }, (_, c): Column =>
      c % 2 === 0
        ? { name: `n${c}`, type: 'number', values: { kind: 'numeric', values: Float64Array.from({ length: rows }, (_, i) => i * (c + 1)) } }
        : {
            name: `c${c}`,
            type: 'category',
            values: { kind: 'coded', codes: Int32Array.from({ length: rows }, (_, i) => i % 10), dictionary: [...'abcdefghij'] },
          },
    );
    const start = cpuTime();
    const keys = rowKeys({ rows, columns }, all({ rows, columns }));
    const took = cpuTime() - start;
    console.log(`row keys: a million rows of 14 columns in ${took.toFixed(0)} ms`);
    expect(keys.length).toBe(16 * rows);
    expect(took).toBeLessThan(3000);
  });
});
