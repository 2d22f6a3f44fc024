/** @file All projects of this browser: the list, and what is done to a project as a whole. */

import { JobBoard } from './jobs.svelte';
import { OpenProject } from './project.svelte';
import { Problem, storageProblem } from './problem';
import { forgetProjects, noteProjects } from './wipeSentinel';
import { collect, jobsRunning, removeProject } from '../storage/collect';
import { StorageError, type Database } from '../storage/database';
import { binProject, createProject, duplicateProject, projectHeads, projectOf, remark, renameProject, takePen, unbinProject } from '../storage/projects';
import { becomeWriter, TabChannel } from '../storage/writer';
import { verifyBackup, restoreBackup, writeBackup } from '../storage/backup';
import type { ProjectHead, ProjectId } from '../domain/pipeline/project';
import { asValue, Refusal } from '../domain/refusal';

export const newProjectId = (): ProjectId => `project:${crypto.randomUUID()}`;

export interface Room {
  readonly used: number;
  readonly quota: number;
  /** Whether the browser promised not to delete it by itself. */
  readonly persistent: boolean;
}

export class Workspace {
  readonly database: Database;
  readonly jobs = new JobBoard();
  /** There were projects here once, and now there are none: the browser removed them. */
  wiped = $state(false);
  #heads = $state.raw<readonly ProjectHead[]>([]);
  #room = $state.raw<Room | null>(null);
  readonly #channel: TabChannel;

  private constructor(database: Database) {
    this.database = database;
    this.#channel = new TabChannel(database, (news) => {
      if (news.kind === 'projects') void this.refresh();
    });
  }

  static async open(database: Database): Promise<Workspace> {
    const workspace = new Workspace(database);
    await workspace.refresh();
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
    const head = await this.#stored(() => createProject(this.database, newProjectId(), name, Date.now(), sample));
    noteProjects();
    await this.#changed();
    void this.persist();
    return head;
  }

  openProject(id: ProjectId): Promise<OpenProject> {
    return OpenProject.open(this.database, id, this.jobs);
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
    const head = await this.#stored(() => duplicateProject(this.database, id, newProjectId(), name, Date.now()));
    await this.#changed();
    return head;
  }

  /** Removes a project and every chunk that nothing else names. Cannot be undone. */
  async deleteForGood(id: ProjectId): Promise<void> {
    if (await jobsRunning(this.database)) throw new Problem({ code: 'jobsRunning', details: {} });
    await this.#stored(() => removeProject(this.database, id));
    await collect(this.database);
    await this.#changed();
    await this.measureRoom();
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
    if (this.jobs.running.length > 0) return;
    await this.#stored(() => collect(this.database));
    await this.measureRoom();
  }

  async restore(file: Blob, name: string): Promise<ProjectHead> {
    const job = this.jobs.start('restore', name, Date.now(), () => undefined, () => undefined);
    try {
      const head = await this.#stored(() => restoreBackup(this.database, file, newProjectId(), Date.now(), (done, of) => (job.progress = { phase: 'restore', done, of, facts: {} })));
      await this.#changed();
      return head;
    } finally {
      this.jobs.end(job);
    }
  }

  /** Does something to a project that is not open here, under its lock. @throws Problem when another tab holds it */
  async #asWriter(id: ProjectId, work: (pen: Awaited<ReturnType<typeof takePen>>) => Promise<unknown>): Promise<void> {
    const writer = await becomeWriter(this.database, id, { lost: () => undefined });
    if (writer === undefined) throw storageProblem('fenced');
    try {
      await this.#stored(() => work(writer.pen));
    } finally {
      writer.release();
    }
    await this.#changed();
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
