/** @file Which rows train, validate and test. A later version of the data is split by the cuts, and the settled rows, of the first. */

import type { PerformOp } from '../../steps/op';
import { bytesOf, columnOf, keysOf, PieceWriter, type TableArtifact } from '../../../src/storage/tables';
import type { Artifact } from '../../../src/domain/pipeline/artifact';
import { hashOfText } from '../../../src/domain/pipeline/digest';
import { compareKeys } from '../../../src/domain/data/keyHex';
import { keyOrder } from '../../../src/domain/data/keyOrder';
import { membership, partCounts, partNames, noPart } from '../../../src/domain/data/membership';
import { groupKeys } from '../../../src/domain/data/rowKey';
import { applySplit, splitOf } from '../../../src/domain/data/split';
import type { SplitBody, SplitParams } from '../../../src/domain/data/splitManifest';
import { strataOf } from '../../../src/domain/data/strata';
import { timeParts, timeSplit } from '../../../src/domain/data/timeSplit';
import type { Column } from '../../../src/domain/data/table';
import { taskOf } from '../../../src/domain/modelling/taskOf';
import { Refusal } from '../../../src/domain/refusal';
import type { Database } from '../../../src/storage/database';

/** The column of that name, whole. @throws Refusal unknownColumn */
export async function namedColumn(database: Database, table: TableArtifact, name: string): Promise<Column> {
  const index = table.body.columns.findIndex((column) => column.name === name);
  if (index < 0) throw new Refusal('unknownColumn', { column: name });
  return columnOf(database, table, index);
}

/**
 * The share of the base's rows whose key occurs among the rows in hand. Below a half it is another table and not a later version of the
 * same: the old cuts mean nothing for it, and it gets its own.
 */
export function sharedKeys(keys: Uint8Array, baseKeys: Uint8Array): number {
  const [order, baseOrder] = [keyOrder(keys), keyOrder(baseKeys)];
  let at = 0;
  let shared = 0;
  for (const row of baseOrder) {
    while (at < order.length && compareKeys(keys, order[at]!, baseKeys, row) < 0) at++;
    if (at < order.length && compareKeys(keys, order[at]!, baseKeys, row) === 0) shared++;
  }
  return baseOrder.length === 0 ? 0 : shared / baseOrder.length;
}

export const split: PerformOp = async (context) => {
  const { database } = context;
  const params = context.params as unknown as SplitParams;
  const table: TableArtifact = context.input('table');
  context.progress({ phase: 'splitting', done: 0, of: null, facts: {} });
  const target = await namedColumn(database, table, params.task.target);
  const task = taskOf(target, params.task.asked, params.task.positive);
  const keys = await keysOf(database, table);
  const base = context.has('base') ? context.input<SplitBody>('base') : undefined;
  const baseKeys = base?.body.cuts ? await keysOf(database, context.input('baseTable')) : undefined;
  const inherits = base !== undefined && (baseKeys === undefined || sharedKeys(keys, baseKeys) >= 0.5);
  const strata = strataOf(target, task.kind, inherits ? (base.body.edges ?? undefined) : undefined);
  const group = params.group === null ? undefined : await namedColumn(database, table, params.group);
  // Where the keys were made from this very column at import, an edit of the column moves nobody.
  const keyedByGroup = table.body.keyedBy.by === 'group' && table.body.keyedBy.column === params.group;
  const groups = group === undefined ? undefined : keyedByGroup ? keys : groupKeys({ rows: table.body.rows, columns: [group] }, 0, keys);

  let parts: Uint8Array;
  let rest: Pick<SplitBody, 'cuts' | 'timeCuts' | 'leftOut' | 'droppedGroups' | 'droppedRows'>;
  const none = { droppedGroups: 0, droppedRows: 0 };
  if (params.time !== null) {
    const times = await namedColumn(database, table, params.time);
    if (times.values.kind !== 'numeric') throw new Refusal('timeNotOrdered', { column: params.time, type: times.type });
    if (inherits && base.body.timeCuts) {
      parts = timeParts(times.values.values, base.body.timeCuts);
      for (let row = 0; row < parts.length; row++) if (strata.of[row]! < 0) parts[row] = noPart;
      rest = { cuts: null, timeCuts: base.body.timeCuts, leftOut: partCounts(parts).none, ...none };
    } else {
      const made = timeSplit(times.values.values, params.shares, { strata: strata.of, ...(groups ? { groups } : {}) });
      parts = made.parts;
      rest = { cuts: null, timeCuts: made.cuts, leftOut: made.leftOut, droppedGroups: made.droppedGroups, droppedRows: made.droppedRows };
    }
  } else if (inherits && base.body.cuts && baseKeys) {
    const baseTable: TableArtifact = context.input('baseTable');
    const settledKeys =
      params.group === null || keyedByGroup ? baseKeys : groupKeys({ rows: baseTable.body.rows, columns: [await namedColumn(database, baseTable, params.group)] }, 0, baseKeys);
    parts = applySplit(base.body.cuts, groups ?? keys, strata, { keys: settledKeys, parts: await bytesOf(database, base as Artifact<unknown>, base.body.parts) });
    rest = { cuts: base.body.cuts, timeCuts: null, leftOut: partCounts(parts).none, ...none };
  } else {
    const made = splitOf({ keys, strata, shares: params.shares, seed: params.seed, ...(groups ? { groups } : {}) });
    parts = made.parts;
    rest = { cuts: made.cuts, timeCuts: null, leftOut: made.leftOut, ...none };
  }
  const counts = partCounts(parts);
  // Under the cuts of an earlier version a part may get nothing: nothing can be learnt, or judged, without rows.
  for (const [part, name] of partNames.entries())
    if (params.shares[part]! > 0 && counts[name] === 0) throw new Refusal('partWithoutRows', { part: name, rows: counts.train + counts.validation + counts.test });
  const pieces = new PieceWriter(context.writer);
  const body: SplitBody = {
    task,
    counts,
    // A row in no part has no letter: the hash speaks of the rows that were dealt out.
    membership: await hashOfText(membership(parts).replaceAll('-', '')),
    edges: strata.edges,
    group: params.group,
    time: params.time,
    parts: await pieces.write(parts as Uint8Array<ArrayBuffer>),
    ...rest,
  };
  await pieces.flush();
  return { kind: 'made', output: { kind: 'split', schema: 1, body, chunks: pieces.chunks } };
};
