import { readFileSync } from 'node:fs';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import golden from './scores.json';
import { defaultRecipe } from '../../src/domain/data/recipe/defaultRecipe';
import { applyRecipe, fitRecipe } from '../../src/domain/data/recipe/recipe';
import { chosenRecipe } from '../../src/domain/data/recipe/recipeChoice';
import { rowsAt } from '../../src/domain/data/rowsAt';
import type { Column, Table } from '../../src/domain/data/table';
import type { TrainingHooks } from '../../src/domain/modelling/learner';
import { describedLearner } from '../../src/domain/modelling/learners/registry';
import { completePlan } from '../../src/domain/modelling/plan';
import { t975 } from '../../src/domain/modelling/tQuantile';
import { meaningsOf } from '../../workers/steps/examples';
import { learnerNamed } from '../../workers/training/learners/registry';

/** Which learner stands beside which peers, with the settings that correspond to the peer's. A share of the training rows decides when to stop, where a learner stops early. */
const cases = [
  { learner: 'linear', peers: ['linear'], settings: {} },
  { learner: 'dense', peers: ['dense'], settings: { batch_size: 64, epochs: 300, patience: 10 }, stopping: 0.1 },
  { learner: 'tree', peers: ['tree'], settings: { max_depth: 5, min_leaf: 20 } },
  { learner: 'forest', peers: ['forest'], settings: {} },
  { learner: 'neighbours', peers: ['neighbours'], settings: { k: 15 } },
  { learner: 'ebm', peers: ['ebm'], settings: { bags: 4, pairs: 24 }, repeats: 1 },
  { learner: 'boosting', peers: ['boosting xgboost', 'boosting lightgbm'], settings: { rounds: 100, patience: 0 } },
] as const;

type TableName = keyof typeof golden.tables;

const hooks: TrainingHooks = { onEpoch: () => undefined, stopped: () => false, breathe: async () => undefined, checkpointDue: () => false, checkpoint: async () => undefined };
const folds = golden.folds;

/** Which fold holds a row out: the formula of scores.py. */
function foldOf(row: number, repeat: number): number {
  let hash = (row * 2654435761 + repeat * 40503 + 12345) % 2 ** 32;
  hash = (hash ^ (hash >>> 15)) >>> 0;
  hash = Math.imul(hash, 2246822519) >>> 0;
  return ((hash ^ (hash >>> 13)) >>> 0) % folds;
}

/** A table of the golden script: numbers where every value is one, words elsewhere. */
function read(name: TableName): { readonly inputs: Table; readonly y: Float64Array } {
  const { files, rows, target, positive, drop } = golden.tables[name];
  const records = files.flatMap((file) => Papa.parse<Record<string, string>>(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''), { header: true, skipEmptyLines: true }).data).slice(0, rows);
  const cells = (column: string): string[] => records.map((record) => (record[column] ?? '').trim()).map((cell) => (['?', 'NA'].includes(cell) ? '' : cell));
  const columns = Object.keys(records[0]!)
    .filter((column) => column !== target && !(drop as readonly string[]).includes(column))
    .map((column): Column => {
      const texts = cells(column);
      if (texts.every((text) => text === '' || Number.isFinite(Number(text)))) return { name: column, type: 'number', values: { kind: 'numeric', values: Float64Array.from(texts, (text) => (text === '' ? NaN : Number(text))) } };
      const dictionary = [...new Set(texts.filter((text) => text !== ''))].sort();
      const place = new Map(dictionary.map((word, index) => [word, index]));
      return { name: column, type: 'category', values: { kind: 'coded', dictionary, codes: Int32Array.from(texts, (text) => place.get(text) ?? -1) } };
    });
  const y = Float64Array.from(cells(target), (text) => (positive === null ? Number(text) : Number(text === positive)));
  return { inputs: { rows: records.length, columns }, y };
}

