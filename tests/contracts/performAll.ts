/** @file One small performance of every op in Node, by the performers that the workers expose. */

import 'fake-indexeddb/auto';
import { keyHex } from '../../src/domain/data/keyHex';
import { manifestText, type Manifest } from '../../src/domain/pipeline/artifact';
import { hashOfBytes, type Hash } from '../../src/domain/pipeline/digest';
import { opNamed, type OpName, type WorkerName } from '../../src/domain/pipeline/ops';
import type { ProjectId } from '../../src/domain/pipeline/project';
import type { StepRequest } from '../../src/domain/pipeline/step';
import { completePlan } from '../../src/domain/modelling/plan';
import type { Engine } from '../../src/domain/modelling/learner';
import { describedLearner } from '../../src/domain/modelling/learners/registry';
import { parseCriterion } from '../../src/domain/scoping/criterionGrammar';
import { seeded } from '../../src/domain/random';
import type { Json } from '../../src/domain/canonical';
import { artifactOf, keepArtifact } from '../../src/storage/artifacts';
import { Database } from '../../src/storage/database';
import { createProject, takePen } from '../../src/storage/projects';
import { keysOf, type TableArtifact } from '../../src/storage/tables';
import { detectOptions } from '../../workers/data/import/detectOptions';
import type { Performer } from '../../workers/steps/performer';

/** What one case gave. */
export interface Performed {
  readonly name: string;
  readonly op: OpName;
  readonly version: number;
  readonly key: Hash;
  readonly output: Hash;
  /** The manifest that is hashed. */
  readonly text: string;
}

/** A table of every type of column, with holes, a planted signal and a batch-wise shift. */
function csvOf(rows: number, seed: number, shift: number): Blob {
  const random = seeded(seed);
  const lines = ['age,visits,city,joined,member,income,outcome'];
  for (let row = 0; row < rows; row++) {
    const age = 20 + Math.round(40 * random.next()) + shift;
    const visits = Math.floor(10 * random.next());
    const city = ['Oslo', 'Lima', 'Pune', 'Bern'][Math.floor((4 - (shift > 0 ? 2 : 0)) * random.next())]!;
    const joined = `20${10 + Math.floor(12 * random.next())}-0${1 + Math.floor(9 * random.next())}-1${Math.floor(9 * random.next())}`;
    const member = random.next() < 0.4 ? 'true' : 'false';
    const income = (1000 + 55.25 * age + 120 * random.normal()).toFixed(2);
    const outcome = age + 6 * random.normal() > 42 ? 'yes' : 'no';
    lines.push([row % 11 === 3 ? '' : age, visits, row % 13 === 5 ? '' : city, joined, member, income, outcome].join(','));
  }
  return new Blob([`${lines.join('\n')}\n`]);
}

const planOf = (learner: string, hyperparameters: { readonly [name: string]: number | string } = {}): Json => {
  const described = describedLearner(learner)!;
  const engine: Engine = 'cpu';
  return completePlan(described.name, hyperparameters, 7, engine, described.hyperparameters, described.check) as unknown as Json;
};

/**
 * Performs every op in a database of its own, each case from the outputs of those before.
 * @param performers by the worker that exposes them
 */
