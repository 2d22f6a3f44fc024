/** @file The entry without a view: what `npm run lifecycle` drives. The same state, workers and storage as the buttons. */

import { importFile, readFile } from './state/data';
import { lifecycle, type LifecycleRequest } from './state/lifecycle';
import { previewFile } from './state/preview';
import { Problem, storageProblem } from './state/problem';
import { OpenProject } from './state/project.svelte';
import { crossValidationSeconds } from './state/foldsMeasured';
import { workerUse } from './state/workerUse.svelte';
import type { WorkerShare } from './domain/workersAllowed';
import { faultsIn, type Fault } from './storage/check';
import { Database, StorageError } from './storage/database';
import { createProject, projectHeads } from './storage/projects';
import { words } from './words/words';

interface Asks extends LifecycleRequest {
  readonly hasBatch: boolean;
}

declare global {
  /** Set by the command that drives the page. */
  function perennialProgress(line: string): Promise<void>;
  function perennialFile(path: string, base64: string, append: boolean): Promise<void>;
  var perennial: {
    lifecycle(asks: Asks): Promise<unknown>;
    /** Re-hashes the whole store: what is wrong with it, for the journeys that kill the browser. */
    check(): Promise<readonly Fault[]>;
    /** The command's project, open in this page. */
    open(): Promise<OpenProject>;
    /** Imports the data file alone, for the bench: seconds, rows and the longest main-thread task. */
    measureImport(): Promise<{ readonly seconds: number; readonly rows: number; readonly longestTaskMs: number }>;
    /** Seconds of a cross-validation of the data file under each share of the device in turn, for the bench; and whether each gave the same. */
    measureFolds(target: string, folds: number, shares: readonly WorkerShare[]): Promise<{ readonly seconds: readonly number[]; readonly workers: readonly number[]; readonly alike: boolean }>;
  };
}

/** Bytes handed over at a time. */
const pieceBytes = 3 * 1024 * 1024;

function base64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(text);
}

async function write(path: string, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at === 0 || at < bytes.length; at += pieceBytes) await perennialFile(path, base64(bytes.subarray(at, at + pieceBytes)), at > 0);
}

const tell = (line: string): void => void globalThis.perennialProgress?.(line);

/** The project of the command, kept between runs in one profile, so that the second finds what the first computed. */
async function commandProject(database: Database): Promise<OpenProject> {
  const name = 'Headless';
  const known = (await projectHeads(database)).find((head) => head.name === name);
  const head = known ?? (await createProject(database, `project:${crypto.randomUUID()}`, name, Date.now()));
  return OpenProject.open(database, head.id);
}

export function startHeadless(place: HTMLElement): void {
  const [data, batch] = ['data', 'batch'].map((id) => {
    const input = document.createElement('input');
    input.type = 'file';
    input.id = id;
    input.setAttribute('aria-label', id);
    return place.appendChild(input);
  });
  globalThis.perennial = {
    async check() {
      const database = new Database();
      try {
        return await faultsIn(database, 'full');
      } finally {
        await database.close();
      }
    },
    open: () => commandProject(new Database()),
    async measureImport() {
      const database = new Database();
      const project = await commandProject(database);
      const file = data!.files![0]!;
      let longestTaskMs = 0;
      const observer = new PerformanceObserver((list) => list.getEntries().forEach((entry) => (longestTaskMs = Math.max(longestTaskMs, entry.duration))));
      observer.observe({ type: 'longtask' });
      const { options } = await previewFile(project, file, file.name, {});
      const started = performance.now();
      const asked = await readFile(project, { file, name: file.name, options, target: null, group: null });
      const seconds = (performance.now() - started) / 1000;
      observer.disconnect();
      await project.close();
      await database.close();
      return { seconds, rows: Number(asked.measured.rows ?? 0), longestTaskMs };
    },
    async measureFolds(target, folds, shares) {
      const database = new Database();
      const project = await commandProject(database);
      const file = data!.files![0]!;
      const { options } = await previewFile(project, file, file.name, {});
      await importFile(project, { file, name: file.name, options, target, group: null }, file.name);
      const seconds: number[] = [];
      const outputs = new Set<string>();
      for (const share of shares) {
        workerUse.share = share;
        const measured = await crossValidationSeconds(project, target, folds);
        seconds.push(measured.seconds);
        outputs.add(measured.output);
      }
      workerUse.share = 'all';
      await project.close();
      await database.close();
      return { seconds, workers: shares.map((share) => workerUse.workersOf(share)), alike: outputs.size === 1 };
    },
    async lifecycle(asks) {
      const database = new Database();
      let project: OpenProject | undefined;
      try {
        project = await commandProject(database);
        const file = data!.files?.[0];
        if (file === undefined) throw new TypeError('no data file was given');
        const other = asks.hasBatch ? batch!.files?.[0] : undefined;
        const { report, gateFailed } = await lifecycle(
          project,
          asks,
          { data: { file, name: file.name }, batch: other === undefined ? null : { file: other, name: other.name } },
          { tell, write, reason: words.reasons, problem: words.problem, found: ({ code, details }) => words.data.import.problem(code, details) },
        );
        return { kind: 'done', report, gateFailed };
      } catch (error) {
        if (error instanceof Problem) return { kind: 'refused', sentence: words.problem(error.refusal) };
        if (error instanceof StorageError) return { kind: 'refused', sentence: words.problem(storageProblem(error.problem).refusal) };
        throw error;
      } finally {
        // Refused or not: a pen that is kept makes the next call a follower.
        await project?.close();
        await database.close();
      }
    },
  };
}
