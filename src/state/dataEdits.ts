/** @file Changes of the data that a person makes: each a new version, with what the question says following the names. */

import { askQuestion, demandVersion, makeVersion } from './data';
import { Problem } from './problem';
import type { OpenProject } from './project.svelte';
import { rowsOf } from './rows';
import type { Json } from '../domain/canonical';
import type { Edit } from '../domain/data/edit';
import type { ProjectState, Question } from '../domain/pipeline/project';
import type { Condition, Criterion } from '../domain/scoping/criterion';

/** Makes a version by edits, applied in order. @param also what follows in the same move @returns whether anything changed */
export async function editData(project: OpenProject, edits: readonly Edit[], message: string, also?: (state: ProjectState) => ProjectState): Promise<boolean> {
  const before = project.state.inHand;
  await makeVersion(project, 'edit', { edits } as unknown as Json, {}, message, also);
  return project.state.inHand !== before;
}

/** The question with a column's new name in every place of the old one; the very same when it is not mentioned. */
export function questionRenamed(question: Question, from: string, to: string): Partial<Question> | null {
  const changed: { -readonly [Field in keyof Question]?: Question[Field] } = {};
  for (const field of ['target', 'group', 'time'] as const) if (question[field] === from) changed[field] = to;
  if (question.exclude.includes(from)) changed.exclude = question.exclude.map((name) => (name === from ? to : name));
  return Object.keys(changed).length === 0 ? null : changed;
}

/** Criteria with a column's new name in every slice that has the old one. */
export const criteriaRenamed = (criteria: readonly Criterion[], from: string, to: string): readonly Criterion[] =>
  criteria.map((criterion) => ({ ...criterion, slice: criterion.slice.map((condition) => (condition.column === from ? { ...condition, column: to } : condition)) }));

/** Renames a column. The question and the criteria follow in the same move: one undo takes everything back. */
export const renameColumn = (project: OpenProject, from: string, to: string, message: string): Promise<boolean> =>
  editData(project, [{ op: 'renameColumn', from, to }], message, (state) => ({
    ...state,
    question: { ...state.question, ...questionRenamed(state.question, from, to) },
    criteria: criteriaRenamed(state.criteria, from, to),
  }));

/** Leaves a column out of models, or takes it in again. The data keep it. */
export function excludeColumn(project: OpenProject, column: string, out: boolean): Promise<void> {
  const { exclude } = project.state.question;
  return askQuestion(project, { exclude: out ? [...new Set([...exclude, column])] : exclude.filter((name) => name !== column) });
}

/** Most cells that are set one by one; above it a new import with other words for missing is the way. */
export const mostCells = 5_000;

export interface Replacement {
  readonly from: readonly string[];
  /** null: a missing value. */
  readonly to: string | null;
}

/**
 * Sets the cells of a column that hold one of `from` to `to`, for each replacement.
 * @throws Problem tooManyCells {cells, limit}
 */
export async function replaceValues(project: OpenProject, column: string, replacements: readonly Replacement[], message: string): Promise<boolean> {
  const { table } = demandVersion(project.state);
  const edits: Edit[] = [];
  for (const { from, to } of replacements) {
    for (const value of from.filter((text) => text !== to)) {
      const conditions: readonly Condition[] = [{ column, operator: '=', value }];
      const rows = await rowsOf(project, table, { kind: 'slice', conditions }, 0, mostCells + 1 - edits.length);
      for (const { key, row } of rows) edits.push({ op: 'setCell', key, column, value: to, row });
      if (edits.length > mostCells) throw new Problem({ code: 'tooManyCells', details: { cells: edits.length, limit: mostCells } });
    }
  }
  return editData(project, edits, message);
}