/** Area under the ROC curve, ties halved; or R². */
function scoreOf(truth: Float64Array, answers: Float64Array, classify: boolean): number {
  if (!classify) {
    const mean = truth.reduce((a, b) => a + b, 0) / truth.length;
    const [rest, all] = [truth.reduce((sum, value, i) => sum + (value - answers[i]!) ** 2, 0), truth.reduce((sum, value) => sum + (value - mean) ** 2, 0)];
    return 1 - rest / all;
  }
  const order = Array.from(truth.keys()).sort((a, b) => answers[2 * a + 1]! - answers[2 * b + 1]!);
  let [pairs, below] = [0, 0];
  for (let i = 0; i < order.length; ) {
    let j = i;
    let [here, none] = [0, 0];
    for (; j < order.length && answers[2 * order[j]! + 1] === answers[2 * order[i]! + 1]; j++) {
      if (truth[order[j]!] === 1) here++;
      else none++;
    }
    pairs += here * (below + none / 2);
    below += none;
    i = j;
  }
  return pairs / (below * (truth.length - below));
}

/** Scores of the ten held-out folds. */
async function scoresOf(name: TableName, { learner: which, settings, ...one }: (typeof cases)[number]): Promise<number[]> {
  const { inputs, y } = read(name);
  const classify = golden.tables[name].positive !== null;
  const described = describedLearner(which)!;
  const learner = learnerNamed(which);
  const target = golden.tables[name].target;
  const spec = chosenRecipe(defaultRecipe(inputs.columns, target), described.preparation ?? {});
  const plan = completePlan(which, settings, 1, 'native', described.hyperparameters, described.check);
  const engine = described.engines.includes('native') ? 'native' : described.engines[0]!;
  const found: number[] = [];
  for (let repeat = 0; repeat < ('repeats' in one ? one.repeats : golden.repeats); repeat++) {
    for (let fold = 0; fold < folds; fold++) {
      const rows = Array.from({ length: inputs.rows }, (_, row) => row);
      const held = Uint32Array.from(rows.filter((row) => foldOf(row, repeat) === fold));
      const rest = rows.filter((row) => foldOf(row, repeat) !== fold);
      const isStopping = (row: number): boolean => 'stopping' in one && (row * 7919) % 1000 < 1000 * one.stopping;
      const learning = Uint32Array.from(rest.filter((row) => !isStopping(row)));
      const deciding = Uint32Array.from(rest.filter(isStopping));
      const fitted = fitRecipe(spec, inputs, (row) => foldOf(row, repeat) !== fold);
      const examples = (at: Uint32Array) => ({ rows: at.length, features: fitted.features.length, x: applyRecipe(fitted, rowsAt(inputs, at)).x, y: Float64Array.from(at, (row) => y[row]!) });
      const outcome = await learner.train(
        { kind: classify ? 'classification' : 'regression', classes: classify ? 2 : 0, train: examples(learning), validation: examples(deciding), plan: { ...plan, engine }, meanings: meaningsOf(fitted) },
        hooks,
      );
      if (outcome.kind === 'diverged') throw new Error(`${which} diverged on ${name}`);
      const seen = examples(held);
      found.push(scoreOf(seen.y, await learner.predict(outcome.model, classify ? 2 : 0, seen.x, seen.rows, engine), classify));
    }
  }
  return found;
}

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

/** Half the 95 % interval of a mean over overlapping training sets (Nadeau and Bengio 2003): Student's t, variance times 1/J + n₂/n₁. */
function halfWidth(values: readonly number[]): number {
  const centre = mean(values);
  const variance = values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1);
  return t975(values.length - 1) * Math.sqrt(variance * (1 / values.length + 1 / (folds - 1)));
}

describe(`held-out scores beside scikit-learn ${golden.versions['scikit-learn']}, xgboost ${golden.versions.xgboost}, LightGBM ${golden.versions.lightgbm} and interpret ${golden.versions.interpret}`, () => {
  for (const one of cases) {
    for (const name of Object.keys(golden.tables) as TableName[]) {
      it(`of ${one.learner} on ${name} are not below the interval of the better peer`, async () => {
        const ours = await scoresOf(name, one);
        // The same folds on both sides.
        const peers = one.peers.map((peer) => (golden.scores[name].peers as Readonly<Record<string, readonly number[]>>)[peer]!.slice(0, ours.length));
        const best = peers.reduce((a, b) => (mean(a) > mean(b) ? a : b));
        console.log(`${name} ${one.learner}: ${mean(ours).toFixed(4)}, peers ${one.peers.map((peer, i) => `${peer} ${mean(peers[i]!).toFixed(4)}`).join(', ')} ± ${halfWidth(best).toFixed(4)}`);
        expect(mean(ours)).toBeGreaterThan(mean(best) - halfWidth(best));
      });
    }
  }
});
