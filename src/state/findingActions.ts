/** @file What can be done about a finding in one step, as values that a view turns into buttons. */

import { mostCells, type Replacement } from './dataEdits';
import type { Finding } from '../domain/data/findings/check';
import type { ColumnProfile } from '../domain/data/profile';
import type { Question } from '../domain/pipeline/project';
import type { Condition } from '../domain/scoping/criterion';

export type FindingAction =
  | { readonly kind: 'exclude'; readonly column: string }
  | { readonly kind: 'drop'; readonly column: string }
  | { readonly kind: 'replace'; readonly column: string; readonly replacements: readonly Replacement[]; readonly rows: number; readonly tooMany: boolean }
  | { readonly kind: 'rows'; readonly conditions: readonly Condition[] }
  | { readonly kind: 'column'; readonly column: string };

const folded = (text: string): string => text.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();

/** Each group of spellings with the commonest as the one to keep; of equals the first. */
export function mergesOf(spellings: readonly string[], profile: ColumnProfile | undefined): readonly Replacement[] {
  const rows = new Map(profile?.texts?.top.map((value) => [value.text, value.rows]) ?? []);
  const groups = new Map<string, string[]>();
  for (const text of spellings) {
    const key = folded(text);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [text]);
    else group.push(text);
  }
  return [...groups.values()]
    .filter((group) => group.length > 1)
    .map((group) => {
      const to = group.reduce((best, text) => ((rows.get(text) ?? 0) > (rows.get(best) ?? 0) ? text : best));
      return { from: group.filter((text) => text !== to), to };
    });
}

const isValue = (finding: Finding): readonly Condition[] =>
  finding.values?.[0] === undefined || finding.columns[0] === undefined ? [] : [{ column: finding.columns[0], operator: '=', value: finding.values[0] }];

/**
 * The actions that suit a finding, the advised one first. What cannot be done by one step has none.
 * @param profiles of the same version
 */
export function actionsFor(finding: Finding, profiles: readonly ColumnProfile[], question: Question): readonly FindingAction[] {
  const column = finding.columns.at(-1);
  const rows = finding.rows ?? 0;
  const conditions = isValue(finding);
  const see: readonly FindingAction[] = conditions.length > 0 ? [{ kind: 'rows', conditions }] : [];
  if (column === undefined) return [];
  const away: readonly FindingAction[] = column === question.target ? [] : [{ kind: 'exclude', column }, { kind: 'drop', column }];
  switch (finding.suggestion) {
    case 'leaveOutOfModel':
    case 'keepOne':
      return away;
    case 'dropColumn':
      return [...away].reverse();
    case 'fillOrDrop':
      return [...away, { kind: 'column', column }];
    case 'markMissing':
      return [{ kind: 'replace', column, replacements: [{ from: finding.values ?? [], to: null }], rows, tooMany: rows > mostCells }, ...see];
    case 'mergeSpellings': {
      const replacements = mergesOf(finding.values ?? [], profiles.find(({ name }) => name === column));
      return [{ kind: 'replace', column, replacements, rows, tooMany: rows > mostCells }, ...see];
    }
    case 'markCapped':
    case 'weighClasses':
    case 'collectMore':
      return see;
    case 'groupRare':
      return [{ kind: 'column', column }];
    default:
      return [];
  }
}

/** Whether what the finding asks for is done already: its column, or one of two alike, is left out of models. */
export const isDone = (finding: Finding, question: Question): boolean =>
  ['leaveOutOfModel', 'keepOne', 'dropColumn', 'fillOrDrop'].includes(finding.suggestion) && finding.columns.some((column) => question.exclude.includes(column));
