/** @file Small tables for the tests of this folder. */
import type { Column, ColumnType, Table } from '../../../../src/domain/data/table';

export const numeric = (name: string, values: readonly number[], type: ColumnType = 'number'): Column => ({
  name,
  type,
  values: { kind: 'numeric', values: Float64Array.from(values) },
});

export function coded(name: string, texts: readonly (string | null)[], type: ColumnType = 'category'): Column {
  const dictionary = [...new Set(texts.filter((text) => text !== null))];
  const codeOf = new Map(dictionary.map((text, code) => [text, code]));
  return { name, type, values: { kind: 'coded', codes: Int32Array.from(texts, (text) => (text === null ? -1 : codeOf.get(text)!)), dictionary } };
}

export const tableOf = (...columns: Column[]): Table => ({
  rows: columns[0]!.values.kind === 'numeric' ? columns[0]!.values.values.length : columns[0]!.values.codes.length,
  columns,
});
