/** @file All projects of this browser: the list, and what is done to a project as a whole. */

import { forgetAllBegun } from './begunTrainings';
import { JobBoard } from './jobs.svelte';
import { OpenProject } from './project.svelte';
import { Problem, storageProblem } from './problem';
import { forgetProjects, hadProjects, noteProjects } from './wipeSentinel';
import { collect, jobsRunning, remains, removeProject, type Collected } from '../storage/collect';
import { StorageError, type Database } from '../storage/database';
import { binProject, createProject, duplicateProject, projectHeads, projectOf, remark, renameProject, takePen, unbinProject } from '../storage/projects';
import { livingReach } from '../storage/reach';
import { removedProjects } from '../storage/tombstones';
import { becomeWriter, TabChannel } from '../storage/writer';
import { verifyBackup, restoreBackup, writeBackup } from '../storage/backup';
import type { Hash } from '../domain/pipeline/digest';
import type { ProjectHead, ProjectId } from '../domain/pipeline/project';
import { asValue, Refusal } from '../domain/refusal';

export const newProjectId = (): ProjectId => `project:${crypto.randomUUID()}`;

export interface Room {
  readonly used: number;
  readonly quota: number;
  /** Whether the browser promised not to delete it by itself. */
  readonly persistent: boolean;
}

/** What went with a project. */
export interface ProjectRemoval {
  /** Artifacts and chunks that no other project leads to. */
  readonly artifacts: number;
  readonly chunks: number;
  /** Artifacts that another project leads to as well: they stay for it. */
  readonly shared: number;
  /** What the scan still found; not empty when something began to be computed meanwhile: it goes with the next collection. */
  readonly left: readonly Hash[];
}

/** A pause after the last sign of work, before what nothing needs is looked for. */
const quietMs = 5_000;
/** A job that has failed lets go of its lock a moment later. */
const lettingGo = { tries: 10, ms: 200 };

/** When the page has nothing better to do. */
function whenIdle(work: () => void): void {
  if (typeof requestIdleCallback === 'function') requestIdleCallback(work, { timeout: 30_000 });
  else setTimeout(work, 0);
}

export class Workspace {
  readonly database: Database;
  readonly jobs = new JobBoard();
  /** There were projects here once, and now there are none: the browser removed them. */
  wiped = $state(false);
  #heads = $state.raw<readonly ProjectHead[]>([]);
  #room = $state.raw<Room | null>(null);
  readonly #channel: TabChannel;
  readonly #closing = new Map<ProjectId, Promise<void>>();
  /** How many jobs had broken off at the last sweep; null before the first, since an earlier page may have left something. */
  #sweptAt: number | null = null;
  #tidying: ReturnType<typeof setTimeout> | undefined;

