/** @file What the list of projects says of each: read off its state and its log, without opening it. */

import { taskKindIn } from './taskKindIn';
import { MissingPiece, artifactOf } from '../storage/artifacts';
import type { Database } from '../storage/database';
import { latestEventOf, projectOf } from '../storage/projects';
import { reachOf } from '../storage/reach';
import type { Json } from '../domain/canonical';
import type { Task } from '../domain/modelling/task';
import { modelNumbered, runNamed, versionInHand, type ProjectEvent, type ProjectHead, type ProjectId, type ProjectState } from '../domain/pipeline/project';

export interface BackupNote {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly bytes: number | null;
}

export interface ProjectSummary {
  readonly head: ProjectHead;
  readonly version: number | null;
  readonly rows: number | null;
  readonly champion: number | null;
  /** Name of the champion's learner. */
  readonly learner: string | null;
  /** What it predicts; null where that is not known. */
  readonly task: Task['kind'] | null;
  readonly runs: number;
  readonly question: string;
  readonly backup: BackupNote | null;
}

const noteOf = (event: ProjectEvent | undefined): BackupNote | null =>
  event === undefined ? null : { at: event.at, bytes: typeof event.detail.bytes === 'number' ? event.detail.bytes : null };

/** The latest backup that was made and read back. @param events in order of sequence */
export const lastBackup = (events: readonly ProjectEvent[]): BackupNote | null => noteOf(events.findLast((one) => one.kind === 'backedUp'));

/** A summary of a state. Pure. */
export function summaryOf(head: ProjectHead, state: ProjectState, backup: BackupNote | null): ProjectSummary {
  const version = versionInHand(state);
  const champion = modelNumbered(state, state.champion);
  return {
    head,
    version: version?.number ?? null,
    rows: version?.rows ?? null,
    champion: champion?.number ?? null,
    learner: (champion && runNamed(state, champion.run)?.plan.learner) ?? null,
    task: state.question.task,
    runs: state.runs.length,
    question: state.question.text,
    backup,
  };
}

/** What the champion predicts, from its own record; null without one, or where its bytes are gone. */
async function championTask(database: Database, state: ProjectState): Promise<Task['kind'] | null> {
  const champion = modelNumbered(state, state.champion);
  if (champion === undefined) return null;
  try {
    return taskKindIn((await artifactOf<Json>(database, champion.model)).body);
  } catch (error) {
    if (error instanceof MissingPiece) return null;
    throw error;
  }
}

/**
 * Summaries of these projects, in their order. One that was removed meanwhile is left out.
 * @param known what was read before: one whose log has not grown is not read again, and of a longer one only what is new
 */
export async function projectSummaries(database: Database, heads: readonly ProjectHead[], known: readonly ProjectSummary[] = []): Promise<readonly ProjectSummary[]> {
  const all = await Promise.all(
    heads.map(async (head) => {
      const before = known.find((summary) => summary.head.id === head.id);
      if (before?.head.sequence === head.sequence) return { ...before, head };
      const opened = await projectOf(database, head.id);
      if (opened === undefined) return undefined;
      const summary = summaryOf(opened.head, opened.state, noteOf(await latestEventOf(database, opened.head, 'backedUp', before?.head.sequence)) ?? before?.backup ?? null);
      return { ...summary, task: (await championTask(database, opened.state)) ?? summary.task };
    }),
  );
  return all.filter((summary) => summary !== undefined);
}

/** Bytes of everything that a project leads to; what two projects share counts for both. */
export async function projectBytes(database: Database, id: ProjectId): Promise<number> {
  const { artifacts } = await reachOf(database, [id]);
  const chunks = new Map<string, number>();
  for (const manifest of artifacts.values()) for (const chunk of manifest.chunks) chunks.set(chunk.hash, chunk.bytes);
  let bytes = 0;
  for (const size of chunks.values()) bytes += size;
  return bytes;
}
