/** @file All findings together: silence on clean data, order, and JSON. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checking, checks, examination, finished } from '../../../../src/domain/data/findings';
import { each, findingsIn, noise, twoClasses, y } from './findings/planted';
import { coded, numeric, tableOf } from './tables';

describe('findings', () => {
  it('can be waited for: there is a pause after each column and each check, and between the columns that are compared with one another', () => {
    const steps = examination(tableOf(numeric('a', noise(1)), numeric('b', noise(2)), y), twoClasses);
    expect([...steps]).toHaveLength(3);
    const told = [...checking(finished(examination(tableOf(numeric('a', noise(1)), numeric('b', noise(2)), y), twoClasses)))];
    expect(told).toHaveLength(checks.length + 2);
    expect([...told].sort((a, b) => a - b)).toEqual(told);
    expect(told.at(-1)).toBe(checks.length);
  });

  it('of clean data are none', () => {
    const clean = tableOf(
      numeric('a', noise(1)),
      numeric('b', noise(2)),
      coded(
        'c',
        each((i) => 'pqr'[i % 3]!),
      ),
      y,
    );
    expect(findingsIn(clean, twoClasses)).toEqual([]);
  });

  it('have a check each, named once', () => expect(new Set(checks.map((check) => check.name)).size).toBe(checks.length));

  it('come gravest first and survive JSON, whatever the table holds', () =>
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.double(), fc.option(fc.string(), { nil: null }), fc.constantFrom('p', 'q', null)), { maxLength: 60 }), (cells) => {
        const table = tableOf(
          numeric(
            '__proto__',
            cells.map((c) => c[0]),
          ),
          coded(
            'constructor',
            cells.map((c) => c[1]),
          ),
          coded(
            'y',
            cells.map((c) => c[2]),
          ),
        );
        const found = findingsIn(table, { kind: 'classification', target: 'y', classes: ['p', 'q'], positive: 0 });
        expect(JSON.parse(JSON.stringify(found))).toEqual(found);
        const order = found.map((finding) => ['high', 'medium', 'low'].indexOf(finding.severity));
        expect(order).toEqual([...order].sort());
      }),
    ));
});
