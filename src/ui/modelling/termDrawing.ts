/** @file From the shape of a term to points and rows that the charts take. Says bins in words; draws nothing. */

import type { Curve as TermCurve, ShapeAxis, TermShape } from '../../domain/modelling/termShapes';
import type { TermFeature } from '../../state/modelTerms';
import { words } from '../../words/words';
import { figure } from '../controls/figure';

const w = words.modelling;

/** The name of a term: its column, or both columns of a pair. */
export const termName = ({ axes }: Pick<TermShape, 'axes'>, features: readonly TermFeature[]): string => axes.map(({ feature }) => features[feature]?.name ?? '').join(' × ');

/** The category '' is what imputing makes of a cell without an answer. */
const categoryName = (category: string): string => (category === '' ? words.charts.missing : category);

/** Number of bins along an axis. */
export const binsOf = ({ edges, codes }: ShapeAxis): number => (edges === null ? (codes?.length ?? 0) : edges.length + 1);

/** What stands for a bin in a table: its categories, or from where to where. */
export function binName({ edges, codes, feature }: ShapeAxis, bin: number, features: readonly TermFeature[]): string {
  if (edges === null) return (codes?.[bin] ?? []).map((code) => categoryName(features[feature]?.categories?.[code] ?? String(code))).join(', ');
  return w.binName(bin > 0 ? figure(edges[bin - 1]) : null, bin < edges.length ? figure(edges[bin]) : null);
}

/** Steps over a number: each bin from border to border, the outer ones a twentieth of the range beyond. */
export interface Steps {
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly low: readonly number[];
  readonly high: readonly number[];
}

export function stepsOf({ edges }: ShapeAxis, { scores, deviations }: TermCurve): Steps {
  const borders = edges ?? new Float32Array(0);
  const from = borders[0] ?? 0;
  const to = borders[borders.length - 1] ?? 0;
  const beyond = to > from ? (to - from) / 20 : Math.max(Math.abs(from) / 20, 1);
  const bins = Array.from(scores.keys());
  const twice = (value: (bin: number) => number): number[] => bins.flatMap((bin) => [value(bin), value(bin)]);
  return {
    x: bins.flatMap((bin) => [bin === 0 ? from - beyond : borders[bin - 1]!, bin === borders.length ? to + beyond : borders[bin]!]),
    y: twice((bin) => scores[bin]!),
    low: twice((bin) => scores[bin]! - deviations[bin]!),
    high: twice((bin) => scores[bin]! + deviations[bin]!),
  };
}

export interface BinRow {
  readonly name: string;
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly n: number;
}

/** Rows of a table: the cells that say most to most rows, the strongest first, with what is missing among them. */
export function binRows({ axes, curves, counts, missing }: TermShape, output: number, features: readonly TermFeature[], most: number): BinRow[] {
  const { scores, deviations } = curves[output]!;
  const across = axes[1] ? binsOf(axes[1]) : 1;
  const row = (name: string, value: number, deviation: number, n: number): BinRow => ({ name, value, low: value - deviation, high: value + deviation, n });
  const rows = Array.from(scores, (value, cell) => {
    const first = binName(axes[0]!, Math.floor(cell / across), features);
    return row(axes[1] ? `${first} × ${binName(axes[1], cell % across, features)}` : first, value, deviations[cell]!, counts[cell]!);
  });
  if (missing) rows.push(row(words.charts.missing, missing.scores[output]!, missing.deviations[output]!, missing.count));
  return rows
    .filter(({ n }) => n > 0)
    .sort((a, b) => b.n * Math.abs(b.value) - a.n * Math.abs(a.value))
    .slice(0, most);
}

/** Decimals that give the largest of these values three figures, so that a column of them lines up. */
export function sharedDigits(values: readonly number[]): number {
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return largest > 0 ? Math.min(6, Math.max(0, 2 - Math.floor(Math.log10(largest)))) : 0;
}
