/**
 * @file The open project: its state, its log, its pen. What is on screen is what is on disk: persist first, publish second.
 * What can be done with it, stage by stage, is in the modules beside this one.
 */

import { startStep, type StepJob } from '../jobs/steps';
import { Aborted } from '../jobs/remote';
import { missingProblem } from './deletedVersions';
import { JobBoard } from './jobs.svelte';
import { Problem, storageProblem } from './problem';
import { artifactOf, hasArtifact, keepArtifact, keptStep, MissingPiece } from '../storage/artifacts';
import { dropCheckpoints } from '../storage/checkpoints';
import { StorageError, type Database, type Pen } from '../storage/database';
import { amendTo, eventsOf, moveForGood, moveTo, projectOf, redo, remark, renameProject, undo, type Opened } from '../storage/projects';
import { bury, tombstonesOf, type Tombstone } from '../storage/tombstones';
import { becomeWriter, TabChannel, type Writer } from '../storage/writer';
import type { Json } from '../domain/canonical';
import type { Artifact, Manifest } from '../domain/pipeline/artifact';
import type { Hash } from '../domain/pipeline/digest';
import type { EventKind, ProjectEvent, ProjectHead, ProjectId, ProjectState } from '../domain/pipeline/project';
import { asValue, Refusal } from '../domain/refusal';
import { stepKey, type StepRecord, type StepRequest } from '../domain/pipeline/step';
import type { StepProgress } from '../../workers/steps/api';

/** A step that was asked for: computed now or found. */
export interface Asked {
  readonly record: StepRecord;
  readonly cached: boolean;
  readonly seconds: number;
  readonly measured: { readonly [key: string]: Json };
  /** The user ended it early; what was learnt is kept under the plan that leads to it. */
  readonly stopped: boolean;
}

export interface AskOptions {
  /** Names the job in the header. */
  readonly subject?: string;
  readonly files?: readonly { readonly input: string; readonly file: Blob; readonly name: string }[];
  readonly progress?: (report: StepProgress) => void;
  /** Of a step that is one of many that a search began: what it is part of. It lets go first whatever a person began. */
  readonly sweep?: object;
  /** Compute even if it was computed before. */
  readonly afresh?: boolean;
}

export class OpenProject {
  readonly database: Database;
  readonly id: ProjectId;
  readonly jobs: JobBoard;
  #head = $state.raw<ProjectHead>()!;
  #state = $state.raw<ProjectState>()!;
  #events = $state.raw<readonly ProjectEvent[]>([]);
  readonly #lastStep = $derived(this.#events.findLast(({ kind }) => kind === 'step')?.sequence ?? 0);
  #pen = $state.raw<Pen | null>(null);
  #saved = $state.raw<number | null>(null);
  /** A write failed and was not made good since. */
  failing = $state.raw<string | null>(null);
  #writer: Writer | undefined;
  readonly #channel: TabChannel;
  /** It is being left: what was asked for is brought to its end, and nothing new is computed. */
  #closing = false;
  readonly #asking = new Map<Hash, Promise<Asked>>();
  /** Of the jobs on the board, which other projects share, those of this one. */
  readonly #jobs = new Set<StepJob>();
  #queue: Promise<unknown> = Promise.resolve();
  /** Steps asked for in this sitting, in order, for the command's report. */
  readonly asked: Asked[] = [];

