/** @file A number as text, the one way the interface writes them: true minus, thousands apart, no zero before the point of a proportion. */

import { words } from '../../words/words';

export interface FigureFormat {
  /**
   * `proportion`: `.927`; `percent`: the value times 100 with ` %`; `plain`: `1,234.5`; `whole`: no decimals.
   * Default `plain`.
   */
  readonly style?: 'proportion' | 'percent' | 'plain' | 'whole' | undefined;
  /** Decimals. Default: proportion 3, percent 1, whole 0, plain as many as say something (at most 3 after the point, 3 significant figures below 1). */
  readonly digits?: number | undefined;
  /** Put after the number with a no-break space, e.g. `ms`. */
  readonly unit?: string | undefined;
  /** Write `+` before a positive number: for differences. */
  readonly signed?: boolean | undefined;
}

const plainDigits = (value: number): number => {
  const size = Math.abs(value);
  if (Number.isInteger(value) || size >= 1000) return 0;
  if (size >= 100) return 1;
  if (size >= 1) return 2;
  if (size === 0) return 0;
  return Math.min(8, 3 - Math.floor(Math.log10(size)) - 1);
};

const defaultDigits = (value: number, style: NonNullable<FigureFormat['style']>): number =>
  style === 'proportion' ? 3 : style === 'percent' ? 1 : style === 'whole' ? 0 : plainDigits(value);

/** The text of a number. Undefined and non-finite values are a dash: a gap is never written as 0. */
export function figure(value: number | null | undefined, format: FigureFormat = {}): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return '–';
  const style = format.style ?? 'plain';
  const shown = style === 'percent' ? value * 100 : value;
  const digits = format.digits ?? defaultDigits(shown, style);
  let text = Math.abs(shown).toLocaleString(words.locale, {
    minimumFractionDigits: style === 'plain' && format.digits === undefined ? 0 : digits,
    maximumFractionDigits: digits,
  });
  if (style === 'proportion') text = Number(text) === 0 ? '0' : text.replace(/^0\./, '.');
  const isZero = !/[1-9]/.test(text);
  const sign = isZero ? '' : shown < 0 ? '−' : format.signed ? '+' : '';
  const unit = style === 'percent' ? '\u00a0%' : format.unit ? `\u00a0${format.unit}` : '';
  return sign + text + unit;
}

/** `[.920, .934]`, or nothing where there is no interval. The unit stands with the value and is not repeated. */
export function intervalText(low: number | null | undefined, high: number | null | undefined, format: FigureFormat = {}): string {
  if (low === null || low === undefined || high === null || high === undefined) return '';
  const { unit: _unit, ...rest } = format;
  return `[${figure(low, rest)}, ${figure(high, rest)}]`;
}

/** Decimals that tell steps apart, e.g. 0.05 → 2, 20 → 0. */
export function decimalsOf(step: number): number {
  if (!Number.isFinite(step) || step <= 0) return 0;
  for (let digits = 0; digits <= 12; digits++) {
    if (Math.abs(Number(step.toFixed(digits)) - step) <= step * 1e-6) return digits;
  }
  return 12;
}

/** A format for ends of a scale and targets: as many decimals as these values need, and at least two for a proportion: `.45`, `.90`, `.045`. */
export function shortFormat(values: readonly number[], format: FigureFormat = {}): FigureFormat {
  const scale = format.style === 'percent' ? 100 : 1;
  const needed = Math.max(0, ...values.map((value) => Math.min(4, decimalsOf(Math.abs(value * scale)))));
  return { ...format, digits: format.style === 'proportion' ? Math.max(2, needed) : needed };
}
