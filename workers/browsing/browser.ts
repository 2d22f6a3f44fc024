/** @file Gives a grid the few rows that are on screen. Row groups read lately are kept, so that scrolling does not read them again. */

import type { BrowsingApi, GridRow, PredictedRow, PredictionSummary, RowChoice } from './api';
import { storedScores } from '../steps/stored';
import { csvCell, csvLine } from '../../src/domain/data/csvText';
import { cellText } from '../../src/domain/data/cell';
import { keyBytes, keyHex } from '../../src/domain/data/keyHex';
import type { SplitBody } from '../../src/domain/data/splitManifest';
import type { Table } from '../../src/domain/data/table';
import type { TableBody } from '../../src/domain/data/tableManifest';
import type { Json } from '../../src/domain/canonical';
import { classCounts, valueSummary } from '../../src/domain/modelling/predictionSummary';
import type { ScoresBody } from '../../src/domain/modelling/scoresManifest';
import type { Task } from '../../src/domain/modelling/task';
import { decide } from '../../src/domain/modelling/threshold';
import type { Hash } from '../../src/domain/pipeline/digest';
import { sliceMask } from '../../src/domain/scoping/slice';
import { artifactOf } from '../../src/storage/artifacts';
import { Database } from '../../src/storage/database';
import { bytesOf, groupOf, jsonOf, keysOf, wholeTable, type TableArtifact } from '../../src/storage/tables';

interface Group {
  readonly table: Table;
  readonly keys: Uint8Array;
}

/** Row groups kept in memory. */
const mostGroups = 4;

/** Lines of a file handed over at a time. */
const linesAtOnce = 8_192;

export class Browser implements BrowsingApi {
  #database: Database | undefined;
  readonly #tables = new Map<Hash, TableArtifact>();
  readonly #groups = new Map<string, Promise<Group>>();
  readonly #choices = new Map<string, Promise<Uint32Array | null>>();

  ping(): Promise<true> {
    return Promise.resolve(true);
  }

