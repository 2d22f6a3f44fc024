/** @file Round places on an axis, and how they are written: as many decimals as the step needs, no more. */

import { words } from '../../words/words';
import { decimalsOf } from '../controls/figure';

/** A step of 1, 2 or 5 times a power of ten that gives about `wanted` steps over a length. */
export function niceStep(length: number, wanted: number): number {
  if (!Number.isFinite(length) || length <= 0) return 1;
  const raw = length / Math.max(1, wanted);
  const power = 10 ** Math.floor(Math.log10(raw));
  const times = raw / power;
  // A whisker of slack, or 0.3 / 3 would count as more than 0.1.
  const most = (x: number): boolean => times <= x * (1 + 1e-9);
  return (most(1) ? 1 : most(2) ? 2 : most(5) ? 5 : 10) * power;
}

/** Round places within [low, high], about `wanted` of them. */
export function niceTicks(low: number, high: number, wanted = 5): readonly number[] {
  if (!(high > low)) return [low];
  const step = niceStep(high - low, wanted);
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  const digits = decimalsOf(step);
  // Rounded, so that 0.1 + 0.2 does not become a label.
  return Array.from({ length: last - first + 1 }, (_, index) => Number(((first + index) * step).toFixed(digits)) || 0);
}

export type TickStyle = 'plain' | 'proportion';

/** The text of a tick. `proportion` leaves out the zero before the point. Large numbers: k, M, G above 10,000 when the step allows. */
export function tickText(value: number, step: number, style: TickStyle = 'plain'): string {
  if (!Number.isFinite(value)) return '';
  const size = Math.abs(value);
  const sign = value < 0 && size > 0 ? '−' : '';
  for (const [letter, unit] of [
    ['G', 1e9],
    ['M', 1e6],
    ['k', 1e3],
  ] as const) {
    if (size >= unit * (letter === 'k' ? 10 : 1) && Math.abs((step / unit) * 10 - Math.round((step / unit) * 10)) < 1e-9) {
      return `${sign}${(size / unit).toLocaleString(words.locale, { maximumFractionDigits: 1 })}\u00a0${letter}`;
    }
  }
  if (size > 0 && size < 1e-4)
    return `${sign}${size
      .toExponential(0)
      .replace('e-', ' × 10⁻')
      .replace(/⁻(\d+)$/, (_, digits: string) => `⁻${[...digits].map((digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)]!).join('')}`)}`;
  const digits = decimalsOf(step);
  const text = size.toLocaleString(words.locale, { minimumFractionDigits: digits, maximumFractionDigits: digits });
  if (!/[1-9]/.test(text)) return '0';
  return sign + (style === 'proportion' ? text.replace(/^0\./, '.') : text);
}
