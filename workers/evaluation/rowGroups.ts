/** @file Which of the scored rows belong together. */

import { groupKeysOf } from '../steps/groupKeys';
import type { Database } from '../../src/storage/database';
import { keysOf, type TableArtifact } from '../../src/storage/tables';
import { takenKeys } from '../../src/domain/data/keyHex';
import { groupsByKey, type RowGroups } from '../../src/domain/modelling/rowGroups';
import type { ScoresBody } from '../../src/domain/modelling/scoresManifest';

/** The groups of the rows at these positions; undefined where the task has none, or the table lacks the column. */
export async function rowGroupsOf(database: Database, { group }: ScoresBody, table: TableArtifact, positions: Uint32Array): Promise<RowGroups | undefined> {
  // Scores made before they named the group: the rows may be keyed by it since the import.
  const keys = group === undefined ? await keysByGroup(database, table) : group === null ? undefined : await groupKeysOf(database, table, group);
  return keys && groupsByKey(takenKeys(keys, positions));
}

const keysByGroup = async (database: Database, table: TableArtifact): Promise<Uint8Array | undefined> => (table.body.keyedBy.by === 'group' ? keysOf(database, table) : undefined);
