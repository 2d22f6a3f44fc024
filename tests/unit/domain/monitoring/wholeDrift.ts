/** @file The drift of all columns of two small tables, as the op puts it together from the columns one by one. */

import type { Table } from '../../../../src/domain/data/table';
import { columnDrift, type ColumnDrift } from '../../../../src/domain/monitoring/columnDrift';
import { driftAlpha, judged, reasonNotCompared, type DriftReport, type UncomparedColumn } from '../../../../src/domain/monitoring/driftReport';

export function driftReport(reference: Table, current: Table, options: { readonly seed: number; readonly alpha?: number; readonly draws?: number }): DriftReport {
  const { seed, alpha = driftAlpha, draws = 200 } = options;
  const compared: ColumnDrift[] = [];
  const notCompared: UncomparedColumn[] = [];
  for (const column of reference.columns) {
    const other = current.columns.find(({ name }) => name === column.name);
    const reason = reasonNotCompared(column.type, other?.type);
    if (reason !== null) notCompared.push({ name: column.name, reason });
    else compared.push(columnDrift(column, other!, { seed, alpha, draws }));
  }
  return { seed, alpha, draws, rows: { reference: reference.rows, current: current.rows }, ...judged(compared, alpha), notCompared };
}
