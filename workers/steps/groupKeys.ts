/** @file The keys by which a table's rows belong together, where a task has a group column. */

import type { Database } from '../../src/storage/database';
import { columnOf, keysOf, type TableArtifact } from '../../src/storage/tables';
import { groupKeys } from '../../src/domain/data/rowKey';
import { nameNow } from '../../src/domain/data/tableOrigin';

/**
 * 16 bytes a row, equal where the group is the same; undefined where the table lacks the column. Where the row keys were made from this very
 * column at import they are the group keys, so that an edit of the column moves nobody.
 * @param group the column, as it is called now
 */
export async function groupKeysOf(database: Database, table: TableArtifact, group: string, keys?: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const { keyedBy, origin, columns, rows } = table.body;
  const own = (): Promise<Uint8Array<ArrayBuffer>> => (keys === undefined ? keysOf(database, table) : Promise.resolve(keys));
  if (keyedBy.by === 'group' && nameNow(origin, keyedBy.column) === group) return own();
  const index = columns.findIndex((column) => column.name === group);
  if (index < 0) return undefined;
  return groupKeys({ rows, columns: [await columnOf(database, table, index)] }, 0, await own()) as Uint8Array<ArrayBuffer>;
}