  #open(name: string): Database {
    if (this.#database?.name !== name) {
      void this.#database?.close();
      this.#database = new Database(name);
    }
    return this.#database!;
  }

  async #table(name: string, id: Hash): Promise<TableArtifact> {
    let table = this.#tables.get(id);
    if (table === undefined) this.#tables.set(id, (table = await artifactOf<TableArtifact['body']>(this.#open(name), id)));
    return table;
  }

  #group(name: string, table: TableArtifact, index: number): Promise<Group> {
    const key = `${table.id} ${index}`;
    let group = this.#groups.get(key);
    if (group === undefined) {
      const database = this.#open(name);
      group = Promise.all([groupOf(database, table, index), bytesOf(database, table, table.body.keys[index]!)]).then(([read, keys]) => ({ table: read, keys }));
      group.catch(() => this.#groups.delete(key));
    }
    // Re-inserting makes it the latest; the oldest goes.
    this.#groups.delete(key);
    this.#groups.set(key, group);
    for (const old of this.#groups.keys()) {
      if (this.#groups.size <= mostGroups) break;
      this.#groups.delete(old);
    }
    return group;
  }

  /** Positions of the rows chosen; null for all of them. */
  #positions(name: string, table: TableArtifact, choice: RowChoice): Promise<Uint32Array | null> {
    if (choice.kind === 'all') return Promise.resolve(null);
    if (choice.kind === 'rows') return Promise.resolve(Uint32Array.from(choice.rows));
    const key = `${table.id} ${JSON.stringify(choice.conditions)}`;
    let found = this.#choices.get(key);
    if (found === undefined) {
      found = wholeTable(
        this.#open(name),
        table,
        choice.conditions.map((condition) => condition.column),
      ).then((columns) => {
        const mask = sliceMask(choice.conditions, columns);
        return Uint32Array.from(mask.keys()).filter((row) => mask[row] === 1);
      });
      found.catch(() => this.#choices.delete(key));
      this.#choices.clear();
      this.#choices.set(key, found);
    }
    return found;
  }

  async count(name: string, id: Hash, choice: RowChoice): Promise<number> {
    const table = await this.#table(name, id);
    return (await this.#positions(name, table, choice))?.length ?? table.body.rows;
  }

  async rows(name: string, id: Hash, choice: RowChoice, start: number, count: number): Promise<readonly GridRow[]> {
    const table = await this.#table(name, id);
    const positions = await this.#positions(name, table, choice);
    const end = Math.min(start + count, positions?.length ?? table.body.rows);
    const rows: GridRow[] = [];
    let index = 0;
    let first = 0;
    for (let at = start; at < end; at++) {
      const row = positions === null ? at : positions[at]!;
      if (row < first) [index, first] = [0, 0];
      while (row >= first + table.body.groups[index]!) first += table.body.groups[index++]!;
      const group = await this.#group(name, table, index);
      rows.push({ row, key: keyHex(group.keys, row - first), cells: group.table.columns.map((column) => cellText(column, row - first)) });
    }
    return rows;
  }

  async keysOf(name: string, id: Hash, choice: RowChoice): Promise<readonly string[]> {
    const table = await this.#table(name, id);
    const positions = await this.#positions(name, table, choice);
    const keys = await keysOf(this.#open(name), table);
    return Array.from({ length: positions?.length ?? table.body.rows }, (_, at) => keyHex(keys, positions === null ? at : positions[at]!));
  }

  async keysIn(name: string, id: Hash, wanted: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const database = this.#open(name);
    const artifact = await artifactOf<TableBody | SplitBody>(database, id);
    const keys = artifact.kind === 'table' ? await keysOf(database, artifact as TableArtifact) : await bytesOf(database, artifact, (artifact.body as SplitBody).settled ?? []);
    const asked = new Set(wanted);
    const found = new Map<string, number>();
    for (let row = 0; row < keys.length / keyBytes; row++) {
      const key = keyHex(keys, row);
      if (asked.has(key)) found.set(key, (found.get(key) ?? 0) + 1);
    }
    return found;
  }

  async quarantine(name: string, id: Hash): Promise<Json> {
    const table = await this.#table(name, id);
    return (await jsonOf(this.#open(name), table, table.body.quarantine.pieces)) ?? [];
  }

  async csv(name: string, id: Hash, piece: (text: string) => void | Promise<void>): Promise<void> {
    const table = await this.#table(name, id);
    // Pieces travel on a channel of their own: without waiting, the end could overtake them.
    await piece(csvLine(['row_key', ...table.body.columns.map((column) => column.name)].map((text) => csvCell(text, 'text'))));
    for (let index = 0; index < table.body.groups.length; index++) {
      const { table: group, keys } = await this.#group(name, table, index);
      const lines: string[] = [];
      for (let row = 0; row < group.rows; row++) {
        lines.push(csvLine([keyHex(keys, row), ...group.columns.map((column) => csvCell(cellText(column, row), column.values.kind === 'coded' ? 'text' : 'number'))]));
        if (lines.length === linesAtOnce) await piece(lines.splice(0).join(''));
      }
      await piece(lines.join(''));
    }
  }

  async predictions(name: string, id: Hash, scoresId: Hash, threshold: number, piece: (text: string) => void | Promise<void>): Promise<void> {
    const { task, positions, answers, decided } = await this.#predictions(name, scoresId, threshold);
    const keys = await keysOf(this.#open(name), await this.#table(name, id));
    const classes = task.kind === 'classification' ? task.classes : [];
    const width = classes.length;
    const lines = [csvLine(['row_key', csvCell(`predicted ${task.target}`, 'text'), ...classes.map((label) => csvCell(`probability of ${label}`, 'text'))])];
    for (let i = 0; i < positions.length; i++) {
      const cells = [keyHex(keys, positions[i]!), decided === null ? String(answers[i]) : csvCell(classes[decided[i]!]!, 'text')];
      for (let k = 0; k < width; k++) cells.push(String(answers[i * width + k]));
      lines.push(csvLine(cells));
      // As for a table: without waiting, the end could overtake the pieces.
      if (lines.length === linesAtOnce) await piece(lines.splice(0).join(''));
    }
    await piece(lines.join(''));
  }

  async predictionSummary(name: string, id: Hash, scoresId: Hash, threshold: number, shown: number): Promise<PredictionSummary> {
    const { task, positions, answers, decided } = await this.#predictions(name, scoresId, threshold);
    const grid = await this.rows(name, id, { kind: 'rows', rows: [...positions.subarray(0, shown)] }, 0, shown);
    const first = grid.map(({ row, cells }, i): PredictedRow => {
      if (task.kind === 'regression' || decided === null) return { row, cells, predicted: answers[i]!, probability: null };
      const label = decided[i]!;
      return { row, cells, predicted: task.classes[label]!, probability: answers[i * task.classes.length + (task.positive ?? label)]! };
    });
    return {
      task,
      rows: positions.length,
      counts: task.kind === 'regression' || decided === null ? [] : classCounts(decided, task.classes.length),
      summary: task.kind === 'regression' ? valueSummary(answers) : null,
      first,
    };
  }

  /** Scored rows: their positions in the table, the answers, and the class decided for each; null for values. */
  async #predictions(name: string, id: Hash, threshold: number): Promise<{ task: Task; positions: Uint32Array; answers: Float64Array; decided: Int32Array | null }> {
    const database = this.#open(name);
    const scores = await artifactOf<ScoresBody>(database, id);
    const { task } = scores.body;
    const { positions, answers } = await storedScores(database, scores);
    const decided = task.kind === 'regression' ? null : decide(answers, task.classes.length, task.positive, threshold);
    return { task, positions, answers, decided };
  }
}
