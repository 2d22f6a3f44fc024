/** @file From a plot and the theme to a chart.js configuration. The only place that knows chart.js's options. */

import {
  Chart,
  LinearScale,
  LineController,
  LineElement,
  LogarithmicScale,
  PointElement,
  Tooltip,
  type ChartConfiguration,
  type ScaleOptionsByType,
} from 'chart.js';
import { color } from 'chart.js/helpers';
import annotation, { type AnnotationOptions } from 'chartjs-plugin-annotation';
import type { ChartTheme } from './chartTheme.svelte';
import type { PlotAxis, PlotLine } from './plot';
import { endOf, fontOf, hueOf, plotDrawing, type Drawn } from './plotDrawing';
import { tickText } from './ticks';

Chart.register(LineController, LineElement, PointElement, LinearScale, LogarithmicScale, Tooltip, annotation);

type AxisOptions = ScaleOptionsByType<'linear' | 'logarithmic'>;

function axisOptions(axis: PlotAxis, theme: ChartTheme, width: number, isX: boolean): AxisOptions {
  const text = (value: number | string, _index: number, ticks: readonly { value: number }[]): string => {
    const step = ticks.length > 1 ? Math.abs(ticks[1]!.value - ticks[0]!.value) : Math.abs(Number(value));
    if (axis.logarithmic) {
      const power = Math.log10(Number(value));
      const isPower = Math.abs(power - Math.round(power)) < 1e-9;
      const isHalf = Math.abs(Number(value) / 10 ** Math.floor(power + 1e-9) - 3) < 1e-9;
      const decades = Math.log10(ticks[ticks.length - 1]!.value / ticks[0]!.value);
      return isPower || (isHalf && decades < 3) ? tickText(Number(value), Number(value), axis.style) : '';
    }
    return tickText(Number(value), step, axis.style);
  };
  // Cast at the library's border: chart.js completes partial options at run time, its types want them whole.
  return {
    type: axis.logarithmic ? 'logarithmic' : 'linear',
    ...(axis.min === undefined ? {} : { min: axis.min }),
    ...(axis.max === undefined ? {} : { max: axis.max }),
    grid: { display: !isX, color: theme.grid, drawTicks: isX, tickLength: isX ? 4 : 0, tickColor: theme.ink3 },
    border: { display: isX, color: theme.ink3 },
    ticks: {
      color: theme.ink3,
      font: { family: theme.font, size: theme.fontSize },
      padding: isX ? 4 : 8,
      maxRotation: 0,
      autoSkip: !axis.logarithmic,
      includeBounds: false,
      maxTicksLimit: isX ? Math.max(3, Math.floor(width / 50)) : 7,
      ...(axis.whole ? { precision: 0 } : {}),
      callback: text,
    },
  } as unknown as AxisOptions;
}

/** The ends of an axis that were not given: for lines and bars the data's own, so that no empty weeks are drawn. */
function boundedX(drawn: Drawn): PlotAxis {
  const { x, series } = drawn.plot;
  const lines = series.filter((each) => each.kind === 'line' && each.points.length > 1);
  if (lines.length === 0 || x.logarithmic) return x;
  const min = x.min ?? Math.min(...lines.map((each) => each.points[0]!.x));
  const max = x.max ?? Math.max(...lines.map((each) => each.points[each.points.length - 1]!.x));
  return max > min ? { ...x, min, max } : x;
}

function lineAnnotation(line: PlotLine, theme: ChartTheme): AnnotationOptions {
  const promise = line.kind === 'promise';
  const ends = line.through
    ? { xMin: line.through[0].x, yMin: line.through[0].y, xMax: line.through[1].x, yMax: line.through[1].y }
    : line.y !== undefined
      ? { yMin: line.y, yMax: line.y }
      : { xMin: line.x!, xMax: line.x! };
  return {
    type: 'line',
    ...ends,
    borderColor: promise ? theme.thread : theme.ink3,
    borderWidth: promise ? 2 : 1,
    borderDash: promise ? [] : [4, 4],
    label: {
      display: line.text !== undefined,
      content: line.text ?? '',
      position: line.through ? '50%' : line.y !== undefined ? 'start' : 'end',
      color: promise ? theme.threadInk : theme.ink2,
      backgroundColor: theme.surface,
      font: { family: theme.font, size: theme.fontSize, weight: promise ? 'bold' : 'normal' },
      padding: { top: 1, bottom: 1, left: 3, right: 3 },
      // Beside a diagonal: below it and to its right, clear of the line.
      yAdjust: line.through ? 14 : line.y !== undefined ? -(theme.fontSize * 0.5 + 5) : 0,
      xAdjust: line.through ? (line.text ?? '').length * theme.fontSize * 0.24 + 16 : 0,
    },
  };
}

