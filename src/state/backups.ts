/** @file A backup in the user's hands: written, read back, saved as a file, and noted in the log. */

import { Problem } from './problem';
import type { OpenProject } from './project.svelte';
import { saveBlob } from './rows';
import type { Workspace } from './workspace.svelte';
import type { ProjectHead } from '../domain/pipeline/project';

/** A file name that every system takes: letters, digits and dashes, with the day. @param at milliseconds since 1970 */
export function backupName(project: string, at: number): string {
  const name = project
    .normalize('NFKC')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 80);
  return `${name === '' ? 'project' : name}-${new Date(at).toISOString().slice(0, 10)}.perennial.zip`;
}

export interface BackedUp {
  readonly name: string;
  readonly bytes: number;
}

/**
 * Backs a project up and hands the file to the browser. It was read back before it is saved.
 * @param open the project, when it is open here: then its own pen notes it
 */
export async function backUp(workspace: Workspace, head: ProjectHead, open: OpenProject | null = null): Promise<BackedUp> {
  const blob = await workspace.backup(head.id);
  const name = backupName(head.name, Date.now());
  saveBlob(blob, name);
  const detail = { bytes: blob.size };
  // Another tab may hold the pen: the backup is good all the same, it is only not noted.
  if (open === null)
    await workspace.noteBackup(head.id, detail).catch((error: unknown) => {
      if (!(error instanceof Problem && error.refusal.code === 'storageFenced')) throw error;
    });
  else if (open.writable) await open.remark('backedUp', detail);
  return { name, bytes: blob.size };
}
