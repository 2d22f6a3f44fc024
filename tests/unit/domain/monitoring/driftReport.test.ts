import { describe, expect, it } from 'vitest';
import { canonicalJson, type Json } from '../../../../src/domain/canonical';
import type { Column, Table } from '../../../../src/domain/data/table';
import { driftReport } from './wholeDrift';
import { seeded, type Random } from '../../../../src/domain/random';

const numeric = (name: string, values: Float64Array): Column => ({ name, type: 'number', values: { kind: 'numeric', values } });
const normal = (random: Random, n: number, shift = 0): Float64Array => Float64Array.from({ length: n }, () => random.normal() + shift);
const table = (...columns: Column[]): Table => ({
  rows: columns[0]!.values.kind === 'numeric' ? columns[0]!.values.values.length : columns[0]!.values.codes.length,
  columns,
});
const coded = (name: string, type: 'category' | 'text' | 'identifier', codes: number[], dictionary: string[]): Column => ({
  name,
  type,
  values: { kind: 'coded', codes: Int32Array.from(codes), dictionary },
});

/** `columns` normal columns; those before `moved` are shifted in the batch. */
function batchOf(random: Random, columns: number, n: number, m: number, moved = 0, shift = 0): [Table, Table] {
  const indices = Array.from({ length: columns }, (_, i) => i);
  return [
    table(...indices.map((i) => numeric(`x${i}`, normal(random, n)))),
    table(...indices.map((i) => numeric(`x${i}`, normal(random, m, i < moved ? shift : 0)))),
  ];
}

describe('driftReport', () => {
  it('keeps false alarms at .05: 30 null columns, any of them called drifted', () => {
    const random = seeded(21);
    const repetitions = 100;
    let alarmed = 0;
    for (let i = 0; i < repetitions; i++) if (driftReport(...batchOf(random, 30, 200, 80), { seed: i + 1 }).drifted > 0) alarmed++;
    console.log(`P(any of 30 null columns drifted): ${alarmed / repetitions}`);
    // A bit over two standard errors of .05 (.022) over 100 repetitions.
    expect(alarmed / repetitions).toBeLessThanOrEqual(0.05 + 0.05);
  });

  it('finds a shift of 0.3 sd in 1 of 10 columns, 1,000 v 1,000 rows, in at least 18 of 20 batches; 1,000 v 200 less often', () => {
    const rate = (m: number): { found: number; first: number } => {
      const random = seeded(22);
      let found = 0;
      let first = 0;
      for (let i = 0; i < 20; i++) {
        const report = driftReport(...batchOf(random, 10, 1000, m, 1, 0.3), { seed: i + 1 });
        if (report.columns.find((column) => column.name === 'x0')!.drifted) found++;
        if (report.columns[0]!.name === 'x0') first++;
      }
      return { found, first };
    };
    const large = rate(1000);
    const small = rate(200);
    console.log(`power among 10 columns, 0.3 sd: ${large.found}/20 at 1,000 rows, ${small.found}/20 at 200; ranked first ${large.first} and ${small.first}`);
    expect(large.found).toBeGreaterThanOrEqual(18);
    expect(large.first).toBeGreaterThanOrEqual(18);
    expect(small.found).toBeLessThan(large.found);
  });

  it('needs both: a distance that chance explains is no drift whatever its p, and the reverse', () => {
    const [reference, current] = batchOf(seeded(4), 12, 2000, 800, 2, 0.4);
    const report = driftReport(reference, current, { seed: 3 });
    for (const column of report.columns) expect(column.drifted).toBe(column.adjustedP < 0.05 && column.beyond);
    expect(report.drifted).toBe(report.columns.filter((column) => column.drifted).length);
    expect(report.driftedShare).toBe(report.drifted / 12);
    const sizes = report.columns.map((column) => column.excess ?? Infinity);
    expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
    expect(new Set(report.columns.slice(0, 2).map((column) => column.name))).toEqual(new Set(['x0', 'x1']));
  });

  it('says which columns it did not compare, and why', () => {
    const values = normal(seeded(1), 3);
    const reference = table(
      numeric('kept', values),
      numeric('gone', values),
      numeric('retyped', values),
      coded('id', 'identifier', [0, 1, 2], ['a', 'b', 'c']),
      coded('note', 'text', [0, 1, 2], ['a', 'b', 'c']),
    );
    const current = table(numeric('kept', values), coded('retyped', 'category', [0, 0, 0], ['z']), coded('note', 'text', [0, 0, 0], ['d']));
    const report = driftReport(reference, current, { seed: 1 });
    expect(report.columns.map((column) => column.name)).toEqual(['kept']);
    expect(report.notCompared).toEqual([
      { name: 'gone', reason: 'missing' },
      { name: 'retyped', reason: 'typeChanged' },
      { name: 'id', reason: 'identifier' },
      { name: 'note', reason: 'text' },
    ]);
  });

  it('is plain JSON, equal for equal seeds, and judges a column alike whoever stands beside it', () => {
    const [reference, current] = batchOf(seeded(9), 5, 400, 200, 1, 1);
    const report = driftReport(reference, current, { seed: 8 });
    expect(JSON.parse(canonicalJson(report as unknown as Json))).toEqual(report);
    expect(driftReport(reference, current, { seed: 8 })).toEqual(report);
    const alone = driftReport(table(reference.columns[2]!), table(current.columns[2]!), { seed: 8 }).columns[0]!;
    const among = report.columns.find((column) => column.name === 'x2')!;
    expect({ ...among, adjustedP: 0, drifted: false }).toEqual({ ...alone, adjustedP: 0, drifted: false });
  });

  it('compares nothing without complaint when no column can be compared', () => {
    const some = table(coded('id', 'identifier', [0], ['a']));
    expect(driftReport(some, some, { seed: 1 })).toMatchObject({ columns: [], drifted: 0, driftedShare: 0 });
  });
});
