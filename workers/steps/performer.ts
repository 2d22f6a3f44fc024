/** @file Performs steps: reads the inputs, runs the op, writes the output under the writer's pen. The same for every worker. */

import type { StepApi, StepCall, StepOutcome, StepProgress } from './api';
import type { OpContext, PerformOp } from './op';
import { breathe } from './breathe';
import { help, type AnyWork } from './helping';
import { runParts } from './parts';
import { artifactId, type Artifact } from '../../src/domain/pipeline/artifact';
import { opNamed } from '../../src/domain/pipeline/ops';
import { stepKey, type StepRequest } from '../../src/domain/pipeline/step';
import { asValue, Refusal } from '../../src/domain/refusal';
import { artifactOf, ChunkWriter, keepStep, MissingPiece } from '../../src/storage/artifacts';
import { checkpointOf, dropCheckpoints, keepCheckpoint } from '../../src/storage/checkpoints';
import { whileCollectorWaits } from '../../src/storage/collect';
import { Database, StorageError } from '../../src/storage/database';

/** Progress is told at most this often. */
const tellMs = 100;
/** Checkpoints: at most one a second, at least every 30 s where the op asks often enough. */
const checkpointMs = { least: 1_000, usual: 10_000 };

export class Performer implements StepApi {
  readonly #ops: ReadonlyMap<string, PerformOp>;
  readonly #works: ReadonlyMap<string, AnyWork>;
  #stopped = false;
  #saveSoon = false;
  #awaitSaved: (() => void)[] = [];

  /** @param works the kinds of parts that this worker helps with */
  constructor(ops: ReadonlyMap<string, PerformOp>, works: readonly AnyWork[] = []) {
    this.#ops = ops;
    this.#works = new Map(works.map((work) => [work.name, work]));
  }

  async perform(call: StepCall, tell: (report: StepProgress) => void, helpers?: MessagePort): Promise<StepOutcome> {
    const perform = this.#ops.get(call.request.op);
    if (perform === undefined) throw new TypeError(`this worker does not perform ${call.request.op}`);
    const database = new Database(call.database);
    return whileCollectorWaits(call.database, () => this.#perform(perform, database, call, tell, helpers));
  }

  async #perform(perform: PerformOp, database: Database, call: StepCall, tell: (report: StepProgress) => void, helpers: MessagePort | undefined): Promise<StepOutcome> {
    try {
      const { pen, request } = call;
      const key = await stepKey(request);
      const inputs = new Map<string, Artifact>();
      for (const [name, id] of Object.entries(request.inputs)) inputs.set(name, await artifactOf(database, id));
      const writer = new ChunkWriter(database, pen);
      const started = performance.now();
      let told = 0;
      let saved = performance.now();
      const context: OpContext = {
        params: request.params,
        database,
        writer,
        input<Body>(name: string) {
          const artifact = inputs.get(name);
          if (artifact === undefined) throw new TypeError(`${request.op} needs the input ${name}`);
          return artifact as Artifact<Body>;
        },
        has: (name) => inputs.has(name),
        file(name) {
          const found = call.files.find((file) => file.input === name);
          if (found === undefined) throw new TypeError(`${request.op} needs the file of ${name}`);
          return found;
        },
        progress: (report) => {
          const now = performance.now();
          if (now - told < tellMs && report.done !== report.of) return;
          told = now;
          tell(report);
        },
        stopped: () => this.#stopped,
        breathe,
        parts: (work, shared, count, options) => runParts(work, shared, count, { ...options, helpers }),
        checkpoints: {
          restored: await checkpointOf(database, key),
          due: () => {
            const age = performance.now() - saved;
            return age >= checkpointMs.usual || (this.#saveSoon && age >= checkpointMs.least);
          },
          keep: async (bytes) => {
            saved = performance.now();
            this.#saveSoon = false;
            await keepCheckpoint(database, pen, key, bytes, Object.values(request.inputs));
            this.#awaitSaved.splice(0).forEach((saved) => saved());
          },
        },
      };
      const result = await perform(context);
      if (result.kind === 'diverged') return result;
      await writer.flush();
      const kept: StepRequest = result.params === undefined ? request : { ...request, params: result.params };
      const record = { ...kept, version: opNamed(kept.op).version, key: result.params === undefined ? key : await stepKey(kept), output: await artifactId(result.output) };
      await keepStep(database, pen, record, result.output);
      // Stopped early, the step is kept under another key: the checkpoint of the one that was asked for is of no more use.
      if (record.key !== key) await dropCheckpoints(database, pen, key);
      const seconds = (performance.now() - started) / 1000;
      return { kind: 'done', record, measured: { seconds, ...result.measured }, stopped: result.params !== undefined };
    } catch (error) {
      if (error instanceof Refusal) return { kind: 'refused', refusal: asValue(error) };
      if (error instanceof StorageError) return { kind: 'storage', problem: error.problem };
      if (error instanceof MissingPiece) return { kind: 'storage', problem: 'damaged' };
      throw error;
    } finally {
      await database.close();
    }
  }

  help(port: MessagePort): void {
    help(this.#works, port);
  }

  stop(): void {
    this.#stopped = true;
  }

  saveSoon(): Promise<void> {
    this.#saveSoon = true;
    return new Promise((resolve) => this.#awaitSaved.push(resolve));
  }

  ping(): Promise<true> {
    return Promise.resolve(true);
  }
}