export async function performAll(name: string, performers: ReadonlyMap<WorkerName, Performer>): Promise<Performed[]> {
  const database = new Database(name);
  const project: ProjectId = `project:${crypto.randomUUID()}`;
  await createProject(database, project, name, Date.now());
  const pen = await takePen(database, project);
  const done: Performed[] = [];
  const perform = async (label: string, request: StepRequest, files: readonly { readonly input: string; readonly file: Blob; readonly name: string }[] = []): Promise<Hash> => {
    const outcome = await performers.get(opNamed(request.op).worker)!.perform({ database: name, pen, request, files }, () => undefined);
    if (outcome.kind !== 'done') throw new Error(`${label} ended as ${JSON.stringify(outcome)}`);
    const { op, version, key, output } = outcome.record;
    const { id: _id, ...manifest } = await artifactOf<unknown>(database, output);
    done.push({ name: label, op, version, key, output, text: manifestText(manifest as Manifest<unknown>) });
    return output;
  };
  const imported = async (label: string, file: Blob, target: string | null, group: string | null = null): Promise<Hash> => {
    const bytes = new Uint8Array(await file.arrayBuffer());
    const source = await keepArtifact(database, pen, { kind: 'source', schema: 1, body: { sha256: await hashOfBytes(bytes), bytes: bytes.length }, chunks: [] });
    const options = await detectOptions(file, `${label}.csv`);
    return perform(label, { op: 'import', params: { options, target, group } as unknown as Json, inputs: { source } }, [{ input: 'source', file, name: `${label}.csv` }]);
  };

  try {
    const table = await imported('import', csvOf(60, 1, 0), 'outcome');
    const batch = await imported('import a batch', csvOf(40, 2, 9), 'outcome');
    await imported('import keyed by group', csvOf(60, 1, 0), 'outcome', 'city');

    const key = keyHex(await keysOf(database, (await artifactOf(database, table)) as unknown as TableArtifact), 4);
    const edits = [
      { op: 'setCell', key, column: 'city', value: 'Rome' },
      { op: 'fillMissing', column: 'age', with: 'median' },
      { op: 'renameColumn', from: 'visits', to: 'calls' },
      { op: 'retypeColumn', column: 'calls', to: 'category' },
      { op: 'filterRows', conditions: [{ column: 'age', operator: '>=', value: 22 }], keep: true },
      { op: 'dropColumn', column: 'member' },
    ];
    const edited = await perform('edit', { op: 'edit', params: { edits }, inputs: { table } });
    const appended = await perform('append', { op: 'append', params: {}, inputs: { table, batch } });
    const broken = new Blob([await csvOf(60, 1, 0).text(), '47,Lima,no\n']);
    const held = await imported('import with a row held back', broken, 'outcome');
    const line = 62;
    const cells = ['47', '3', 'Lima', '2021-03-04', 'true', '18.5', 'no'];
    await perform('correct', { op: 'correct', params: { rows: [{ line, cells }], reading: { decimal: '.', missing: [] } }, inputs: { table: held } });
    await perform('profile', { op: 'profile', params: { target: 'outcome', task: null, positive: 'yes' }, inputs: { table } });
    await perform('diff', { op: 'diff', params: {}, inputs: { before: table, after: edited } });

    const splitParams = (target: string, asked: string | null, more: { readonly [name: string]: Json } = {}): Json => ({
      task: { target, asked, positive: asked === 'classification' ? 'yes' : null },
      shares: [0.7, 0.15, 0.15],
      seed: 3,
      group: null,
      time: null,
      ...more,
    });
    const split = await perform('split', { op: 'split', params: splitParams('outcome', 'classification'), inputs: { table } });
    const groupSplit = await perform('split by group', { op: 'split', params: splitParams('outcome', 'classification', { group: 'visits' }), inputs: { table } });
    await perform('split by time', { op: 'split', params: splitParams('outcome', 'classification', { time: 'joined' }), inputs: { table } });
    await perform('split by earlier cuts', { op: 'split', params: splitParams('outcome', 'classification'), inputs: { table: appended, base: split } });
    const recipe = await perform('recipe', { op: 'recipe', params: { target: 'outcome', exclude: ['income'], spec: null, choice: null }, inputs: { table, split } });

    const inputs = { table, split, recipe };
    const trained = new Map<string, Hash>();
    const scores = new Map<string, Hash>();
    for (const [learner, settings] of [
      ['baseline', {}],
      ['linear', {}],
      ['dense', { epochs: 3, hidden: '6,4', batch_size: 16, dropout: 0.1 }],
      ['bayes', {}],
      ['neighbours', { k: 7, weights: 'distance' }],
    ] as const) {
      const model = await perform(`train ${learner}`, { op: 'train', params: { plan: planOf(learner, settings), balanced: learner === 'linear' }, inputs });
      trained.set(learner, model);
      scores.set(learner, await perform(`score ${learner}`, { op: 'score', params: { part: 'validation' }, inputs: { model, ...inputs } }));
      await perform(`crossValidate ${learner}`, { op: 'crossValidate', params: { plan: planOf(learner, settings), balanced: false, folds: 3 }, inputs });
    }
    const model = trained.get('dense')!;
    const batchScores = await perform('score a batch', { op: 'score', params: { part: 'all' }, inputs: { model, recipe, table: batch } });
    const criteria = ['accuracy >= 0.6', 'recall[city=Oslo] >= 0.5'].map((text) => parseCriterion(text));
    await perform('evaluate', { op: 'evaluate', params: { threshold: 0.5, criteria, seed: 1 } as unknown as Json, inputs: { scores: scores.get('dense')!, table } });
    await perform('compare', { op: 'compare', params: { metric: 'accuracy', threshold: 0.5, seed: 1 }, inputs: { candidate: scores.get('dense')!, baseline: scores.get('baseline')!, table } });
    await perform('drift', {
      op: 'drift',
      params: { seed: 1, target: 'outcome', exclude: [], threshold: 0.5 },
      inputs: { reference: table, split, batch, referenceScores: scores.get('dense')!, batchScores },
    });
    await perform('package', { op: 'package', params: { threshold: 0.5, parsing: { decimal: '.' } }, inputs: { model, recipe, table, split } });

    const groupRecipe = await perform('recipe by group', { op: 'recipe', params: { target: 'outcome', exclude: ['income'], spec: null, choice: null }, inputs: { table, split: groupSplit } });
    const scoredByGroup = (learner: string): Promise<Hash> =>
      perform(`crossValidate ${learner} by group`, {
        op: 'crossValidate',
        params: { plan: planOf(learner), balanced: false, folds: 3 },
        inputs: { table, split: groupSplit, recipe: groupRecipe },
      });
    const ours = await scoredByGroup('linear');
    const theirs = await scoredByGroup('baseline');
    await perform('evaluate by group', { op: 'evaluate', params: { threshold: 0.5, criteria, seed: 1 } as unknown as Json, inputs: { scores: ours, table } });
    await perform('compare by group', { op: 'compare', params: { metric: 'roc_auc', threshold: 0.5, seed: 1 }, inputs: { candidate: ours, baseline: theirs, table } });

    const valueSplit = await perform('split for a value', { op: 'split', params: splitParams('income', 'regression'), inputs: { table } });
    const valueRecipe = await perform('recipe for a value', { op: 'recipe', params: { target: 'income', exclude: ['outcome'], spec: null, choice: null }, inputs: { table, split: valueSplit } });
    const valueInputs = { table, split: valueSplit, recipe: valueRecipe };
    const valueModel = await perform('train linear for a value', { op: 'train', params: { plan: planOf('linear'), balanced: false }, inputs: valueInputs });
    const valueScores = await perform('score for a value', { op: 'score', params: { part: 'test' }, inputs: { model: valueModel, ...valueInputs } });
    await perform('evaluate for a value', { op: 'evaluate', params: { threshold: null, criteria: [], seed: 1 }, inputs: { scores: valueScores, table } });
    await perform('package for a value', { op: 'package', params: { threshold: 0.5, parsing: null }, inputs: { model: valueModel, recipe: valueRecipe, table, split: valueSplit } });
    return done;
  } finally {
    await database.close();
  }
}
