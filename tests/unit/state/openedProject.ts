/** @file A real open project for unit tests, whose steps are performed in this process. Mock `jobs/steps` and `jobs/sources` as the tests that use it do. */

import { vi } from 'vitest';
import { detectOptions } from '../../../workers/data/import/detectOptions';
import { importFile } from '../../../src/state/data';
import { OpenProject } from '../../../src/state/project.svelte';
import type { ProjectId } from '../../../src/domain/pipeline/project';
import { Database } from '../../../src/storage/database';
import { createProject } from '../../../src/storage/projects';
import { Locks, MemoryStorage } from './inProcess';

let next = 1;

/** Ninety rows with two classes and two numbers. */
export const ninetyRows = (): File => new File([`a,b,y\n${Array.from({ length: 90 }, (_, i) => `${i},${(i * 7) % 13},${i % 3 ? 'no' : 'yes'}`).join('\n')}\n`], 'rows.csv');

/** A project in a database of its own, with a table in hand. Stubs what a page has: unstub it when the test is over. */
export async function openedProject(file = ninetyRows()): Promise<OpenProject> {
  vi.stubGlobal('navigator', { locks: new Locks() });
  vi.stubGlobal('localStorage', new MemoryStorage());
  const id: ProjectId = `project:opened-${next}`;
  const database = new Database(`opened-${next++}`);
  await createProject(database, id, 'A test', 1_000);
  const project = await OpenProject.open(database, id);
  await importFile(project, { file, name: file.name, options: await detectOptions(file, file.name), target: 'y', group: null }, file.name);
  return project;
}
