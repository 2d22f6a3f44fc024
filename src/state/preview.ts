/** @file Looking at a file before it is imported. Nothing is kept. */

import { previewOf } from '../jobs/sources';
import type { OpenProject } from './project.svelte';
import { Problem } from './problem';
import type { ImportOptions, ImportPreview } from '../domain/data/import/importer';

/** What was detected of files that are looked at again and again while the options change. */
const detected = new WeakMap<Blob, Partial<ImportOptions>>();

/** What the file looks like under the options given; absent ones are detected. @throws Problem when it cannot be read */
export async function previewFile(project: Pick<OpenProject, 'jobs'>, file: Blob, name: string, options: Partial<ImportOptions>): Promise<ImportPreview> {
  const job = project.jobs.start('preview', name, Date.now(), () => undefined, () => undefined);
  try {
    const preview = await previewOf(file, name, { ...detected.get(file), ...options });
    if (preview.kind === 'refused') throw new Problem(preview.refusal);
    const found = Object.entries(preview.preview.options).filter(([option]) => !(option in options));
    detected.set(file, { ...detected.get(file), ...(Object.fromEntries(found) as Partial<ImportOptions>) });
    return preview.preview;
  } finally {
    project.jobs.end(job);
  }
}
