/** @file Real ops on a database in memory: a CSV goes in, and each step is performed as its worker would, with a way to wrap an op. */

import { manifestText, type Artifact, type Manifest } from '../../../src/domain/pipeline/artifact';
import { hashOfBytes, type Hash } from '../../../src/domain/pipeline/digest';
import type { OpName } from '../../../src/domain/pipeline/ops';
import { completePlan } from '../../../src/domain/modelling/plan';
import type { Plan } from '../../../src/domain/modelling/learner';
import { describedLearner } from '../../../src/domain/modelling/learners/registry';
import type { Json } from '../../../src/domain/canonical';
import type { StepRecord } from '../../../src/domain/pipeline/step';
import { artifactOf, keepArtifact } from '../../../src/storage/artifacts';
import { bytesOf } from '../../../src/storage/tables';
import { detectOptions } from '../../../workers/data/import/detectOptions';
import { importSource } from '../../../workers/data/ops/import';
import { recipe } from '../../../workers/data/ops/recipe';
import { split } from '../../../workers/data/ops/split';
import { evaluate } from '../../../workers/evaluation/ops/evaluate';
import { score } from '../../../workers/evaluation/ops/score';
import type { StepOutcome } from '../../../workers/steps/api';
import type { PerformOp } from '../../../workers/steps/op';
import { Performer } from '../../../workers/steps/performer';
import { crossValidate } from '../../../workers/training/ops/crossValidate';
import { train } from '../../../workers/training/ops/train';
import { freshStore } from '../storage/memoryStore';

const ops: ReadonlyMap<OpName, PerformOp> = new Map<OpName, PerformOp>([
  ['import', importSource],
  ['split', split],
  ['recipe', recipe],
  ['train', train],
  ['crossValidate', crossValidate],
  ['score', score],
  ['evaluate', evaluate],
]);

export const planOf = (learner: string, hyperparameters: Plan['hyperparameters'] = {}, seed = 7): Plan => {
  const described = describedLearner(learner)!;
  return completePlan(described.name, hyperparameters, seed, 'cpu', described.hyperparameters, described.check);
};

type Inputs = { readonly [name: string]: Hash };

export interface StepBench {
  outcome(op: OpName, params: unknown, inputs: Inputs, wrap?: (op: PerformOp) => PerformOp): Promise<StepOutcome>;
  /** The record of a step that has to succeed. */
  record(op: OpName, params: unknown, inputs: Inputs, wrap?: (op: PerformOp) => PerformOp): Promise<StepRecord>;
  /** Imports a CSV whose rows are keyed by all columns but the target, or by a group. */
  table(csv: string, target: string, group?: string): Promise<Hash>;
  artifact<Body>(id: Hash): Promise<Artifact<Body>>;
  text(id: Hash): Promise<string>;
  bytes(id: Hash, pieces: readonly number[]): Promise<Uint8Array<ArrayBuffer>>;
}

export async function stepBench(): Promise<StepBench> {
  const { database, pen } = await freshStore();
  const perform = (op: OpName, params: unknown, inputs: Inputs, wrap: (op: PerformOp) => PerformOp, files: readonly { input: string; file: Blob; name: string }[] = []): Promise<StepOutcome> =>
    new Performer(new Map([[op, wrap(ops.get(op)!)]])).perform({ database: database.name, pen, request: { op, params: params as Json, inputs }, files }, () => undefined);
  const succeeded = (outcome: StepOutcome): StepRecord => {
    if (outcome.kind !== 'done') throw new Error(`ended as ${JSON.stringify(outcome)}`);
    return outcome.record;
  };
  return {
    outcome: (op, params, inputs, wrap = (one) => one) => perform(op, params, inputs, wrap),
    record: async (op, params, inputs, wrap = (one) => one) => succeeded(await perform(op, params, inputs, wrap)),
    async table(csv, target, group) {
      const file = new Blob([csv]);
      const bytes = new Uint8Array(await file.arrayBuffer());
      const source = await keepArtifact(database, pen, { kind: 'source', schema: 1, body: { sha256: await hashOfBytes(bytes), bytes: bytes.length }, chunks: [] });
      const options = await detectOptions(file, 'rows.csv');
      return succeeded(await perform('import', { options, target, group: group ?? null }, { source }, (one) => one, [{ input: 'source', file, name: 'rows.csv' }])).output;
    },
    artifact: (id) => artifactOf(database, id),
    async text(id) {
      const { id: _id, ...manifest } = await artifactOf<unknown>(database, id);
      return manifestText(manifest as Manifest<unknown>);
    },
    bytes: async (id, pieces) => bytesOf(database, await artifactOf<unknown>(database, id), pieces),
  };
}

export const splitParams = (target: string, asked: 'classification' | 'regression', more: { readonly group?: string; readonly time?: string } = {}) => ({
  task: { target, asked, positive: null },
  shares: [0.6, 0.2, 0.2],
  seed: 3,
  group: more.group ?? null,
  time: more.time ?? null,
});
