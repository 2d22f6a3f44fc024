/** @file What an import would make of a file, from a sample. */

import { columnNames } from '../../../src/domain/data/import/columnNames';
import { codedType, isNumberGap, type ColumnPlan } from '../../../src/domain/data/import/columnPlan';
import type { ImportOptions, ImportPreview, ImportProblem, PreviewColumn } from '../../../src/domain/data/import/importer';
import { isNumericType, type ColumnType } from '../../../src/domain/data/table';
import { GroupBuilder } from '../../../src/domain/data/import/groupBuilder';
import { dayOrderOf } from '../../../src/domain/data/import/instant';
import type { RowReader } from './rowReader';
import { plansOf, readingOf, sampleCells } from './importTable';
import { openReader } from './openReader';
import { sheetNames } from './readSheet';

const shownRows = 20;
const shownSamples = 5;

function typeShown(plan: ColumnPlan, cells: readonly string[], distinct: number): ColumnType {
  if (plan.fixed || plan.consecutive || isNumericType(plan.type)) return plan.type;
  return codedType(
    cells.length,
    distinct,
    distinct,
    cells.reduce((longest, cell) => Math.max(longest, cell.length), 0),
  );
}

/** Cells of the sample that contradict their column's type, by column: their rows will be held back. A type that the file itself declares is not doubted. */
function misfitsIn(reader: RowReader, plans: readonly ColumnPlan[], options: ImportOptions): ImportProblem[] {
  const found = new Map<string, { cells: number; example: string }>();
  const builder = new GroupBuilder(plans, readingOf(options));
  for (const row of reader.sample) {
    if (row.length !== plans.length) continue;
    if (builder.full) builder.cut();
    if (builder.add(row, 0)) continue;
    const { column } = builder.misfit!;
    const at = plans.findIndex(({ name }) => name === column);
    const known = found.get(column);
    if (known !== undefined) known.cells++;
    else if (reader.declared?.[at] === undefined) found.set(column, { cells: 1, example: row[at]!.trim().slice(0, 60) });
  }
  return [...found].map(([column, { cells, example }]) => ({ code: 'misfits', details: { column, type: plans.find(({ name }) => name === column)!.type, cells, example } }));
}

/**
 * Columns with their types, counts of the sample and first rows. Delimited files up to 4 MiB are sampled whole, so their counts are exact.
 * @throws Refusal see `importTable`
 */
export async function previewOf(source: Blob, name: string, options: ImportOptions): Promise<ImportPreview> {
  const reader = await openReader(source, name, options);
  const { names, renamed } = columnNames(reader.headers);
  const { plans, ambiguous } = plansOf(reader, names, options);
  const { missing } = readingOf(options);
  const columns = names.map((column, at): PreviewColumn => {
    const all = sampleCells(reader.sample, at, missing);
    const cells = isNumericType(plans[at]!.type) ? all.filter((cell) => !isNumberGap(cell, missing)) : all;
    const distinct = new Set(cells);
    const order = dayOrderOf(cells);
    return { name: column, type: typeShown(plans[at]!, cells, distinct.size), order: order === 'none' ? null : order, missing: reader.sample.length - cells.length, distinct: distinct.size, samples: [...distinct].slice(0, shownSamples).map((cell) => cell.slice(0, 200)) };
  });
  const problems: ImportProblem[] = [];
  if (renamed.length > 0) problems.push({ code: 'renamedColumns', details: { count: renamed.length, first: renamed[0]!.to } });
  if (reader.raggedInSample > 0) problems.push({ code: 'raggedRows', details: { rows: reader.raggedInSample } });
  for (const column of ambiguous) problems.push({ code: 'ambiguousDates', details: { column, read: plans[names.indexOf(column)]!.type === 'date' ? 'monthFirst' : 'text' } });
  problems.push(...misfitsIn(reader, plans, options));
  const replaced = reader.sample.reduce((count, row) => count + row.filter((cell) => cell.includes('\ufffd')).length, 0);
  if (replaced > 0) problems.push({ code: 'replacedCharacters', details: { cells: replaced } });
  for (const { column } of options.types) if (!names.includes(column)) problems.push({ code: 'columnNotFound', details: { column } });
  return { options, columns, rows: reader.sample.slice(0, shownRows), problems, sheets: options.format === 'xlsx' ? await sheetNames(source) : [] };
}
