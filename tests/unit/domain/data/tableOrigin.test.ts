import { describe, expect, it } from 'vitest';
import { haveLikeKeys, keysByOrigin, lackingForKeys, matchedColumns, nameNow, originAfter, originOf } from '../../../../src/domain/data/tableOrigin';
import { keyHex } from '../../../../src/domain/data/keyHex';
import { rowKeys } from '../../../../src/domain/data/rowKey';
import type { Column, Table } from '../../../../src/domain/data/table';

const numbers = (name: string, ...values: number[]): Column => ({ name, type: 'integer', values: { kind: 'numeric', values: Float64Array.from(values) } });
const words = (name: string, ...texts: string[]): Column => ({ name, type: 'category', values: { kind: 'coded', codes: Int32Array.from(texts.keys()), dictionary: texts } });
const table = (...columns: Column[]): Table => ({ rows: 2, columns });
const origin = originOf(table(numbers('__proto__', 1), words('b'), words('label')).columns);
const byFeatures = { by: 'features', excluded: 'label' } as const;
const hex = (keys: Uint8Array): string[] => [keyHex(keys, 0), keyHex(keys, 1)];

describe('the origin of a table', () => {
  it('follows renames and drops, and no other edit', () => {
    const renamed = originAfter(originAfter(origin, { op: 'renameColumn', from: '__proto__', to: 'x' }), { op: 'renameColumn', from: 'x', to: 'y' });
    expect(nameNow(renamed, '__proto__')).toBe('y');
    expect(nameNow(originAfter(renamed, { op: 'dropColumn', column: 'y' }), '__proto__')).toBeNull();
    expect(originAfter(origin, { op: 'retypeColumn', column: 'b', to: 'text' })).toBe(origin);
    expect(nameNow(origin, null)).toBeNull();
  });

  it('finds columns by present names first, and each at most once', () => {
    let swapped = originAfter(origin, { op: 'dropColumn', column: '__proto__' });
    swapped = originAfter(swapped, { op: 'renameColumn', from: 'b', to: '__proto__' });
    expect([...matchedColumns(swapped, ['__proto__', 'label'])]).toEqual([-1, 0, 1]);
    expect([...matchedColumns(swapped, ['b', '__proto__'])]).toEqual([-1, 1, -1]);
    expect([...matchedColumns(origin, ['b', '__proto__'])]).toEqual([1, 0, -1]);
  });

  it('gives the keys of the first import, whatever columns are called and typed now', () => {
    const first = table(numbers('__proto__', 7, 8), words('b', 'u', 'v'), words('label', 'yes', 'no'));
    const renamed = originAfter(origin, { op: 'renameColumn', from: '__proto__', to: 'zz' });
    const later = table(words('b', 'u', 'v'), words('zz', '7', '8'));
    const matched = matchedColumns(renamed, ['b', 'zz']);
    expect(hex(keysByOrigin(later, { origin: renamed, keyedBy: byFeatures }, matched))).toEqual(hex(rowKeys(first, [0, 1])));
    expect(lackingForKeys({ origin: renamed, keyedBy: byFeatures }, matched)).toEqual([]);
    expect(lackingForKeys({ origin, keyedBy: { by: 'features', excluded: null } }, matchedColumns(origin, ['b']))).toEqual(['__proto__', 'label']);
  });

  it('tells whether keys of two tables can be compared', () => {
    const same = { origin: originAfter(origin, { op: 'dropColumn', column: 'b' }), keyedBy: byFeatures };
    expect(haveLikeKeys({ origin, keyedBy: byFeatures }, same)).toBe(true);
    expect(haveLikeKeys({ origin, keyedBy: { by: 'features', excluded: null } }, same)).toBe(false);
    expect(haveLikeKeys({ origin, keyedBy: { by: 'group', column: 'b', excluded: null } }, same)).toBe(false);
    const retyped = originOf([numbers('__proto__'), numbers('b'), words('label')]);
    expect(haveLikeKeys({ origin: retyped, keyedBy: byFeatures }, same)).toBe(false);
  });
});
