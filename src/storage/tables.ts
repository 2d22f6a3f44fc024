/** @file Tables on disk: row groups in, columns out. Used by workers only; the page knows a table by its manifest. */

import { chunksOf, type ChunkWriter } from './artifacts';
import type { Database } from './database';
import type { Artifact, ChunkRef, Manifest } from '../domain/pipeline/artifact';
import type { Json } from '../domain/canonical';
import { joinedBytes } from '../domain/joinedBytes';
import { columnChunk, columnValues } from '../domain/data/columnChunk';
import { cellsAt } from '../domain/data/rowsAt';
import { emptyColumn } from '../domain/data/tableOrigin';
import { isMissing, lengthOf, type Column, type ColumnSchema, type ColumnValues, type Table } from '../domain/data/table';
import { largestChunk, type Pieces, type TableBody } from '../domain/data/tableManifest';

export type TableArtifact = Artifact<TableBody>;

/** Writes bytes in pieces of at most 8 MiB and notes where they went. */
export class PieceWriter {
  readonly chunks: ChunkRef[] = [];
  readonly #writer: ChunkWriter;
  readonly #index = new Map<string, number>();

  constructor(writer: ChunkWriter) {
    this.#writer = writer;
  }

  async write(bytes: Uint8Array<ArrayBuffer>): Promise<Pieces> {
    return (await this.writeAll([bytes]))[0]!;
  }

  /** Several at once: hashed side by side, numbered in the order given. */
  async writeAll(all: readonly Uint8Array<ArrayBuffer>[]): Promise<Pieces[]> {
    const refs = await Promise.all(
      all.map((bytes) => {
        const pieces: Promise<ChunkRef>[] = [];
        for (let at = 0; at === 0 || at < bytes.length; at += largestChunk) pieces.push(this.#writer.write(bytes.length <= largestChunk ? bytes : bytes.slice(at, at + largestChunk)));
        return Promise.all(pieces);
      }),
    );
    return refs.map((pieces) => pieces.map((ref) => this.keep(ref)));
  }

  /** Names a chunk that is stored already. */
  keep(ref: ChunkRef): number {
    const known = this.#index.get(ref.hash);
    if (known !== undefined) return known;
    this.#index.set(ref.hash, this.chunks.length);
    return this.chunks.push(ref) - 1;
  }

  async flush(): Promise<void> {
    await this.#writer.flush();
  }
}

/** Collects the row groups of a table that is being made. */
export class TableWriter {
  readonly pieces: PieceWriter;
  #columns: { schema: ColumnSchema; missing: number; cells: Pieces[] }[] = [];
  readonly #groups: number[] = [];
  readonly #keys: Pieces[] = [];
  #flight: Promise<void> = Promise.resolve();

  constructor(writer: ChunkWriter) {
    this.pieces = new PieceWriter(writer);
  }

  /**
   * Adds a row group. Resolves when the group before it is hashed: this one is hashed and stored while the next is being read.
   * @param keys 16 bytes a row
   */
  async group(table: Table, keys: Uint8Array<ArrayBuffer>): Promise<void> {
    await this.#flight;
    if (this.#groups.length === 0) this.#columns = table.columns.map(({ name, type }) => ({ schema: { name, type }, missing: 0, cells: [] }));
    const chunks = table.columns.map((column, i) => {
      this.#columns[i]!.missing += missingIn(column.values);
      return columnChunk(column.values);
    });
    this.#groups.push(table.rows);
    this.#flight = this.pieces.writeAll([...chunks, keys]).then((pieces) => {
      this.#columns.forEach((column, i) => column.cells.push(pieces[i]!));
      this.#keys.push(pieces.at(-1)!);
    });
    // Met at the next group or at the end.
    this.#flight.catch(() => undefined);
  }

  /** Takes over the row groups of a table as they are stored, before any other: nothing is read, hashed or written again. */
  kept(table: TableArtifact): void {
    const keep = (pieces: Pieces): Pieces => pieces.map((piece) => this.pieces.keep(table.chunks[piece]!));
    this.#columns = table.body.columns.map(({ name, type, missing }) => ({ schema: { name, type }, missing, cells: [] }));
    for (const [group, rows] of table.body.groups.entries()) {
      this.#groups.push(rows);
      this.#columns.forEach((column, i) => column.cells.push(keep(table.body.cells[i]![group]!)));
      this.#keys.push(keep(table.body.keys[group]!));
    }
  }

  /** Resolves when every group is numbered: await it before other pieces are written, so that numbers do not depend on timing. */
  settle(): Promise<void> {
    return this.#flight;
  }

