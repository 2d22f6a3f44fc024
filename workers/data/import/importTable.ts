/** @file Imports a file: rows into row groups for a sink, with types proved over the whole file and everything that does not fit in quarantine. */

import { Refusal } from '../../../src/domain/refusal';
import { columnNames } from '../../../src/domain/data/import/columnNames';
import { columnPlan, widened, type ColumnPlan, type Reading } from '../../../src/domain/data/import/columnPlan';
import { GroupBuilder } from '../../../src/domain/data/import/groupBuilder';
import type { ImportHooks, ImportOptions, ImportSink, ImportSummary } from '../../../src/domain/data/import/importer';
import { Quarantine } from '../../../src/domain/data/import/quarantine';
import { openReader } from './openReader';
import type { RowBatch, RowReader } from './rowReader';

/** Passes over the file at most. Each pass but the last may widen columns; before the last, every column with a contradiction is widened. */
const passLimit = 4;

export const readingOf = (options: ImportOptions): Reading => ({ decimal: options.format === 'csv' ? options.decimal : '.', missing: new Set(options.missing.map((word) => word.trim())) });

/** Values of one column of a sample, trimmed, the missing left out. */
export const sampleCells = (sample: readonly (readonly string[])[], at: number, missing: ReadonlySet<string>): string[] => {
  const cells: string[] = [];
  for (const row of sample) {
    const cell = (row[at] ?? '').trim();
    if (cell !== '' && !missing.has(cell)) cells.push(cell);
  }
  return cells;
};

/** Plans for all columns: what the user says, else what the file declares, else what the sample shows. */
export function plansOf(reader: RowReader, names: readonly string[], options: ImportOptions): { plans: ColumnPlan[]; ambiguous: string[] } {
  const { decimal, missing } = readingOf(options);
  const wanted = new Map(options.types.map((one) => [one.column, one]));
  const ambiguous: string[] = [];
  const plans = names.map((name, at) => {
    const { plan, ambiguousDates } = columnPlan(name, sampleCells(reader.sample, at, missing), decimal, wanted.get(name)?.type, wanted.get(name)?.order);
    const declared = reader.declared?.[at];
    if (declared !== undefined && !plan.fixed) return { ...plan, type: declared, tolerance: 0, consecutive: false, blind: false };
    if (ambiguousDates) ambiguous.push(name);
    return plan;
  });
  return { plans, ambiguous };
}

interface Pass {
  readonly builder: GroupBuilder;
  readonly quarantine: Quarantine;
  readonly rows: number;
  /** Positions of columns to be widened before the next pass. */
  readonly contradicted: readonly number[];
}

async function onePass(reader: RowReader, plans: readonly ColumnPlan[], options: ImportOptions, pass: number, source: Blob, sink: ImportSink, hooks: ImportHooks): Promise<Pass> {
  const builder = new GroupBuilder(plans, readingOf(options));
  const quarantine = new Quarantine();
  const width = plans.length;
  const mayWiden = pass < passLimit;
  const toWiden = (): number[] => {
    const found = mayWiden ? builder.contradicted(false) : [];
    return found.length > 0 && pass === passLimit - 1 ? builder.contradicted(true) : found;
  };
  let rows = 0;
  const take = async (batch: RowBatch): Promise<number[]> => {
    for (let index = 0; index < batch.rows.length; index += 1) {
      const row = batch.rows[index];
      const line = batch.lines[index]!;
      if (!row) quarantine.add(line, { reason: 'malformedQuotes' }, batch.raw(index));
      else if (row.length !== width) quarantine.add(line, { reason: row.length < width ? 'tooFewFields' : 'tooManyFields', found: row.length, expected: width }, batch.raw(index));
      else if (!builder.add(row, line)) quarantine.add(line, builder.misfit!, batch.raw(index));
      else if (builder.full) {
        const contradicted = toWiden();
        if (contradicted.length > 0) return contradicted;
        const { table, lines } = builder.cut();
        rows += table.rows;
        await sink.group(table, lines);
      }
    }
    return [];
  };
  for await (const step of reader.read(plans)) {
    if (step.kind === 'lost') quarantine.add(step.line, { reason: step.reason }, step.text, step.length);
    else if (step.kind === 'read') {
      hooks.progress(step.bytes, source.size, rows + builder.rows);
      await hooks.breathe();
      if (hooks.stopped()) throw new Refusal('importStopped', { rows: rows + builder.rows });
    } else {
      const contradicted = await take(step);
      if (contradicted.length > 0) return { builder, quarantine, rows, contradicted };
    }
  }
  return { builder, quarantine, rows, contradicted: toWiden() };
}

/**
 * Reads `source` into row groups. The same bytes and options give the same groups, byte for byte.
 *
 * Types are taken from a sample and proved in one pass. A row with a cell that contradicts its column's type goes to quarantine. If more than one
 * cell in ten of a column contradicts (judged at each full group and at the end), the column is widened to text, `sink.restart` is called and
 * the file is read again, at most three times. Integers become numbers at the first fraction, and strings become categories, identifiers or text by
 * their counts, without reading again.
 * @param name the file's name, for the refusals
 * @throws Refusal emptyFile, headerOnly, binaryFile, noRowsLeft, tooManyColumns, encodingUnknown, unusableDelimiter, unreadableParquet,
 *   unreadableSheet, unreadableJson, sheetTooLarge, jsonTooLarge, unsupportedFormat, importStopped
 */
export async function importTable(source: Blob, name: string, options: ImportOptions, sink: ImportSink, hooks: ImportHooks): Promise<ImportSummary> {
  const reader = await openReader(source, name, options);
  const { decimal } = readingOf(options);
  const { names, renamed } = columnNames(reader.headers);
  let { plans } = plansOf(reader, names, options);
  for (let pass = 1; ; pass += 1) {
    if (pass > 1) await sink.restart();
    const { builder, quarantine, rows, contradicted } = await onePass(reader, plans, options, pass, source, sink, hooks);
    if (pass < passLimit) {
      const misjudged = contradicted.length > 0 ? [] : builder.misjudged();
      const changed = new Map<number, ColumnPlan>(contradicted.map((at) => [at, widened(plans[at]!)]));
      for (const { at, seen } of misjudged) {
        const better = seen.length === 0 ? widened(plans[at]!) : { ...columnPlan(names[at]!, seen, decimal).plan, blind: false };
        if (better.type !== 'text') changed.set(at, better);
      }
      if (changed.size > 0) {
        plans = plans.map((plan, at) => changed.get(at) ?? plan);
        continue;
      }
    }
    const total = rows + builder.rows;
    if (total === 0) {
      const worst = quarantine.commonest();
      if (!worst) throw new Refusal('headerOnly', { file: name, columns: names.length });
      throw new Refusal('noRowsLeft', { file: name, quarantined: quarantine.count, reason: worst.reason, ...(worst.column === undefined ? {} : { column: worst.column }), ...(worst.line === undefined ? {} : { line: worst.line }) });
    }
    if (builder.rows > 0) {
      const { table, lines } = builder.cut();
      await sink.group(table, lines);
    }
    hooks.progress(source.size, source.size, total);
    return {
      rows: total,
      columns: builder.schema(),
      quarantined: quarantine.rows,
      quarantinedCount: quarantine.count,
      renamed,
      replacedCharacters: reader.replacedCharacters,
    };
  }
}