  private constructor(database: Database) {
    this.database = database;
    this.#channel = new TabChannel(database, (news) => {
      if (news.kind === 'projects') void this.refresh();
    });
  }

  /** @param emptied whether the browser said, while the database opened, that it made an empty one of a broken one */
  static async open(database: Database, emptied: () => boolean = () => false): Promise<Workspace> {
    const workspace = new Workspace(database);
    await workspace.refresh();
    if (workspace.#heads.length > 0) noteProjects();
    // Whoever deleted the last project knows where it went; a store that the browser emptied has forgotten that too.
    else workspace.wiped = emptied() || (hadProjects() && (await removedProjects(database)).length === 0);
    return workspace;
  }

  /** Projects that are not in the bin, latest change first. */
  get projects(): readonly ProjectHead[] {
    return this.#heads.filter((head) => head.binned === null).sort((a, b) => b.changed - a.changed);
  }
  get bin(): readonly ProjectHead[] {
    return this.#heads.filter((head) => head.binned !== null).sort((a, b) => b.binned! - a.binned!);
  }
  get room(): Room | null {
    return this.#room;
  }

  async refresh(): Promise<void> {
    this.#heads = await projectHeads(this.database);
  }

  /** The user has read that the browser removed the projects. */
  startAnew(): void {
    forgetProjects();
    this.wiped = false;
  }

  /** Measures the room left in this browser. */
  async measureRoom(): Promise<void> {
    const { usage = 0, quota = 0 } = (await navigator.storage?.estimate?.()) ?? {};
    this.#room = { used: usage, quota, persistent: (await navigator.storage?.persisted?.()) ?? false };
  }

  /** Asks the browser to keep the projects; at the first real work. */
  async persist(): Promise<void> {
    await navigator.storage?.persist?.();
    await this.measureRoom();
  }

  async #changed(): Promise<void> {
    await this.refresh();
    this.#channel.tell({ kind: 'projects' });
  }

  async create(name: string, sample: string | null = null): Promise<ProjectHead> {
    return this.#made(await this.#stored(() => createProject(this.database, newProjectId(), name, Date.now(), sample)));
  }

  /** There is something to keep: the browser is asked to, and its loss would be noticed. */
  async #made(head: ProjectHead): Promise<ProjectHead> {
    noteProjects();
    this.wiped = false;
    await this.#changed();
    void this.persist();
    return head;
  }

  /** Opens a project, once it is closed where it was open in this tab: else it would only follow a page that is gone. */
  async openProject(id: ProjectId): Promise<OpenProject> {
    await this.#closing.get(id);
    return OpenProject.open(this.database, id, this.jobs);
  }

  /** Leaves a project that was opened here. Resolves when its jobs are saved and its lock has fallen. */
  closeProject(project: OpenProject): Promise<void> {
    const closing = project.close().finally(() => {
      if (this.#closing.get(project.id) === closing) this.#closing.delete(project.id);
    });
    this.#closing.set(project.id, closing);
    return closing;
  }

  async rename(id: ProjectId, name: string): Promise<void> {
    await this.#asWriter(id, (pen) => renameProject(this.database, pen, Date.now(), name));
  }
  async putInBin(id: ProjectId): Promise<void> {
    await this.#asWriter(id, (pen) => binProject(this.database, pen, Date.now()));
  }
  async takeFromBin(id: ProjectId): Promise<void> {
    await this.#asWriter(id, (pen) => unbinProject(this.database, pen, Date.now()));
  }

  async duplicate(id: ProjectId, name: string): Promise<ProjectHead> {
    return this.#made(await this.#stored(() => duplicateProject(this.database, id, newProjectId(), name, Date.now())));
  }

  /**
   * Removes a project and every chunk that nothing else names, and looks again. Cannot be undone.
   * @throws Problem jobsRunning while something is computed; storageFenced when another tab writes to it
   */
  async deleteForGood(id: ProjectId): Promise<ProjectRemoval> {
    if (this.jobs.running.length > 0 || (await jobsRunning(this.database))) throw new Problem({ code: 'jobsRunning', details: {} });
    const removal = await this.#asWriter(id, async (pen): Promise<ProjectRemoval> => {
      const own = await livingReach(this.database, [id]);
      await removeProject(this.database, pen, Date.now());
      await collect(this.database);
      const others = await livingReach(this.database);
      const artifacts = [...own.artifacts.keys()].filter((hash) => !others.artifacts.has(hash));
      const chunks = [...own.chunks].filter((hash) => !others.chunks.has(hash));
      return { artifacts: artifacts.length, chunks: chunks.length, shared: own.artifacts.size - artifacts.length, left: await remains(this.database, artifacts, chunks) };
    });
    forgetAllBegun(id);
    await this.measureRoom();
    return removal;
  }

  /** Writes a backup and reads it back before it is called one. */
  async backup(id: ProjectId): Promise<Blob> {
    const name = this.#heads.find((head) => head.id === id)?.name ?? '';
    const job = this.jobs.start('backup', name, Date.now(), () => undefined, () => undefined);
    try {
      const pieces: Blob[] = [];
      await this.#stored(() =>
        // Each piece becomes a Blob at once, so that the browser and not the page holds it.
        writeBackup(this.database, id, __APP_VERSION__, Date.now(), (piece) => void pieces.push(new Blob([piece as Uint8Array<ArrayBuffer>])), (done, of) => (job.progress = { phase: 'backup', done, of: 2 * of, facts: {} })),
      );
      const whole = new Blob(pieces, { type: 'application/zip' });
      await this.#stored(() => verifyBackup(whole, (done, of) => (job.progress = { phase: 'backup', done: of + done, of: 2 * of, facts: {} })));
      return whole;
    } finally {
      this.jobs.end(job);
    }
  }

  /** Notes in a project's log that a backup was made and read back. @throws Problem when another tab writes to it */
  async noteBackup(id: ProjectId, detail: { readonly bytes: number }): Promise<void> {
    await this.#asWriter(id, (pen) => remark(this.database, pen, Date.now(), 'backedUp', detail));
  }

  /** Removes what no project leads to, when nothing is being computed. To be called when the page is idle. */
  async tidy(): Promise<void> {
    const { running, brokenOff } = this.jobs;
    // A sweep reads the whole store. What a job made is named by the log: only one that broke off left something since the last.
    if (running.length > 0 || brokenOff === this.#sweptAt) return;
    if ((await this.#stored(() => collect(this.database))) !== undefined) this.#sweptAt = brokenOff;
    await this.measureRoom();
  }

  /**
   * Tidies once the page has been quiet for a while; called again before that, it waits anew. Not while a job runs: its end calls again.
   * @param attempt runs the work and tells what goes wrong
   */
  tidySoon(attempt: (work: () => Promise<void>) => unknown): void {
    clearTimeout(this.#tidying);
    this.#tidying = setTimeout(() => {
      whenIdle(() => {
        if (this.jobs.running.length === 0) void attempt(() => this.tidy());
      });
    }, quietMs);
  }

  /**
   * Makes room when there is none: what nothing needs goes, and so does what can be computed again (profiles, comparisons, differences).
   * Undefined, having done nothing, while another job goes on.
   */
  async makeRoom(): Promise<Collected | undefined> {
    for (let tries = 0; this.jobs.running.length === 0 && tries < lettingGo.tries; tries++) {
      const freed = await this.#stored(() => collect(this.database, true));
      if (freed !== undefined) {
        await this.measureRoom();
        return freed;
      }
      await new Promise((resolve) => setTimeout(resolve, lettingGo.ms));
    }
    return undefined;
  }

  async restore(file: Blob, name: string): Promise<ProjectHead> {
    const job = this.jobs.start('restore', name, Date.now(), () => undefined, () => undefined);
    let whole = false;
    try {
      const head = await this.#stored(() => restoreBackup(this.database, file, newProjectId(), Date.now(), (done, of) => (job.progress = { phase: 'restore', done, of, facts: {} })));
      whole = true;
      return await this.#made(head);
    } finally {
      this.jobs.end(job, whole);
    }
  }

  /** Does something to a project that is not open here, under its lock. @throws Problem when another tab holds it */
  async #asWriter<T>(id: ProjectId, work: (pen: Awaited<ReturnType<typeof takePen>>) => Promise<T>): Promise<T> {
    await this.#closing.get(id);
    const writer = await becomeWriter(this.database, id, { lost: () => undefined });
    if (writer === undefined) throw storageProblem('fenced');
    try {
      return await this.#stored(() => work(writer.pen));
    } finally {
      await writer.release();
      await this.#changed();
    }
  }

  async #stored<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof Refusal) throw new Problem(asValue(error));
      if (error instanceof StorageError) throw storageProblem(error.problem);
      throw error;
    }
  }

  /** Whether a project exists, in the bin or not. */
  async has(id: ProjectId): Promise<boolean> {
    return (await projectOf(this.database, id)) !== undefined;
  }
}
