/** @file What changed between two versions of a dataset: columns, rows by key, and cells of the rows that are in both. */

import { cellText } from './cell';
import { compareKeys, keyHex } from './keyHex';
import { keyOrder } from './keyOrder';
import { columnNamed, type Column, type ColumnSchema, type ColumnType, type Table } from './table';

export interface Version {
  readonly table: Table;
  /** 16 bytes a row. */
  readonly keys: Uint8Array;
}

export interface CellChange {
  readonly key: string;
  /** As text; null is missing. */
  readonly before: string | null;
  readonly after: string | null;
}

/** JSON-able. Lists of keys and changes hold the first 100, in row order. */
export interface VersionDiff {
  readonly schema: {
    readonly added: readonly ColumnSchema[];
    readonly removed: readonly ColumnSchema[];
    readonly retyped: readonly { readonly name: string; readonly from: ColumnType; readonly to: ColumnType }[];
  };
  readonly rows: {
    readonly before: number;
    readonly after: number;
    readonly added: number;
    readonly removed: number;
    readonly addedKeys: readonly string[];
    readonly removedKeys: readonly string[];
  };
  /** Columns of both versions in which some cell changed. */
  readonly cells: readonly { readonly column: string; readonly changed: number; readonly changes: readonly CellChange[] }[];
}

const mostShown = 100;

/** For each row after: its row before, or −1; and which rows before found no partner. Copies pair up in row order, as many as both have. */
function pairs(before: Version, after: Version): { readonly partner: Int32Array; readonly gone: Uint8Array } {
  const partner = new Int32Array(after.table.rows).fill(-1);
  const gone = new Uint8Array(before.table.rows).fill(1);
  const a = keyOrder(before.keys);
  const b = keyOrder(after.keys);
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    const order = compareKeys(before.keys, a[i]!, after.keys, b[j]!);
    if (order < 0) i++;
    else if (order > 0) j++;
    else {
      partner[b[j]!] = a[i]!;
      gone[a[i]!] = 0;
      i++;
      j++;
    }
  }
  return { partner, gone };
}

/** Tells whether row `a` of one column differs from row `b` of the other. Texts are compared by code, through one map of the dictionaries. */
function differenceOf(before: Column, after: Column): (a: number, b: number) => boolean {
  const [x, y] = [before.values, after.values];
  if (x.kind === 'numeric' && y.kind === 'numeric') {
    return (a, b) => {
      const [left, right] = [x.values[a]!, y.values[b]!];
      return left !== right && (left === left || right === right);
    };
  }
  if (x.kind === 'coded' && y.kind === 'coded') {
    const codeOf = new Map(y.dictionary.map((text, code) => [text, code]));
    const same = Int32Array.from(x.dictionary, (text) => codeOf.get(text) ?? -2);
    return (a, b) => (x.codes[a]! < 0 ? -1 : same[x.codes[a]!]!) !== y.codes[b]!;
  }
  return (a, b) => cellText(before, a) !== cellText(after, b);
}

const schemaOf = ({ name, type }: Column): ColumnSchema => ({ name, type });

function keysWhere(keys: Uint8Array, rows: number, holds: (row: number) => boolean): { readonly count: number; readonly first: string[] } {
  const first: string[] = [];
  let count = 0;
  for (let row = 0; row < rows; row++) {
    if (!holds(row)) continue;
    if (count < mostShown) first.push(keyHex(keys, row));
    count++;
  }
  return { count, first };
}

/**
 * The difference of two whole versions. Rows are matched by key, copies by how many there are. A renamed column counts as one removed
 * and one added. O(n) in rows, times the columns in both.
 * @param same columns whose cells are known to be equal; their values are not looked at
 */
export function versionDiff(before: Version, after: Version, same: ReadonlySet<string> = new Set()): VersionDiff {
  const { partner, gone } = pairs(before, after);
  const added = keysWhere(after.keys, after.table.rows, (row) => partner[row]! < 0);
  const removed = keysWhere(before.keys, before.table.rows, (row) => gone[row] === 1);
  const both = after.table.columns.flatMap((column) => {
    const old = columnNamed(before.table.columns, column.name);
    return old === undefined ? [] : [{ old, column }];
  });
  const cells = both.flatMap(({ old, column }) => {
    if (same.has(column.name)) return [];
    const differs = differenceOf(old, column);
    const changes: CellChange[] = [];
    let changed = 0;
    for (let row = 0; row < partner.length; row++) {
      const was = partner[row]!;
      if (was < 0 || !differs(was, row)) continue;
      if (changed < mostShown) changes.push({ key: keyHex(after.keys, row), before: cellText(old, was), after: cellText(column, row) });
      changed++;
    }
    return changed === 0 ? [] : [{ column: column.name, changed, changes }];
  });
  return {
    schema: {
      added: after.table.columns.filter(({ name }) => columnNamed(before.table.columns, name) === undefined).map(schemaOf),
      removed: before.table.columns.filter(({ name }) => columnNamed(after.table.columns, name) === undefined).map(schemaOf),
      retyped: both.filter(({ old, column }) => old.type !== column.type).map(({ old, column }) => ({ name: column.name, from: old.type, to: column.type })),
    },
    rows: {
      before: before.table.rows,
      after: after.table.rows,
      added: added.count,
      removed: removed.count,
      addedKeys: added.first,
      removedKeys: removed.first,
    },
    cells,
  };
}
