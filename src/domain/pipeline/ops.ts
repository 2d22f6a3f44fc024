/**
 * @file The register of ops: everything that can be computed and cached. A new op is one line here and one file in `workers/<worker>/ops/`.
 * Change what an op computes, and its version rises: `tests/contracts/op.test.ts` holds each op's output hash for a tiny input.
 */

import type { ArtifactKind } from './artifact';
import type { Stage } from '../lifecycle';

/** Which worker performs it. */
export type WorkerName = 'data' | 'training' | 'evaluation' | 'export';

export interface Op {
  readonly name: string;
  readonly version: number;
  readonly worker: WorkerName;
  readonly stage: Stage;
  readonly output: ArtifactKind;
}

export const ops = [
  { name: 'import', version: 2, worker: 'data', stage: 'data', output: 'table' },
  { name: 'edit', version: 1, worker: 'data', stage: 'data', output: 'table' },
  { name: 'append', version: 1, worker: 'data', stage: 'data', output: 'table' },
  { name: 'correct', version: 1, worker: 'data', stage: 'data', output: 'table' },
  { name: 'profile', version: 2, worker: 'data', stage: 'data', output: 'profile' },
  { name: 'diff', version: 1, worker: 'data', stage: 'data', output: 'diff' },
  { name: 'split', version: 1, worker: 'data', stage: 'data', output: 'split' },
  { name: 'recipe', version: 1, worker: 'data', stage: 'data', output: 'recipe' },
  { name: 'train', version: 2, worker: 'training', stage: 'modelling', output: 'model' },
  { name: 'crossValidate', version: 3, worker: 'training', stage: 'modelling', output: 'scores' },
  { name: 'score', version: 3, worker: 'evaluation', stage: 'modelling', output: 'scores' },
  { name: 'evaluate', version: 3, worker: 'evaluation', stage: 'modelling', output: 'report' },
  { name: 'compare', version: 3, worker: 'evaluation', stage: 'modelling', output: 'comparison' },
  { name: 'package', version: 2, worker: 'export', stage: 'deployment', output: 'package' },
  { name: 'drift', version: 1, worker: 'evaluation', stage: 'monitoring', output: 'drift' },
] as const satisfies readonly Op[];

export type OpName = (typeof ops)[number]['name'];

export const opNamed = (name: OpName): Op => ops.find((op) => op.name === name)!;
