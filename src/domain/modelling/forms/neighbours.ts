/** @file The form of k nearest neighbours: the training rows themselves, and how their answers are put together. */

import type { Json } from '../../canonical';
import { nearestRows, noNearest, type Nearest } from '../nearest';
import type { ModelBase, ModelForm } from './form';

export type NeighbourWeights = 'uniform' | 'distance';

export interface NeighboursModel extends ModelBase {
  readonly form: 'neighbours';
  /** How many neighbours answer. A row of weight w counts as w of them; the last one with what is left. With less than k, all rows answer. */
  readonly k: number;
  /** How many of the nearest rows that can be at most; k or the number of rows where all weigh 1. */
  readonly reach: number;
  /** `uniform`: all alike. `distance`: each by 1 / its distance; where any is at distance 0, those alone. */
  readonly weights: NeighbourWeights;
  readonly features: number;
  /** n × features, row-major: rows of the training data, as their recipe made them. */
  readonly rows: Float32Array;
  /** Class index or value, one a row. */
  readonly answers: Float64Array;
  /** One a row, above 0. Absent: 1 each. */
  readonly rowWeights?: Float64Array;
}

interface Structure {
  readonly k: number;
  readonly reach: number;
  readonly weights: NeighbourWeights;
  readonly features: number;
  readonly rows: number;
  readonly weighted: boolean;
}

export const neighboursForm: ModelForm<NeighboursModel> = {
  name: 'neighbours',
  containsRows: true,
  taken({ k, reach, weights, features, rows, answers, rowWeights }) {
    const structure: Structure = { k, reach, weights, features, rows: answers.length, weighted: rowWeights !== undefined };
    return { structure: structure as unknown as Json, arrays: [rows, answers, ...(rowWeights ? [rowWeights] : [])] };
  },
  made(structure, arrays, facts) {
    const { k, reach, weights, features, rows: count, weighted } = structure as unknown as Structure;
    const [rows, answers, rowWeights] = arrays;
    if (!(rows instanceof Float32Array) || rows.length !== count * features) throw new RangeError(`${count} rows of ${features} features came with ${rows?.length ?? 0} numbers`);
    if (!(answers instanceof Float64Array) || answers.length !== count) throw new RangeError(`${count} rows came with ${answers?.length ?? 0} answers`);
    if (arrays.length !== (weighted ? 3 : 2)) throw new RangeError(`a model of ${weighted ? 3 : 2} arrays came with ${arrays.length}`);
    if (!(reach >= 1 && reach <= count)) throw new RangeError(`there are no ${reach} neighbours among ${count} rows`);
    const model: NeighboursModel = { form: 'neighbours', k, reach, weights, features, rows, answers, facts };
    if (!weighted) return model;
    if (!(rowWeights instanceof Float64Array) || rowWeights.length !== count) throw new RangeError(`${count} rows came with ${rowWeights?.length ?? 0} weights`);
    return { ...model, rowWeights };
  },
  forward(model, classes, x, rows) {
    const { features, reach } = model;
    if (x.length !== rows * features) throw new RangeError(`${rows} rows of ${features} features are ${rows * features} numbers, not ${x.length}`);
    const width = Math.max(classes, 1);
    const answer = new Float64Array(rows * width);
    const nearest = noNearest(1, reach);
    for (let i = 0; i < rows; i++) {
      nearestRows(model.rows, features, x, i * features, reach, nearest, 0);
      writeVote(model, classes, nearest, 0, answer, i * width);
    }
    return answer;
  },
  parameters(structure) {
    const { rows, features, weighted } = structure as unknown as Structure;
    return rows * (features + 1 + (weighted ? 1 : 0));
  },
  tensors: ({ features, rows, answers, rowWeights }) => [
    { name: 'rows', shape: [answers.length, features], data: rows },
    { name: 'answers', shape: [answers.length], data: answers },
    ...(rowWeights ? [{ name: 'row_weights', shape: [answers.length], data: rowWeights }] : []),
  ],
};

/**
 * How many of the nearest rows the first k can be at most: that many of the lightest weigh k together.
 * @param rowWeights above 0; absent: 1 each
 */
export function reachOf(k: number, rows: number, rowWeights: Float64Array | undefined): number {
  if (rowWeights === undefined) return Math.min(k, rows);
  let reach = 0;
  let left = k;
  for (const weight of rowWeights.slice().sort()) {
    if (left <= 0) break;
    left -= weight;
    reach++;
  }
  // One more than by this order of adding: by another, k may be missed by a rounding.
  return Math.min(reach + 1, rows);
}

/** Writes what the neighbours of query `at` say together: their weighted shares of the classes, or their weighted mean. */
export function writeVote({ k, reach, weights, answers, rowWeights }: NeighboursModel, classes: number, { indices, squares }: Nearest, at: number, answer: Float64Array, to: number): void {
  const from = at * reach;
  // The nearest comes first: if that one is not at distance 0, none is.
  const onlyEqual = weights === 'distance' && squares[from] === 0;
  let left = k;
  let total = 0;
  let sum = 0;
  if (classes > 0) answer.fill(0, to, to + classes);
  for (let j = from; j < from + reach && left > 0; j++) {
    if (onlyEqual && squares[j]! > 0) break;
    const row = indices[j]!;
    const counted = Math.min(rowWeights?.[row] ?? 1, left);
    left -= counted;
    const say = weights === 'distance' && !onlyEqual ? counted / Math.sqrt(squares[j]!) : counted;
    total += say;
    if (classes > 0) answer[to + answers[row]!]! += say;
    else sum += say * answers[row]!;
  }
  if (classes > 0) for (let c = 0; c < classes; c++) answer[to + c]! /= total;
  else answer[to] = sum / total;
}
