/** @file What a chart shows, in our words: series, axes, targets. `chartConfiguration.ts` turns it into chart.js's. */

import type { SeriesLook } from './palette';
import type { Point } from './thinning';

export interface PlotBin {
  readonly from: number;
  readonly to: number;
  readonly height: number;
  readonly low?: number | null | undefined;
  readonly high?: number | null | undefined;
  readonly highlighted?: boolean | undefined;
}

export interface PlotSeries {
  readonly name: string;
  /** What stands at the end of the line in place of the name. */
  readonly end?: string | undefined;
  /** Second line at the end of the line, e.g. `.278 after 24 s`. */
  readonly note?: string | undefined;
  readonly look: SeriesLook;
  /** In ascending x for lines. */
  readonly points: readonly Point[];
  /** Interval per point, same order as `points`. */
  readonly low?: readonly (number | null)[] | undefined;
  readonly high?: readonly (number | null)[] | undefined;
  /** `line`: joined, intervals as a band. `points`: dots, intervals as whiskers. `bins`: bars. `outline`: a stepped outline over bars. */
  readonly kind: 'line' | 'points' | 'bins' | 'outline';
  readonly bins?: readonly PlotBin[] | undefined;
  /** Index of the point that is marked with a dot, e.g. the round that was kept. */
  readonly keptIndex?: number | undefined;
  /** Thin and pale: a companion of another series. Not named at its end. */
  readonly faint?: boolean | undefined;
  /** Dots on the line. */
  readonly dotted?: boolean | undefined;
  /** Radius of each dot, px. */
  readonly radius?: number | undefined;
}

export interface PlotAxis {
  /** With its unit. */
  readonly title: string;
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  readonly style?: 'plain' | 'proportion' | undefined;
  readonly logarithmic?: boolean | undefined;
  /** Only whole ticks: rounds, weeks. */
  readonly whole?: boolean | undefined;
}

export interface PlotLine {
  /** A horizontal line at y, a vertical at x, or one between two points. */
  readonly y?: number | undefined;
  readonly x?: number | undefined;
  readonly through?: readonly [Point, Point] | undefined;
  readonly text?: string | undefined;
  /** A promise is gold. A reference (chance, zero) is ink and dashed. */
  readonly kind: 'promise' | 'reference';
}

export interface Plot {
  readonly series: readonly PlotSeries[];
  readonly x: PlotAxis;
  readonly y: PlotAxis;
  readonly lines?: readonly PlotLine[] | undefined;
  /** Words set into the plot beside a point of it. */
  readonly notes?: readonly {
    readonly x: number;
    readonly y: number;
    readonly text: string;
    readonly small?: string | undefined;
    /** Centred above the point; else to its right. */ readonly above?: boolean;
  }[];
}
