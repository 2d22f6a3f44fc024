/** @file Which rows train, validate and test. A later version of the data is split by the cuts, and the settled rows, of the first. */

import { groupKeysOf } from '../../steps/groupKeys';
import type { PerformOp } from '../../steps/op';
import { bytesOf, columnOf, keysOf, PieceWriter, type TableArtifact } from '../../../src/storage/tables';
import type { Artifact } from '../../../src/domain/pipeline/artifact';
import { hashOfText } from '../../../src/domain/pipeline/digest';
import { membership, partCounts, partNames } from '../../../src/domain/data/membership';
import { applySplit, splitOf } from '../../../src/domain/data/split';
import type { SplitBody, SplitParams } from '../../../src/domain/data/splitManifest';
import { strataOf } from '../../../src/domain/data/strata';
import { laterTimeParts, timeSplit } from '../../../src/domain/data/timeSplit';
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

export const split: PerformOp = async (context) => {
  const { database } = context;
  const params = context.params as unknown as SplitParams;
  const table: TableArtifact = context.input('table');
  context.progress({ phase: 'splitting', done: 0, of: null, facts: {} });
  const target = await namedColumn(database, table, params.task.target);
  const task = taskOf(target, params.task.asked, params.task.positive);
  const keys = await keysOf(database, table);
  const base = context.has('base') ? context.input<SplitBody>('base') : undefined;
  const strata = strataOf(target, task.kind, base?.body.edges ?? undefined);
  const groups = params.group === null ? undefined : await groupKeysOf(database, table, params.group, keys);
  if (params.group !== null && groups === undefined) throw new Refusal('unknownColumn', { column: params.group });
  const dealt = groups ?? keys;
  const settled = base && {
    keys: await bytesOf(database, base as Artifact<unknown>, base.body.settled),
    parts: await bytesOf(database, base as Artifact<unknown>, base.body.parts),
  };

  let parts: Uint8Array;
  let rest: Pick<SplitBody, 'cuts' | 'timeCuts' | 'leftOut' | 'droppedGroups' | 'droppedRows'>;
  const none = { droppedGroups: 0, droppedRows: 0 };
  if (params.time !== null) {
    const times = await namedColumn(database, table, params.time);
    if (times.values.kind !== 'numeric') throw new Refusal('timeNotOrdered', { column: params.time, type: times.type });
    if (base?.body.timeCuts && settled) {
      const { parts: later, ...dropped } = laterTimeParts(times.values.values, base.body.timeCuts, dealt, strata.of, settled, groups !== undefined);
      parts = later;
      rest = { cuts: null, timeCuts: base.body.timeCuts, leftOut: partCounts(parts).none - dropped.droppedRows, ...dropped };
    } else {
      const made = timeSplit(times.values.values, params.shares, { strata: strata.of, ...(groups ? { groups } : {}) });
      parts = made.parts;
      rest = { cuts: null, timeCuts: made.cuts, leftOut: made.leftOut, droppedGroups: made.droppedGroups, droppedRows: made.droppedRows };
    }
  } else if (base?.body.cuts && settled) {
    parts = applySplit(base.body.cuts, dealt, strata, settled);
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
    // Row keys are stored already, with the table: they are named, not stored again.
    settled: dealt === keys ? table.body.keys.flat().map((piece) => pieces.keep(table.chunks[piece]!)) : await pieces.write(dealt as Uint8Array<ArrayBuffer>),
    ...rest,
  };
  await pieces.flush();
  return { kind: 'made', output: { kind: 'split', schema: 1, body, chunks: pieces.chunks } };
};