  private constructor(database: Database, opened: Opened, events: readonly ProjectEvent[], jobs: JobBoard) {
    this.database = database;
    this.id = opened.head.id;
    this.jobs = jobs;
    this.#head = opened.head;
    this.#state = opened.state;
    this.#events = events;
    this.#channel = new TabChannel(database, (news) => {
      if (news.kind === 'moved' && news.project === this.id && this.#pen === null) void this.refresh();
    });
  }

  /** @throws Problem projectUnknown */
  static async open(database: Database, id: ProjectId, jobs = new JobBoard()): Promise<OpenProject> {
    const opened = await projectOf(database, id);
    if (opened === undefined) throw new Problem({ code: 'projectUnknown', details: { id } });
    const project = new OpenProject(database, opened, await eventsOf(database, id), jobs);
    await project.write(false);
    return project;
  }

  get head(): ProjectHead {
    return this.#head;
  }
  get state(): ProjectState {
    return this.#state;
  }
  get events(): readonly ProjectEvent[] {
    return this.#events;
  }
  /**
   * Another text whenever the state or what was computed is another: what is read off the store need not be read again before. A remark in
   * the log changes nothing of it.
   */
  get stand(): string {
    return `${this.#head.at} ${this.#lastStep}`;
  }
  /** False while another tab writes: this one follows. */
  get writable(): boolean {
    return this.#pen !== null;
  }
  get canUndo(): boolean {
    return this.writable && this.head.undo.length > 0;
  }
  get canRedo(): boolean {
    return this.writable && this.head.redo.length > 0;
  }
  /** When something was last known to be on disk; milliseconds since 1970. */
  get saved(): number | null {
    return this.#saved;
  }

  /** The manifest of an artifact, read from the store. @throws Problem removedForGood, or storageDamaged when it is gone without that */
  async artifact<Body>(id: Hash): Promise<Artifact<Body>> {
    try {
      return await artifactOf<Body>(this.database, id);
    } catch (error) {
      if (error instanceof MissingPiece) throw await this.#missing(id);
      throw error;
    }
  }

  /** Why an artifact is not there. */
  async #missing(id: Hash): Promise<Problem> {
    return missingProblem(id, await tombstonesOf(this.database, this.id), this.#events);
  }

  /** Keeps an artifact that no step made: the description of a source. */
  keep(manifest: Manifest<unknown>): Promise<Hash> {
    return keepArtifact(this.database, this.#demandPen(), manifest);
  }

  /** Marks artifacts as removed for good from this project. */
  bury(artifacts: readonly Hash[], what: Tombstone['what']): Promise<void> {
    return bury(this.database, this.#demandPen(), artifacts, what, Date.now());
  }

  /** Takes the pen if it is free, or from another tab when the user said so. */
  async write(steal: boolean): Promise<boolean> {
    const writer = await becomeWriter(this.database, this.id, { lost: () => (this.#pen = null) }, steal);
    if (writer === undefined) return false;
    if (this.#closing) {
      await writer.release();
      return false;
    }
    this.#writer = writer;
    this.#pen = writer.pen;
    await this.refresh();
    return true;
  }

  /** Reads the project again: another tab moved it. */
  refresh(): Promise<void> {
    // One after another: two that read the same last sequence would both append what follows it.
    const next = this.#queue.then(async () => {
      const opened = await projectOf(this.database, this.id);
      if (opened === undefined) return;
      const fresh = await eventsOf(this.database, this.id, this.#events.at(-1)?.sequence ?? 0);
      this.#publish(opened, fresh);
    });
    this.#queue = next.catch(() => undefined);
    return next;
  }

  /** States are never altered: while the head points to the same event, the state in hand is the one in force, whatever a read made of it. */
  #publish({ head, state }: Opened, fresh: readonly ProjectEvent[]): void {
    if (head.at !== this.#head.at) this.#state = state;
    this.#head = head;
    if (fresh.length > 0) this.#events = [...this.#events, ...fresh];
  }

  /** Leaves the project. Resolves when its jobs have written their last checkpoint and another may take the pen. */
  async close(): Promise<void> {
    this.#closing = true;
    // Jobs and moves that were asked for write under the pen that is still ours: it falls, and the lock with it, when they have ended.
    await Promise.allSettled([...this.#jobs].map((job) => job.leave()));
    await Promise.allSettled(this.#asking.values());
    await this.#queue;
    const writer = this.#writer;
    this.#writer = undefined;
    this.#pen = null;
    this.#channel.close();
    await writer?.release();
  }

  /**
   * Moves to a new state made from the one in force, with the event that says why. Moves are made one after another.
   * When `make` gives back the very state it was given, nothing is written.
   */
  move(kind: EventKind, detail: { readonly [key: string]: Json }, make: (state: ProjectState) => ProjectState): Promise<void> {
    return this.#change((pen) => {
      const next = make(this.state);
      return next === this.state ? this.#unmoved : moveTo(this.database, pen, Date.now(), kind, detail, next);
    });
  }

  /** As `move`, for what follows from a move by itself: undo passes over it. */
  amend(kind: EventKind, detail: { readonly [key: string]: Json }, make: (state: ProjectState) => ProjectState): Promise<void> {
    return this.#change((pen) => {
      const next = make(this.state);
      return next === this.state ? this.#unmoved : amendTo(this.database, pen, Date.now(), kind, detail, next);
    });
  }

  /** As `move`, for what destroys: nothing can be undone past it. */
  moveForGood(kind: EventKind, detail: { readonly [key: string]: Json }, make: (state: ProjectState) => ProjectState): Promise<void> {
    return this.#change((pen) => moveForGood(this.database, pen, Date.now(), kind, detail, make(this.state)));
  }

  /** Notes a measurement or a remark in the log. */
  remark(kind: EventKind, detail: { readonly [key: string]: Json }): Promise<void> {
    return this.#change((pen) => remark(this.database, pen, Date.now(), kind, detail));
  }

  get #unmoved(): Promise<Opened> {
    return Promise.resolve({ head: this.#head, state: this.#state });
  }

  undo(): Promise<void> {
    return this.#change((pen) => undo(this.database, pen, Date.now()));
  }
  redo(): Promise<void> {
    return this.#change((pen) => redo(this.database, pen, Date.now()));
  }
  rename(name: string): Promise<void> {
    return this.#change((pen) => renameProject(this.database, pen, Date.now(), name));
  }

  #change(write: (pen: Pen) => Promise<Opened>): Promise<void> {
    const next = this.#queue.then(async () => {
      const pen = this.#demandPen();
      try {
        const opened = await write(pen);
        const fresh = await eventsOf(this.database, this.id, this.#events.at(-1)?.sequence ?? 0);
        this.#publish(opened, fresh);
        this.#saved = Date.now();
        this.failing = null;
        this.#channel.tell({ kind: 'moved', project: this.id });
      } catch (error) {
        if (!(error instanceof StorageError)) throw error;
        this.failing = error.problem;
        if (error.problem === 'fenced') this.#pen = null;
        throw storageProblem(error.problem);
      }
    });
    this.#queue = next.catch(() => undefined);
    return next;
  }

  #demandPen(): Pen {
    if (this.#pen === null) throw storageProblem('fenced');
    return this.#pen;
  }

  /**
   * Asks for a step: what was computed before is returned at once, what is being computed is waited for, the rest is performed in a worker.
   * @throws Problem when the input cannot be worked with or was removed for good, or the store failed; Aborted when the user aborted the job
   */
  async ask(request: StepRequest, options: AskOptions = {}): Promise<Asked> {
    const key = await stepKey(request);
    const under = this.#asking.get(key);
    if (under !== undefined) return under;
    const asking = this.#ask(request, key, options).finally(() => this.#asking.delete(key));
    this.#asking.set(key, asking);
    return asking;
  }

  /** Names a step whose output was found without being asked for among those of this sitting. */
  noteFound({ op, version, params, inputs, key, output }: StepRecord): void {
    this.asked.push({ record: { op, version, params, inputs, key, output }, cached: true, seconds: 0, measured: {}, stopped: false });
  }

  async #ask(request: StepRequest, key: Hash, options: AskOptions): Promise<Asked> {
    const started = performance.now();
    const kept = options.afresh === true ? undefined : await keptStep(this.database, key);
    if (kept !== undefined) {
      const found: Asked = { record: kept, cached: true, seconds: (performance.now() - started) / 1000, measured: {}, stopped: false };
      this.asked.push(found);
      return found;
    }
    for (const input of Object.values(request.inputs)) {
      if (await hasArtifact(this.database, input)) continue;
      const problem = await this.#missing(input);
      if (problem.refusal.code === 'storageDamaged') this.failing = 'damaged';
      throw problem;
    }
    if (this.#closing) throw storageProblem('fenced');
    const pen = this.#demandPen();
    const started_ = Date.now();
    let job: StepJob | undefined;
    let whole = false;
    const shown = this.jobs.start(
      request.op,
      options.subject ?? '',
      started_,
      () => job?.stop(),
      () => job?.abort(),
    );
    try {
      const tell = (report: StepProgress): void => {
        shown.progress = report;
        options.progress?.(report);
      };
      job = startStep({ database: this.database.name, pen, request, files: options.files ?? [] }, tell, options.sweep === undefined ? {} : { urgency: 'sweep', parent: options.sweep });
      this.#jobs.add(job);
      const outcome = await job.outcome;
      if (outcome.kind === 'refused') throw new Problem(outcome.refusal);
      if (outcome.kind === 'diverged') throw new Problem({ code: 'trainingDiverged', details: { epoch: outcome.epoch } });
      if (outcome.kind === 'storage') {
        if (outcome.problem === 'fenced') this.#pen = null;
        this.failing = outcome.problem;
        throw storageProblem(outcome.problem);
      }
      const asked: Asked = { record: outcome.record, cached: false, seconds: (performance.now() - started) / 1000, measured: outcome.measured, stopped: outcome.stopped };
      this.asked.push(asked);
      await this.remark('step', { op: request.op, key: outcome.record.key, output: outcome.record.output, seconds: asked.seconds, measured: outcome.measured });
      whole = true;
      return asked;
    } catch (error) {
      if (error instanceof Aborted) await this.#dropCheckpoints(pen, key);
      if (error instanceof Refusal) throw new Problem(asValue(error));
      throw error;
    } finally {
      if (job !== undefined) this.#jobs.delete(job);
      this.jobs.end(shown, whole);
    }
  }

  /** What was thrown away must not come back; where it might, that is told and not that it was thrown away. */
  async #dropCheckpoints(pen: Pen, key: Hash): Promise<void> {
    try {
      await dropCheckpoints(this.database, pen, key);
    } catch (error) {
      if (error instanceof StorageError) throw storageProblem(error.problem);
      throw error;
    }
  }
}