/** Room at the right for names, px: only as much as sticks out past the end of the axis. */
function roomForNames({ plot, theme, named }: Drawn, width: number): number {
  if (!named) return 10;
  const ctx = document.createElement('canvas').getContext('2d');
  const far = Math.max(...plot.series.flatMap((series) => series.points.map((point) => point.x)), plot.x.max ?? -Infinity);
  const near = Math.min(...plot.series.flatMap((series) => (series.points.length > 0 ? [series.points[0]!.x] : [])), plot.x.min ?? Infinity);
  if (!ctx || !(far > near)) return 10;
  let room = 10;
  for (const series of plot.series) {
    if (series.kind !== 'line' || series.faint || series.points.length === 0) continue;
    ctx.font = fontOf(theme, 600);
    const text = Math.max(ctx.measureText(series.end ?? series.name).width, series.note ? ctx.measureText(series.note).width : 0);
    const share = plot.x.logarithmic ? 1 : (series.points[endOf(series)]!.x - near) / (far - near);
    // With r px of room the axis is (width − 48 − r) long, so the name sticks out by text − (1 − share)(width − 48 − r).
    const inside = (1 - share) * (width - 48);
    room = Math.max(room, (text + 14 - inside) / Math.max(0.5, share));
  }
  return Math.min(room, width * 0.4);
}

/** Everything chart.js needs. `drawn` is asked again at each drawing. */
export function chartConfiguration(drawn: () => Drawn, width: number): ChartConfiguration<'line'> {
  const now = drawn();
  const { plot, theme } = now;
  const annotations: Record<string, AnnotationOptions> = {};
  (plot.lines ?? []).forEach((line, index) => (annotations[`line${index}`] = lineAnnotation(line, theme)));
  const values = (value: number, axis: PlotAxis): string =>
    tickText(value, axis.whole ? 1 : 10 ** Math.min(0, Math.floor(Math.log10(Math.abs(value) || 1)) - 2), axis.style);
  return {
    type: 'line',
    data: {
      datasets: plot.series.map((series) => {
        const hue = hueOf(series, theme);
        const isLine = series.kind === 'line';
        const radius = series.radius ?? (series.kind === 'points' ? 3.5 : series.dotted ? 2.5 : 0);
        return {
          label: series.name,
          data: series.points as { x: number; y: number }[],
          showLine: isLine,
          // Dots on the edge stay whole; lines still end at the axis's ends.
          clip: { left: 8, right: 8, top: 2, bottom: 2 },
          borderColor: series.faint ? color(hue).alpha(0.5).rgbString() : hue,
          backgroundColor: series.kind === 'points' && !series.low ? color(hue).alpha(0.45).rgbString() : hue,
          borderWidth: isLine ? (series.faint ? 1.25 : 2.25) : 0,
          borderDash: [...series.look.dash],
          // Not quite 0: at 0 chart.js merges points that share a pixel column, which leaves notches in steep curves. Thinning is ours.
          tension: isLine ? 1e-6 : 0,
          borderCapStyle: 'round' as const,
          borderJoinStyle: 'round' as const,
          pointRadius: isLine && series.keptIndex !== undefined ? series.points.map((_, index) => (index === series.keptIndex ? 4.5 : 0)) : radius,
          pointBorderWidth: 0,
          pointHitRadius: 8,
          pointHoverRadius: series.kind === 'bins' || series.kind === 'outline' ? 0 : 5,
        };
      }),
    },
    options: {
      responsive: true,
      maintainAspectRatio: false,
      animation: false,
      parsing: false,
      normalized: true,
      layout: { padding: { top: 8, right: roomForNames(now, width) } },
      interaction: { mode: 'nearest', axis: plot.series.some((series) => series.kind === 'bins') ? 'x' : 'xy', intersect: false },
      scales: { x: axisOptions(boundedX(now), theme, width, true), y: axisOptions(plot.y, theme, width, false) },
      plugins: {
        annotation: { animations: { numbers: { duration: 0 }, colors: { duration: 0 } }, annotations },
        tooltip: {
          backgroundColor: theme.inverse,
          titleColor: theme.inkInverse,
          bodyColor: theme.inkInverse,
          titleFont: { family: theme.font, size: theme.fontSize, weight: 'bold' },
          bodyFont: { family: theme.font, size: theme.fontSize },
          displayColors: false,
          cornerRadius: 3,
          animation: false,
          filter: (item) => !plot.series[item.datasetIndex]?.faint,
          callbacks: {
            title: (items) => {
              const item = items[0];
              if (!item) return '';
              const bin = plot.series[item.datasetIndex]?.bins?.[item.dataIndex];
              return bin ? `${values(bin.from, plot.x)} – ${values(bin.to, plot.x)}` : `${plot.x.title}: ${values(item.parsed.x ?? 0, plot.x)}`;
            },
            label: (item) => {
              const series = plot.series[item.datasetIndex];
              const bin = series?.bins?.[item.dataIndex];
              const low = bin?.low ?? series?.low?.[item.dataIndex];
              const high = bin?.high ?? series?.high?.[item.dataIndex];
              const interval =
                low === null || low === undefined || high === null || high === undefined ? '' : ` [${values(low, plot.y)}, ${values(high, plot.y)}]`;
              return `${series?.name ?? ''}: ${values(item.parsed.y ?? 0, plot.y)}${interval}`;
            },
          },
        },
      },
    },
    plugins: [plotDrawing(drawn)],
  };
}
