/** @file A project made from a sample: the question as its documentation poses it, and its data. */

import { importFile } from './data';
import { previewFile } from './preview';
import { Problem } from './problem';
import { sampleFile } from './samples';
import type { Workspace } from './workspace.svelte';
import type { Sample } from '../domain/data/samples';
import { emptyState, type ProjectHead, type Question } from '../domain/pipeline/project';

/** The question that a sample comes with. @param text as it reads on the page */
export const sampleQuestion = ({ target, task, positive, group, time, exclude }: Sample, text: string): Question => ({
  ...emptyState.question,
  text,
  target,
  task,
  positive,
  group,
  time,
  exclude,
});

/**
 * Makes a project of a sample: asks its question, then imports its data with what is found out about the file.
 * A project whose data could not be had is put into the bin again.
 * @throws Problem sampleMissing, storage…
 */
export async function openSample(workspace: Workspace, sample: Sample, name: string, text: string): Promise<ProjectHead> {
  const data = sample.files.find((file) => file.role === 'data');
  if (data === undefined) throw new TypeError(`the sample ${sample.id} has no data`);
  // Before anything is made: a sample that cannot be had leaves no empty project behind.
  const file = await sampleFile(data.path);
  const head = await workspace.create(name, sample.id);
  const project = await workspace.openProject(head.id);
  try {
    const question = sampleQuestion(sample, text);
    await project.move('questionChanged', { text, target: question.target }, (state) => ({ ...state, question }));
    const { options } = await previewFile(project, file, data.name, {});
    await importFile(project, { file, name: data.name, options, target: sample.target, group: sample.group }, data.name);
  } catch (error) {
    await workspace.closeProject(project);
    await workspace.putInBin(head.id).catch((second: unknown) => {
      // The store that failed first may fail again; what is told is why.
      if (!(second instanceof Problem)) throw second;
    });
    throw error;
  }
  await workspace.closeProject(project);
  await workspace.refresh();
  return head;
}
