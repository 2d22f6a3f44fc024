/** @file Drift as a page shows it: verdicts, bins as words, histograms with finite ends. */

import { figure } from '../controls/figure';
import type { MarkState } from '../controls/markState';
import { words } from '../../words/words';
import type { ColumnType } from '../../domain/data/table';
import { wilson } from '../../domain/modelling/wilson';
import type { DriftBin } from '../../domain/monitoring/driftHistogram';
import type { ColumnDrift } from '../../domain/monitoring/columnDrift';
import type { DriftedColumn } from '../../domain/monitoring/driftReport';

const w = words.monitoring;

export interface ColumnVerdict {
  readonly mark: MarkState;
  readonly text: string;
}

/** Moved: both questions say so. Watch: one of them. Same: neither. */
export function columnVerdict(column: Pick<DriftedColumn, 'drifted' | 'beyond' | 'adjustedP'>, alpha: number): ColumnVerdict {
  if (column.drifted) return { mark: 'failed', text: w.verdictMoved };
  if (column.beyond || column.adjustedP < alpha) return { mark: 'open', text: w.verdictWatch };
  return { mark: 'evidence', text: w.verdictSame };
}

const percent = (share: number): string => figure(share, { style: 'percent' });

/** A value of a numeric column as text: dates as days. */
export const valueText = (value: number, type: ColumnType): string => (type === 'date' ? w.dayShort(value) : figure(value));

/** What a bin holds, in words. */
export function binText(bin: DriftBin, type: ColumnType): string {
  switch (bin.kind) {
    case 'range':
      if (type === 'date' && bin.low !== null && bin.high !== null) return w.dayRange(bin.low, bin.high);
      return w.bin(bin.low === null ? null : valueText(bin.low, type), bin.high === null ? null : valueText(bin.high, type));
    case 'value':
      return valueText(bin.value, type);
    case 'category':
      return type === 'boolean' ? (bin.name === 'true' ? w.trueWord : w.falseWord) : bin.name;
    case 'other':
      return w.otherCategories(bin.categories);
    case 'missing':
      return words.charts.missing;
  }
}

/** What moved most, as "winter: 24.8 % → 19.1 %". */
export function movedText(column: ColumnDrift): string {
  const { missing, moved } = column;
  const missingChange = Math.abs(missing.current - missing.reference);
  if (
    column.test === 'ks' &&
    missing.distance !== null &&
    missing.threshold !== null &&
    missing.distance > missing.threshold &&
    missingChange > Math.abs((moved?.current ?? 0) - (moved?.reference ?? 0))
  ) {
    return w.missingMoved(percent(missing.reference), percent(missing.current));
  }
  return moved === null ? w.littleChange : w.movedBin(binText(moved, column.type), percent(moved.reference), percent(moved.current));
}

/** p as text: never a bare 0. */
export const pText = (p: number): string => (p < 0.001 ? '< .001' : p > 0.999 ? '> .999' : figure(p, { style: 'proportion' }));

/** A bin as `Histogram` takes it: shares from 0 to 1. */
interface FiniteBin {
  readonly from: number;
  readonly to: number;
  readonly share: number;
  readonly low: number | null;
  readonly high: number | null;
}

export interface FiniteHistogram {
  readonly reference: readonly FiniteBin[];
  /** With a 95 % interval a bin. */
  readonly current: readonly FiniteBin[];
  /** Width of a bin, null where bins differ. */
  readonly width: number | null;
  /** The bin that moved most. */
  readonly highlight: number;
}

/**
 * Ranges with the open ends closed at one more width; undefined where the bins are not ranges.
 * @param m values of the batch
 */
export function finiteHistogram(bins: readonly DriftBin[], m: number): FiniteHistogram | undefined {
  const ranges = bins.filter((bin) => bin.kind === 'range');
  if (ranges.length < 3 || ranges.length !== bins.length) return undefined;
  const widths = ranges.flatMap(({ low, high }) => (low === null || high === null ? [] : [high - low]));
  const same = widths.every((width) => Math.abs(width - widths[0]!) <= widths[0]! * 1e-6);
  const ends = ranges.map(({ low, high }): readonly [number, number] => {
    if (low === null) return [high! - widths[0]!, high!];
    if (high === null) return [low, low + widths.at(-1)!];
    return [low, high];
  });
  const made = (side: 'reference' | 'current'): FiniteBin[] =>
    ranges.map((bin, i) => {
      const interval = side === 'current' ? wilson(Math.round(bin.current * m), m) : null;
      return { from: ends[i]![0], to: ends[i]![1], share: bin[side], low: interval?.low ?? null, high: interval?.high ?? null };
    });
  let highlight = 0;
  ranges.forEach((bin, i) => {
    if (Math.abs(bin.current - bin.reference) > Math.abs(ranges[highlight]!.current - ranges[highlight]!.reference)) highlight = i;
  });
  return { reference: made('reference'), current: made('current'), width: same ? widths[0]! : null, highlight };
}
