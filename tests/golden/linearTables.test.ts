import { readFileSync } from 'node:fs';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { completePlan } from '../../src/domain/modelling/plan';
import { linear } from '../../workers/training/learners/linear';

interface Column {
  name: string;
  /** Number of categories; 0 for a number. */
  categories: number;
  /** Codes or numbers; empty where the table is a sample of the app, and is read from there. */
  values: number[];
}

interface Table {
  kind: 'classification' | 'regression';
  classes: number;
  rows: number;
  features: number;
  columns: Column[];
  y: number[];
  file?: string;
  target?: string;
  leftOut?: string[];
  /** Of each penalty: mean and standard deviation over the repeats; log-loss and accuracy, or squared error (in the variance) and R². */
  scores: { penalty: string; strength: number; mean: [number, number]; sd: [number, number] }[];
}

interface Golden {
  versions: Record<string, string>;
  seed: number;
  repeats: number;
  folds: number;
  tables: Record<string, Table>;
}

const golden = JSON.parse(readFileSync(new URL('./linearTables.json', import.meta.url), 'utf8')) as Golden;
const hooks = { onEpoch: () => undefined, stopped: () => false, breathe: async () => undefined, checkpointDue: () => false, checkpoint: async () => undefined };
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** As the Python beside this file prepares them: rows with gaps left out, numbers about their mean in deviations, categories one-hot. */
function filled(table: Table): { x: Float32Array; y: number[] } {
  let { columns, y } = table;
  if (table.file) {
    const text = readFileSync(new URL(`../../public/samples/${table.file}`, import.meta.url), 'utf8');
    const rows = Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true }).data.filter((row) =>
      [...columns.map(({ name }) => name), table.target!].every((name) => row[name]!.trim() !== '' && row[name] !== 'NA'),
    );
    const coded = (name: string): number[] => {
      const words = [...new Set(rows.map((row) => row[name]!))].sort();
      return rows.map((row) => words.indexOf(row[name]!));
    };
    columns = columns.map((column) => ({ ...column, values: column.categories > 0 ? coded(column.name) : rows.map((row) => Number(row[column.name])) }));
    y = table.kind === 'classification' ? coded(table.target!) : rows.map((row) => Number(row[table.target!]));
  }
  const rows: number[][] = y.map(() => []);
  for (const { categories, values } of columns) {
    const centre = mean(values);
    const deviation = Math.sqrt(mean(values.map((value) => (value - centre) ** 2)));
    values.forEach((value, i) => {
      if (categories === 0) rows[i]!.push((value - centre) / deviation);
      else for (let code = 0; code < categories; code++) rows[i]!.push(value === code ? 1 : 0);
    });
  }
  return { x: Float32Array.from(rows.flat()), y };
}

/** murmur3's finaliser. */
function mixed(n: number): number {
  let h = n | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** The rows in the order of their hash, dealt out in turn. */
function foldsOf(rows: number, repeat: number): number[] {
  const hashes = Array.from({ length: rows }, (_, i) => mixed(i + 1_000_003 * (golden.seed + repeat)));
  const fold: number[] = [];
  [...hashes.keys()].sort((a, b) => hashes[a]! - hashes[b]! || a - b).forEach((i, n) => (fold[i] = n % golden.folds));
  return fold;
}

describe(`on real tables the linear learner scores as scikit-learn ${golden.versions['scikit-learn']} does, on the same folds`, () => {
  for (const [name, table] of Object.entries(golden.tables)) {
    for (const wanted of table.scores) {
      it(`${name}, ${wanted.penalty}`, async () => {
        const { kind, classes, features } = table;
        const { x, y } = filled(table);
        expect([y.length, x.length]).toEqual([table.rows, table.rows * features]);
        const plan = completePlan('linear', { penalty: wanted.penalty, [wanted.penalty]: wanted.strength, tolerance: 1e-7 }, 1, 'native', linear.hyperparameters);
        const variance = mean(y.map((value) => (value - mean(y)) ** 2));
        const taken = (rows: readonly number[]) => ({
          rows: rows.length,
          features,
          x: Float32Array.from(rows.flatMap((i) => Array.from(x.subarray(i * features, (i + 1) * features)))),
          y: Float64Array.from(rows, (i) => y[i]!),
        });
        const repeats: (readonly [number, number])[] = [];
        for (let repeat = 0; repeat < golden.repeats; repeat++) {
          const fold = foldsOf(y.length, repeat);
          const scores: (readonly [number, number])[] = [];
          for (let f = 0; f < golden.folds; f++) {
            const all = [...y.keys()];
            const test = taken(all.filter((i) => fold[i] === f));
            const validation = { rows: 0, features, x: new Float32Array(0), y: new Float64Array(0) };
            const outcome = await linear.train({ kind, classes, train: taken(all.filter((i) => fold[i] !== f)), validation, plan }, hooks);
            if (outcome.kind !== 'trained') throw new Error(outcome.kind);
            const answers = await linear.predict(outcome.model, classes, test.x, test.rows, 'native');
            if (kind === 'regression') {
              const error = mean(Array.from(test.y, (value, i) => (answers[i]! - value) ** 2));
              const centre = mean(Array.from(test.y));
              scores.push([error / variance, 1 - error / mean(Array.from(test.y, (value) => (value - centre) ** 2))]);
            } else {
              const rows = Array.from(test.y, (truth, i) => ({ truth, p: answers.subarray(i * classes, (i + 1) * classes) }));
              scores.push([mean(rows.map(({ truth, p }) => -Math.log(Math.max(1e-15, p[truth]!)))), mean(rows.map(({ truth, p }) => (p.indexOf(Math.max(...p)) === truth ? 1 : 0)))]);
            }
          }
          repeats.push([mean(scores.map(([a]) => a)), mean(scores.map(([, b]) => b))]);
        }
        for (const which of [0, 1] as const) {
          const own = mean(repeats.map((scores) => scores[which]));
          // The interval of a mean of 5 repeats, by Student's t of 4 degrees of freedom; and, on the same folds, far closer than that.
          const half = (2.776 * wanted.sd[which]) / Math.sqrt(golden.repeats);
          console.log(`${name}, ${wanted.penalty}: ${which === 0 ? 'loss' : 'score'} ${own.toFixed(6)}, scikit-learn ${wanted.mean[which].toFixed(6)} ± ${half.toFixed(6)}`);
          expect(Math.abs(own - wanted.mean[which])).toBeLessThan(half);
          expect(Math.abs(own - wanted.mean[which])).toBeLessThan(1e-4);
        }
      });
    }
  }
});
