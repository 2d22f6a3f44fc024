/** @file What can be read: the files that a chooser offers, and how their text may be written. The same wherever a file is handed in. */

import type { ImportPreview } from '../../domain/data/import/importer';

/** For a file input. */
export const acceptedTables = '.csv,.tsv,.txt,.json,.jsonl,.ndjson,.parquet,.xlsx,.xlsm';
export const acceptedBackups = '.zip';

export const delimiters: readonly string[] = [',', ';', '\t', '|', ' '];
export const encodings: readonly string[] = [
  'utf-8', 'windows-1252', 'iso-8859-2', 'iso-8859-15', 'windows-1250', 'windows-1251', 'macintosh', 'utf-16le', 'utf-16be', 'shift_jis', 'euc-kr', 'gb18030', 'big5',
];

/** Choices of a list, with the one in force even where the list lacks it. */
export const choicesOf = (list: readonly string[], own: string, names: Readonly<Record<string, string>> = {}): readonly { readonly value: string; readonly text: string }[] =>
  (list.includes(own) ? list : [...list, own]).map((value) => ({ value, text: names[value] ?? value }));

/** What was found at a look at a batch. That it lacks the true answers is no problem. */
export const problemsBut = (preview: ImportPreview | undefined, target: string | null): ImportPreview['problems'] =>
  preview?.problems.filter((problem) => !(problem.code === 'columnNotFound' && problem.details.column === target)) ?? [];
