/** @file Answers requests with one loaded model. The recipe is applied by the same code as in training; the forward pass is in float64. */

import type { Answer, Request, ServiceMeasurement, ServingApi } from './api';
import { measured } from './measuring';
import { breathe } from '../steps/breathe';
import { storedModel } from '../steps/stored';
import { artifactOf } from '../../src/storage/artifacts';
import { Database } from '../../src/storage/database';
import { groupOf, type TableArtifact } from '../../src/storage/tables';
import { cellText, numericValueOf } from '../../src/domain/data/cell';
import { instantIn } from '../../src/domain/data/import/instant';
import { applyRecipe, recipeInputs } from '../../src/domain/data/recipe/recipe';
import type { FittedRecipe } from '../../src/domain/data/recipe/recipeSpec';
import type { RecipeBody } from '../../src/domain/data/recipeManifest';
import { isNumericType, type Column, type ColumnType, type Table } from '../../src/domain/data/table';
import { rowsAt } from '../../src/domain/data/rowsAt';
import { forward } from '../../src/domain/modelling/forward';
import type { LearntModel } from '../../src/domain/modelling/forms/learntModel';
import type { ModelBody } from '../../src/domain/modelling/modelManifest';
import type { Task } from '../../src/domain/modelling/task';
import { decide } from '../../src/domain/modelling/threshold';
import type { Hash } from '../../src/domain/pipeline/digest';
import { asValue, Refusal } from '../../src/domain/refusal';

interface Loaded {
  readonly task: Task;
  readonly model: LearntModel;
  readonly fitted: FittedRecipe;
  readonly inputs: readonly { readonly column: string; readonly type: ColumnType }[];
  readonly threshold: number | null;
}

/** Rows of one throughput pass, at most. */
const batchRows = 10_000;

export class Serving implements ServingApi {
  #loaded: Loaded | undefined;

  ping(): Promise<true> {
    return Promise.resolve(true);
  }

  async load(name: string, model: Hash, recipe: Hash, threshold: number | null): Promise<void> {
    const database = new Database(name);
    try {
      const artifact = await artifactOf<ModelBody>(database, model);
      const { fitted } = (await artifactOf<RecipeBody>(database, recipe)).body;
      this.#loaded = { task: artifact.body.task, model: await storedModel(database, artifact), fitted, inputs: recipeInputs(fitted), threshold };
    } finally {
      await database.close();
    }
  }

  #demand(): Loaded {
    if (this.#loaded === undefined) throw new TypeError('no model is loaded');
    return this.#loaded;
  }

  answer(request: Request): Promise<Answer> {
    try {
      return Promise.resolve(this.#answer(tableOf(request, this.#demand().inputs)));
    } catch (error) {
      if (error instanceof Refusal) return Promise.resolve({ kind: 'refused', refusal: asValue(error) });
      throw error;
    }
  }

  #answer(table: Table): Answer {
    const { task, model, fitted, threshold } = this.#demand();
    const { x, rows } = applyRecipe(fitted, table);
    const classes = task.kind === 'classification' ? task.classes.length : 0;
    const answers = forward(model, classes, x, rows);
    if (task.kind === 'regression') return { kind: 'value', value: answers[0]! };
    const first = answers.subarray(0, classes);
    const [label] = decide(first, classes, task.positive, threshold);
    return { kind: 'classes', label: task.classes[label!]!, probabilities: [...first] };
  }

  async measure(name: string, id: Hash, requests: number): Promise<ServiceMeasurement> {
    const rows = await this.#rows(name, id, batchRows, true);
    const single = Array.from({ length: Math.min(rows.rows, 500) }, (_, row) => requestOf(rows, row));
    const { inputs, fitted, model, task } = this.#demand();
    const classes = task.kind === 'classification' ? task.classes.length : 0;
    return measured(
      {
        // Text in, answer out: what a caller waits for, but for the way to and from the worker.
        request: (i) => this.#answer(tableOf(single[i % single.length]!, inputs)),
        batch: (block) => forward(model, classes, applyRecipe(fitted, block).x, block.rows),
      },
      rows,
      requests,
      breathe,
    );
  }

  async examples(name: string, id: Hash, count: number): Promise<readonly Request[]> {
    const rows = await this.#rows(name, id, count);
    return Array.from({ length: rows.rows }, (_, row) => requestOf(rows, row));
  }

  /** The first rows of a table, with the columns that the model reads. @param repeat begin anew at the end, until there are `count` */
  async #rows(name: string, id: Hash, count: number, repeat = false): Promise<Table> {
    const database = new Database(name);
    try {
      const table = await artifactOf<TableArtifact['body']>(database, id);
      const wanted = this.#demand().inputs.map((input) => {
        const index = table.body.columns.findIndex((column) => column.name === input.column);
        if (index < 0) throw new Refusal('batchLacksColumn', { column: input.column });
        return index;
      });
      const group = await groupOf(database, table, 0, wanted);
      // After an append the first row group may be small; the later ones are of the same kind, so it is repeated.
      return rowsAt(group, Uint32Array.from({ length: repeat ? count : Math.min(count, group.rows) }, (_, row) => row % group.rows));
    } finally {
      await database.close();
    }
  }
}

/** The number that a request spells, NaN if none: as an edit reads it, and a date also in the forms that import reads whatever the order of day and month. */
function requestedNumber(text: string, type: ColumnType): number {
  const number = numericValueOf(text, type);
  return type === 'date' && Number.isNaN(number) ? instantIn(text, 'none') : number;
}

const requestOf = (table: Table, row: number): Request => table.columns.map((column) => ({ column: column.name, value: cellText(column, row) }));

/** A request as a table of one row. @throws Refusal valueDoesNotFit {column, value, type} */
export function tableOf(request: Request, inputs: Loaded['inputs']): Table {
  const columns = inputs.map(({ column, type }): Column => {
    const value = request.find((given) => given.column === column)?.value ?? null;
    if (!isNumericType(type)) return { name: column, type, values: value === null ? { kind: 'coded', codes: Int32Array.of(-1), dictionary: [] } : { kind: 'coded', codes: Int32Array.of(0), dictionary: [value] } };
    const number = value === null ? NaN : requestedNumber(value, type);
    if (value !== null && Number.isNaN(number)) throw new Refusal('valueDoesNotFit', { column, value, type });
    return { name: column, type, values: { kind: 'numeric', values: Float64Array.of(number) } };
  });
  return { rows: 1, columns };
}
