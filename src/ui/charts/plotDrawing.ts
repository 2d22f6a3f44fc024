/** @file What chart.js does not draw: bands, bars of unequal width, whiskers, names at the ends of lines, notes. One plugin per chart. */

import type { Chart, Plugin } from 'chart.js';
import { color } from 'chart.js/helpers';
import type { ChartTheme } from './chartTheme.svelte';
import { spreadNames } from './endNames';
import type { Plot, PlotSeries } from './plot';

export interface Drawn {
  readonly plot: Plot;
  readonly theme: ChartTheme;
  /** Names stand at the ends of lines; on narrow charts a legend below takes their place. */
  readonly named: boolean;
}

interface Scales {
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
}

export const hueOf = (series: PlotSeries, theme: ChartTheme): string => theme.categories[series.look.category]!;
export const fontOf = (theme: ChartTheme, weight = 400): string => `${weight} ${theme.fontSize}px ${theme.font}`;
/** A name is given to the last point that is drawn. */
export const endOf = (series: PlotSeries): number => series.keptIndex ?? series.points.length - 1;

function drawBand(ctx: CanvasRenderingContext2D, series: PlotSeries, { x, y }: Scales, theme: ChartTheme): void {
  const { points, low, high } = series;
  if (series.kind !== 'line' || !low || !high) return;
  const upper: (readonly [number, number])[] = [];
  const lower: (readonly [number, number])[] = [];
  for (let index = 0; index < points.length; index++) {
    const bottom = low[index];
    const above = high[index];
    if (bottom === null || bottom === undefined || above === null || above === undefined) continue;
    upper.push([x(points[index]!.x), y(above)]);
    lower.push([x(points[index]!.x), y(bottom)]);
  }
  if (upper.length < 2) return;
  ctx.beginPath();
  for (const [px, py] of upper) ctx.lineTo(px, py);
  for (const [px, py] of lower.reverse()) ctx.lineTo(px, py);
  ctx.closePath();
  ctx.fillStyle = color(hueOf(series, theme)).alpha(theme.band).rgbString();
  ctx.fill();
}

function drawBins(ctx: CanvasRenderingContext2D, series: PlotSeries, { x, y }: Scales, theme: ChartTheme, overlaid: boolean): void {
  const floor = y(0);
  for (const bin of series.bins ?? []) {
    const left = x(bin.from);
    const width = Math.max(1, x(bin.to) - left - 1);
    const top = y(bin.height);
    ctx.fillStyle = bin.highlighted ? theme.categories[0]! : overlaid ? color(theme.ink3).alpha(0.4).rgbString() : theme.pressed;
    ctx.fillRect(left + 0.5, top, width, floor - top);
    if (!overlaid && !bin.highlighted) {
      ctx.strokeStyle = theme.ink3;
      ctx.lineWidth = 1;
      ctx.strokeRect(left + 0.5, top, width, floor - top);
    }
  }
}

function drawOutline(ctx: CanvasRenderingContext2D, series: PlotSeries, { x, y }: Scales, theme: ChartTheme): void {
  const bins = series.bins ?? [];
  if (bins.length === 0) return;
  const hue = hueOf(series, theme);
  const trace = (): void => {
    ctx.beginPath();
    ctx.moveTo(x(bins[0]!.from), y(0));
    for (const bin of bins) {
      ctx.lineTo(x(bin.from), y(bin.height));
      ctx.lineTo(x(bin.to), y(bin.height));
    }
    ctx.lineTo(x(bins[bins.length - 1]!.to), y(0));
  };
  trace();
  ctx.fillStyle = color(hue).alpha(theme.band).rgbString();
  ctx.fill();
  trace();
  ctx.strokeStyle = hue;
  ctx.lineWidth = 2;
  ctx.lineJoin = 'miter';
  ctx.stroke();
  ctx.lineWidth = 1.25;
  for (const bin of bins) {
    if (bin.low === null || bin.low === undefined || bin.high === null || bin.high === undefined) continue;
    const middle = (x(bin.from) + x(bin.to)) / 2;
    ctx.beginPath();
    ctx.moveTo(middle, y(bin.low));
    ctx.lineTo(middle, y(bin.high));
    ctx.stroke();
  }
}

function drawWhiskers(ctx: CanvasRenderingContext2D, series: PlotSeries, { x, y }: Scales, theme: ChartTheme): void {
  const { points, low, high } = series;
  if (series.kind !== 'points' || !low || !high) return;
  ctx.strokeStyle = hueOf(series, theme);
  ctx.lineWidth = 1.5;
  for (let index = 0; index < points.length; index++) {
    const bottom = low[index];
    const above = high[index];
    if (bottom === null || bottom === undefined || above === null || above === undefined) continue;
    const px = x(points[index]!.x);
    ctx.beginPath();
    ctx.moveTo(px, y(bottom));
    ctx.lineTo(px, y(above));
    for (const end of [bottom, above]) {
      ctx.moveTo(px - 3, y(end));
      ctx.lineTo(px + 3, y(end));
    }
    ctx.stroke();
  }
}

