/** @file An open project for unit tests: its steps are performed in this thread by the ops themselves, on a database in memory. Previews and hashes of files go the same way. */

import { freshStore } from '../storage/memoryStore';
import { DataWorker } from '../../../workers/data/dataWorker';
import { Performer } from '../../../workers/steps/performer';
import { compare } from '../../../workers/evaluation/ops/compare';
import { drift } from '../../../workers/evaluation/ops/drift';
import { evaluate } from '../../../workers/evaluation/ops/evaluate';
import { score } from '../../../workers/evaluation/ops/score';
import { crossValidate } from '../../../workers/training/ops/crossValidate';
import { train } from '../../../workers/training/ops/train';
import { emptyState, type ProjectEvent, type ProjectState } from '../../../src/domain/pipeline/project';
import { opNamed } from '../../../src/domain/pipeline/ops';
import type { Manifest } from '../../../src/domain/pipeline/artifact';
import type { Hash } from '../../../src/domain/pipeline/digest';
import type { StepRecord } from '../../../src/domain/pipeline/step';
import { artifactOf, keepArtifact } from '../../../src/storage/artifacts';
import { amendTo, eventsOf, moveTo, projectOf, remark, undo } from '../../../src/storage/projects';
import { Problem } from '../../../src/state/problem';
import type { Asked, OpenProject } from '../../../src/state/project.svelte';
import type { ImportOptions } from '../../../src/domain/data/import/importer';

const data = new DataWorker();
const performers = {
  data,
  evaluation: new Performer(new Map([['score', score], ['evaluate', evaluate], ['compare', compare], ['drift', drift]])),
  training: new Performer(new Map([['train', train], ['crossValidate', crossValidate]])),
};

/** For `vi.mock` of src/jobs/sources: what its workers do, done here. */
export const sourcesHere = {
  sourceHash: (file: Blob, progress: (done: number, of: number) => void) => data.sourceHash(file, progress),
  previewOf: (file: Blob, name: string, options: Partial<ImportOptions>) => data.preview(file, name, options),
};

/** What the project measured in its steps beside what a project shows. */
export type PerformedProject = OpenProject & { readonly measuredOf: (op: string) => unknown };

export async function performedProject(): Promise<PerformedProject> {
  const { database, project: id, pen } = await freshStore();
  let state: ProjectState = emptyState;
  let events: readonly ProjectEvent[] = [];
  let now = 10_000;
  const measured = new Map<string, unknown>();
  const changed = async (write: Promise<unknown>): Promise<void> => {
    await write;
    state = (await projectOf(database, id))!.state;
    events = await eventsOf(database, id);
  };
  type Make = (state: ProjectState) => ProjectState;
  type Move = typeof moveTo;
  const moving = (by: Move) => (kind: Parameters<Move>[3], detail: Parameters<Move>[4], make: Make) => changed(by(database, pen, ++now, kind, detail, make(state)));
  const made = {
    database,
    id,
    get state() {
      return state;
    },
    get events() {
      return events;
    },
    writable: true,
    jobs: { start: () => ({}), end: () => undefined },
    artifact: (hash: Hash) => artifactOf(database, hash),
    keep: (manifest: Manifest<unknown>) => keepArtifact(database, pen, manifest),
    move: moving(moveTo),
    amend: moving(amendTo),
    remark: (kind: Parameters<Move>[3], detail: Parameters<Move>[4]) => changed(remark(database, pen, ++now, kind, detail)),
    undo: () => changed(undo(database, pen, ++now)),
    ask: async (request: Parameters<OpenProject['ask']>[0], options: Parameters<OpenProject['ask']>[1] = {}) => {
      const performer = performers[opNamed(request.op).worker as keyof typeof performers];
      const outcome = await performer.perform({ database: database.name, pen, request, files: options.files ?? [] }, () => undefined);
      if (outcome.kind === 'refused') throw new Problem(outcome.refusal);
      if (outcome.kind !== 'done') throw new TypeError(`${request.op} ended as ${outcome.kind}`);
      measured.set(request.op, outcome.measured);
      return { record: outcome.record, cached: false, seconds: 0, measured: outcome.measured, stopped: outcome.stopped };
    },
    asked: [] as Asked[],
    noteFound(record: StepRecord) {
      made.asked.push({ record, cached: true, seconds: 0, measured: {}, stopped: false });
    },
    measuredOf: (op: string) => measured.get(op),
  };
  // The class has private parts that no stand-in can have; what the actions call is all here.
  return made as unknown as PerformedProject;
}
