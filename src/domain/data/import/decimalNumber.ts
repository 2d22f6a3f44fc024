/** @file Numbers as people and programs write them, read from character codes. */

const exactDigits = 15;
const powersOfTen = Float64Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));

const isSpace = (code: number): boolean => code === 32 || (code >= 9 && code <= 13) || code === 160;

const general = /^[+-]?(?:0|[1-9]\d*)?(?:\.\d*)?(?:[eE][+-]?\d+)?$/;
const hasDigit = /^[+-]?\.?\d/;
const infinite = /^([+-]?)(?:inf|infinity|∞)$/i;
const groupedByComma = /^[+-]?[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?$/;
const groupedByPoint = /^[+-]?[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?$/;

function longNumber(text: string, decimal: string): number {
  const trimmed = text.trim();
  if (trimmed.length > 400) return NaN;
  const sign = infinite.exec(trimmed);
  if (sign) return sign[1] === '-' ? -Infinity : Infinity;
  if (decimal === ',' && trimmed.includes('.')) return NaN;
  const plain = decimal === ',' ? trimmed.replace(',', '.') : trimmed;
  return general.test(plain) && hasDigit.test(plain) ? Number(plain) : NaN;
}

/**
 * The number that a cell spells, NaN where it spells none, ±Infinity for `inf` and for what float64 cannot hold.
 * Spaces around it are ignored. A leading zero before another digit (`007`) is not a number: it is a code.
 * Up to 15 digits: the digits as an integer over a power of ten, both exact, so that the one division rounds correctly (Clinger 1990).
 */
export function numberIn(text: string, decimal: '.' | ','): number {
  const point = decimal === '.' ? 46 : 44;
  const length = text.length;
  let at = 0;
  let end = length;
  while (at < end && isSpace(text.charCodeAt(at))) at += 1;
  while (end > at && isSpace(text.charCodeAt(end - 1))) end -= 1;
  if (at === end) return NaN;
  let code = text.charCodeAt(at);
  const negative = code === 45;
  if (negative || code === 43) {
    at += 1;
    if (at === end) return NaN;
    code = text.charCodeAt(at);
  }
  const first = at;
  let mantissa = 0;
  let digits = 0;
  while (at < end) {
    code = text.charCodeAt(at);
    if (code < 48 || code > 57) break;
    mantissa = mantissa * 10 + (code - 48);
    digits += 1;
    at += 1;
  }
  if (digits > 1 && text.charCodeAt(first) === 48) return NaN;
  let places = 0;
  if (at < end && code === point) {
    at += 1;
    const from = at;
    while (at < end) {
      code = text.charCodeAt(at);
      if (code < 48 || code > 57) break;
      mantissa = mantissa * 10 + (code - 48);
      at += 1;
    }
    places = at - from;
    digits += places;
  }
  if (at < end || digits > exactDigits) return longNumber(text, decimal);
  if (digits === 0) return NaN;
  const value = places === 0 ? mantissa : mantissa / powersOfTen[places]!;
  return negative ? 0 - value : value;
}

/** Whether a cell spells a number with separators of thousands, such as 1,234,567.8 where the decimal mark is a point. */
export const isGrouped = (text: string, decimal: '.' | ','): boolean => (decimal === '.' ? groupedByComma : groupedByPoint).test(text);

/** Whether a grouped number can be read in no other way: two separators, or a separator and a decimal mark. */
export function isSurelyGrouped(text: string, decimal: '.' | ','): boolean {
  if (!isGrouped(text, decimal)) return false;
  const separators = text.split(decimal === '.' ? ',' : '.').length - 1;
  return separators > 1 || text.includes(decimal);
}

/** As `numberIn`, and separators of thousands are allowed. */
export function groupedNumberIn(text: string, decimal: '.' | ','): number {
  const plain = numberIn(text, decimal);
  if (!Number.isNaN(plain)) return plain;
  const trimmed = text.trim();
  return isGrouped(trimmed, decimal) ? numberIn(trimmed.replaceAll(decimal === '.' ? ',' : '.', ''), decimal) : NaN;
}

/** Whether a cell is digits after a leading zero, as in zip codes and article numbers. */
export const hasLeadingZero = (text: string): boolean => /^[+-]?0\d+$/.test(text);