function write(ctx: CanvasRenderingContext2D, text: string, x: number, y: number, ink: string, weight: number, theme: ChartTheme): void {
  ctx.font = fontOf(theme, weight);
  ctx.lineJoin = 'round';
  ctx.lineWidth = 4;
  ctx.strokeStyle = theme.surface;
  ctx.strokeText(text, x, y);
  ctx.fillStyle = ink;
  ctx.fillText(text, x, y);
}

function drawNames(ctx: CanvasRenderingContext2D, chart: Chart, { plot, theme }: Drawn, { x, y }: Scales): void {
  const line = theme.fontSize * 1.25;
  const named = plot.series.filter((series) => series.kind === 'line' && !series.faint && series.points.length > 0);
  const boxes = named.map((series) => {
    const end = series.points[endOf(series)]!;
    ctx.font = fontOf(theme, 600);
    let width = ctx.measureText(series.end ?? series.name).width;
    ctx.font = fontOf(theme);
    if (series.note) width = Math.max(width, ctx.measureText(series.note).width);
    return { x: Math.min(x(end.x) + 9, chart.width - width - 2), y: y(end.y), width, height: line * (series.note ? 2 : 1) };
  });
  const middles = spreadNames(boxes, chart.chartArea.top - 4, chart.chartArea.bottom + 4);
  ctx.textAlign = 'left';
  ctx.textBaseline = 'middle';
  named.forEach((series, index) => {
    const box = boxes[index]!;
    const first = series.note ? middles[index]! - line / 2 : middles[index]!;
    write(ctx, series.end ?? series.name, box.x, first, theme.ink1, 600, theme);
    if (series.note) write(ctx, series.note, box.x, first + line, theme.ink2, 400, theme);
  });
}

/** A plugin that draws what `current` returns at that moment, so that updates need no new chart. */
export function plotDrawing(current: () => Drawn): Plugin<'line'> {
  const scalesOf = (chart: Chart): Scales | undefined => {
    const { x, y } = chart.scales;
    return x && y ? { x: (value) => x.getPixelForValue(value), y: (value) => y.getPixelForValue(value) } : undefined;
  };
  return {
    id: 'perennial',
    beforeDatasetsDraw(chart) {
      const scales = scalesOf(chart as unknown as Chart);
      if (!scales) return;
      const { plot, theme } = current();
      const { ctx, chartArea } = chart;
      ctx.save();
      ctx.beginPath();
      ctx.rect(chartArea.left, chartArea.top - 1, chartArea.width + 1, chartArea.height + 2);
      ctx.clip();
      const overlaid = plot.series.some((series) => series.kind === 'outline');
      for (const series of plot.series) {
        drawBand(ctx, series, scales, theme);
        if (series.kind === 'bins') drawBins(ctx, series, scales, theme, overlaid);
        if (series.kind === 'outline') drawOutline(ctx, series, scales, theme);
        drawWhiskers(ctx, series, scales, theme);
      }
      ctx.restore();
    },
    afterDatasetsDraw(chart) {
      const scales = scalesOf(chart as unknown as Chart);
      if (!scales) return;
      const drawn = current();
      const { ctx } = chart;
      ctx.save();
      if (drawn.named) drawNames(ctx, chart as unknown as Chart, drawn, scales);
      ctx.textAlign = 'left';
      ctx.textBaseline = 'middle';
      for (const note of drawn.plot.notes ?? []) {
        const px = scales.x(note.x);
        const py = Math.max(chart.chartArea.top + drawn.theme.fontSize, scales.y(note.y));
        ctx.font = fontOf(drawn.theme, 600);
        const width = Math.max(ctx.measureText(note.text).width, note.small ? ctx.measureText(note.small).width : 0);
        const line = drawn.theme.fontSize * 1.25;
        const isAbove = note.above === true;
        ctx.textAlign = isAbove ? 'center' : 'left';
        const left = isAbove ? Math.min(Math.max(px, width / 2), chart.width - width / 2 - 4) : Math.min(px + 8, chart.width - width - 4);
        const first = isAbove ? Math.max(chart.chartArea.top + 4, py - line * (note.small ? 2 : 1)) : py;
        write(ctx, note.text, left, first, drawn.theme.ink1, 600, drawn.theme);
        if (note.small) write(ctx, note.small, left, first + line, drawn.theme.ink2, 400, drawn.theme);
      }
      ctx.restore();
    },
  };
}
