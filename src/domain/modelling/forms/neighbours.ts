/** @file The form of k nearest neighbours: the training rows themselves, and how their answers are put together. */

import type { Json } from '../../canonical';
import { nearestRows, noNearest, type Nearest } from '../nearest';
import type { ModelBase, ModelForm } from './form';

export type NeighbourWeights = 'uniform' | 'distance';

export interface NeighboursModel extends ModelBase {
  readonly form: 'neighbours';
  /** How many neighbours answer; never more than there are rows. */
  readonly k: number;
  /** `uniform`: all alike. `distance`: each by 1 / its distance; where any is at distance 0, those alone. */
  readonly weights: NeighbourWeights;
  readonly features: number;
  /** n × features, row-major: rows of the training data, as their recipe made them. */
  readonly rows: Float32Array;
  /** Class index or value, one a row. */
  readonly answers: Float64Array;
  /** One a row, above 0; a neighbour's say is multiplied by it. Absent: 1 each. */
  readonly rowWeights?: Float64Array;
}

interface Structure {
  readonly k: number;
  readonly weights: NeighbourWeights;
  readonly features: number;
  readonly rows: number;
  readonly weighted: boolean;
}

export const neighboursForm: ModelForm<NeighboursModel> = {
  name: 'neighbours',
  containsRows: true,
  taken({ k, weights, features, rows, answers, rowWeights }) {
    const structure: Structure = { k, weights, features, rows: answers.length, weighted: rowWeights !== undefined };
    return { structure: structure as unknown as Json, arrays: [rows, answers, ...(rowWeights ? [rowWeights] : [])] };
  },
  made(structure, arrays, facts) {
    const { k, weights, features, rows: count, weighted } = structure as unknown as Structure;
    const [rows, answers, rowWeights] = arrays;
    if (!(rows instanceof Float32Array) || rows.length !== count * features) throw new RangeError(`${count} rows of ${features} features came with ${rows?.length ?? 0} numbers`);
    if (!(answers instanceof Float64Array) || answers.length !== count) throw new RangeError(`${count} rows came with ${answers?.length ?? 0} answers`);
    if (arrays.length !== (weighted ? 3 : 2)) throw new RangeError(`a model of ${weighted ? 3 : 2} arrays came with ${arrays.length}`);
    if (!(k >= 1 && k <= count)) throw new RangeError(`there are no ${k} neighbours among ${count} rows`);
    const model: NeighboursModel = { form: 'neighbours', k, weights, features, rows, answers, facts };
    if (!weighted) return model;
    if (!(rowWeights instanceof Float64Array) || rowWeights.length !== count) throw new RangeError(`${count} rows came with ${rowWeights?.length ?? 0} weights`);
    return { ...model, rowWeights };
  },
  forward(model, classes, x, rows) {
    const { features, k } = model;
    if (x.length !== rows * features) throw new RangeError(`${rows} rows of ${features} features are ${rows * features} numbers, not ${x.length}`);
    const width = Math.max(classes, 1);
    const answer = new Float64Array(rows * width);
    const nearest = noNearest(1, k);
    for (let i = 0; i < rows; i++) {
      nearestRows(model.rows, features, x, i * features, k, nearest, 0);
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

/** Writes what the neighbours of query `at` say together: their weighted shares of the classes, or their weighted mean. */
export function writeVote({ k, weights, answers, rowWeights }: NeighboursModel, classes: number, { indices, squares }: Nearest, at: number, answer: Float64Array, to: number): void {
  const from = at * k;
  // The nearest comes first: if that one is not at distance 0, none is.
  const onlyEqual = weights === 'distance' && squares[from] === 0;
  let total = 0;
  let sum = 0;
  if (classes > 0) answer.fill(0, to, to + classes);
  for (let j = from; j < from + k; j++) {
    if (onlyEqual && squares[j]! > 0) break;
    const row = indices[j]!;
    const say = (weights === 'distance' && !onlyEqual ? 1 / Math.sqrt(squares[j]!) : 1) * (rowWeights?.[row] ?? 1);
    total += say;
    if (classes > 0) answer[to + answers[row]!]! += say;
    else sum += say * answers[row]!;
  }
  if (classes > 0) for (let c = 0; c < classes; c++) answer[to + c]! /= total;
  else answer[to] = sum / total;
}