  /** The manifest of all that was added. Everything is on disk when it resolves. */
  async finish(rest: Pick<TableBody, 'keyedBy' | 'origin' | 'quarantine' | 'renamed'>, columns: readonly ColumnSchema[]): Promise<Manifest<TableBody>> {
    await this.#flight;
    await this.pieces.flush();
    return {
      kind: 'table',
      schema: 1,
      body: {
        rows: this.#groups.reduce((sum, rows) => sum + rows, 0),
        columns: columns.map((column, i) => ({ name: column.name, type: column.type, missing: this.#columns[i]?.missing ?? 0 })),
        groups: this.#groups,
        cells: columns.map((_, i) => this.#columns[i]?.cells ?? []),
        keys: this.#keys,
        ...rest,
      },
      chunks: this.pieces.chunks,
    };
  }
}

export function missingIn(values: ColumnValues): number {
  let count = 0;
  for (let row = 0, rows = lengthOf(values); row < rows; row++) if (isMissing(values, row)) count++;
  return count;
}

/** The bytes of several pieces joined. */
export async function bytesOf(database: Database, artifact: Artifact<unknown>, pieces: Pieces): Promise<Uint8Array<ArrayBuffer>> {
  const parts = await chunksOf(
    database,
    pieces.map((piece) => artifact.chunks[piece]!.hash),
  );
  return parts.length === 1 ? parts[0]! : joinedBytes(parts);
}

export const jsonOf = async (database: Database, artifact: Artifact<unknown>, pieces: Pieces): Promise<Json> =>
  pieces.length === 0 ? null : (JSON.parse(new TextDecoder().decode(await bytesOf(database, artifact, pieces))) as Json);

/** One row group of the columns asked for (all of them when absent). */
export async function groupOf(database: Database, table: TableArtifact, group: number, columns?: readonly number[]): Promise<Table> {
  const wanted = columns ?? table.body.columns.map((_, i) => i);
  const read = await Promise.all(
    wanted.map(async (index): Promise<Column> => {
      const { name, type } = table.body.columns[index]!;
      return { name, type, values: columnValues(await bytesOf(database, table, table.body.cells[index]![group]!)) };
    }),
  );
  return { rows: table.body.groups[group]!, columns: read };
}

/** A column of all row groups, in one piece. */
export async function columnOf(database: Database, table: TableArtifact, index: number): Promise<Column> {
  const { name, type } = table.body.columns[index]!;
  const parts: ColumnValues[] = [];
  for (const pieces of table.body.cells[index]!) parts.push(columnValues(await bytesOf(database, table, pieces)));
  return { name, type, values: joined(parts, table.body.rows) };
}

/** Whole columns, by name or all. @returns a table in memory: for workers that train or profile. */
export async function wholeTable(database: Database, table: TableArtifact, names?: readonly string[]): Promise<Table> {
  const columns: Column[] = [];
  for (const [index, column] of table.body.columns.entries()) {
    if (names === undefined || names.includes(column.name)) columns.push(await columnOf(database, table, index));
  }
  return { rows: table.body.rows, columns };
}

/**
 * Some rows of some columns, in order of the columns in the table. Row groups without one of the rows are not read, and no column is ever whole
 * in memory beside the rows.
 * @param positions ascending
 */
export async function rowsOf(database: Database, table: TableArtifact, names: readonly string[], positions: Uint32Array): Promise<Table> {
  const columns: Column[] = [];
  for (const [index, { name, type }] of table.body.columns.entries()) {
    if (!names.includes(name)) continue;
    const parts: ColumnValues[] = [];
    let at = 0;
    let first = 0;
    for (const [group, rows] of table.body.groups.entries()) {
      const from = at;
      while (at < positions.length && positions[at]! < first + rows) at++;
      if (at > from) {
        const values = columnValues(await bytesOf(database, table, table.body.cells[index]![group]!));
        parts.push(cellsAt({ name, type, values }, positions.subarray(from, at).map((row) => row - first)).values);
      }
      first += rows;
    }
    columns.push(parts.length === 0 ? emptyColumn({ name, type }, 0) : { name, type, values: joined(parts, positions.length) });
  }
  return { rows: positions.length, columns };
}

/** The row keys of all row groups: 16 bytes a row. */
export async function keysOf(database: Database, table: TableArtifact): Promise<Uint8Array<ArrayBuffer>> {
  const keys = new Uint8Array(16 * table.body.rows);
  let at = 0;
  for (const pieces of table.body.keys) {
    const part = await bytesOf(database, table, pieces);
    keys.set(part, at);
    at += part.length;
  }
  return keys;
}

/** Joins the parts of a column; dictionaries are merged in order of first appearance. */
export function joined(parts: readonly ColumnValues[], rows: number): ColumnValues {
  const [first] = parts;
  if (first === undefined) return { kind: 'numeric', values: new Float64Array(0) };
  if (parts.length === 1) return first;
  let at = 0;
  if (first.kind === 'numeric') {
    const values = new Float64Array(rows);
    for (const part of parts) {
      if (part.kind !== 'numeric') throw new TypeError('a column changed its kind between row groups');
      values.set(part.values, at);
      at += part.values.length;
    }
    return { kind: 'numeric', values };
  }
  const codes = new Int32Array(rows);
  const dictionary: string[] = [];
  const known = new Map<string, number>();
  for (const part of parts) {
    if (part.kind !== 'coded') throw new TypeError('a column changed its kind between row groups');
    const map = part.dictionary.map((text) => {
      let code = known.get(text);
      if (code === undefined) known.set(text, (code = dictionary.push(text) - 1));
      return code;
    });
    for (let i = 0; i < part.codes.length; i++) codes[at + i] = part.codes[i]! < 0 ? -1 : map[part.codes[i]!]!;
    at += part.codes.length;
  }
  return { kind: 'coded', codes, dictionary };
}
