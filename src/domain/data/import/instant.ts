/** @file Dates and times as text, to milliseconds since 1970 UTC. A time without a zone is taken as UTC. */

/** Which comes first in 3/4/2021. `none`: only forms that begin with the year are dates. */
export type DayOrder = 'none' | 'dayFirst' | 'monthFirst';

const monthLengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

/** Days from 1970-01-01 to a day of the proleptic Gregorian calendar, NaN if there is no such day. Counts years from March, so that leap days come last. */
export function dayNumber(year: number, month: number, day: number): number {
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1) return NaN;
  if (day > monthLengths[month - 1]! + (month === 2 && isLeap(year) ? 1 : 0)) return NaN;
  const y = month > 2 ? year : year - 1;
  const monthFromMarch = (month + 9) % 12;
  return 365 * y + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) + Math.floor((153 * monthFromMarch + 2) / 5) + day - 719_469;
}

const digit = (text: string, at: number): number => {
  const value = text.charCodeAt(at) - 48;
  return value >= 0 && value <= 9 ? value : NaN;
};
const pair = (text: string, at: number): number => digit(text, at) * 10 + digit(text, at + 1);

const clock = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)? ?(?:([AaPp])\.?[Mm]\.?)?(Z|z| ?UTC| ?GMT|[+-]\d{2}(?::?\d{2})?)?$/;

/** Milliseconds after midnight UTC of a time of day with an optional zone, NaN if it is none. */
function timeOfDay(text: string): number {
  const found = clock.exec(text);
  if (!found) return NaN;
  let hour = Number(found[1]);
  const minute = Number(found[2]);
  const second = Number(found[3] ?? 0);
  if (found[5] !== undefined) {
    if (hour < 1 || hour > 12) return NaN;
    hour = (hour % 12) + (found[5].toLowerCase() === 'p' ? 12 : 0);
  }
  if (hour > 23 || minute > 59 || second > 59) return NaN;
  const fraction = found[4] === undefined ? 0 : Math.floor(Number(found[4].slice(0, 3).padEnd(3, '0')));
  let shift = 0;
  const zone = found[6];
  if (zone !== undefined && (zone[0] === '+' || zone[0] === '-')) {
    const hours = Number(zone.slice(1, 3));
    const minutes = zone.length > 3 ? Number(zone.slice(-2)) : 0;
    if (hours > 15 || minutes > 59) return NaN;
    shift = (zone[0] === '-' ? -1 : 1) * (hours * 60 + minutes);
  }
  return ((hour * 60 + minute - shift) * 60 + second) * 1000 + fraction;
}

const shortForm = /^(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?:(?:,? |T)(.+))?$/;

/** Two-digit years as POSIX reads them: 69–99 are 1969–1999, 00–68 are 2000–2068. */
const fullYear = (text: string): number => (text.length === 4 ? Number(text) : Number(text) + (Number(text) >= 69 ? 1900 : 2000));

/** The numbers of a form such as 31.1.2011 in the order in which they stand, undefined if it is none. */
function shortParts(text: string): { first: number; second: number; year: number; time: string | undefined; separator: string } | undefined {
  const found = shortForm.exec(text);
  return found ? { first: Number(found[1]), second: Number(found[3]), year: fullYear(found[4]!), time: found[5], separator: found[2]! } : undefined;
}

/**
 * The instant that a cell spells, in milliseconds since 1970 UTC, NaN if none. Read are 2021-03-04 and 2021/03/04, with `T` or a space and
 * a time (minutes, seconds, fractions cut to milliseconds, `Z` or an offset), and, if an order is given, 4/3/2021, 4.3.21 and 4-3-2021
 * with an optional time, also with AM and PM. Years 1 to 9999.
 */
export function instantIn(text: string, order: DayOrder): number {
  let cell = text;
  if (cell.charCodeAt(0) <= 32 || cell.charCodeAt(cell.length - 1) <= 32) cell = cell.trim();
  if (cell.length > 40 || cell.length < 6) return NaN;
  const mark = cell.charCodeAt(4);
  if ((mark === 45 || mark === 47) && cell.charCodeAt(7) === mark) {
    const days = dayNumber(pair(cell, 0) * 100 + pair(cell, 2), pair(cell, 5), pair(cell, 8));
    if (cell.length === 10 || Number.isNaN(days)) return days * 86_400_000;
    const gap = cell.charCodeAt(10);
    if (gap !== 84 && gap !== 116 && gap !== 32) return NaN;
    if (cell.length === 19 && cell.charCodeAt(13) === 58 && cell.charCodeAt(16) === 58) {
      const hour = pair(cell, 11);
      const minute = pair(cell, 14);
      const second = pair(cell, 17);
      if (hour <= 23 && minute <= 59 && second <= 59) return days * 86_400_000 + ((hour * 60 + minute) * 60 + second) * 1000;
    }
    return days * 86_400_000 + timeOfDay(cell.slice(11));
  }
  if (order === 'none') return NaN;
  const parts = shortParts(cell);
  if (!parts) return NaN;
  const days = order === 'dayFirst' ? dayNumber(parts.year, parts.second, parts.first) : dayNumber(parts.year, parts.first, parts.second);
  return days * 86_400_000 + (parts.time === undefined ? 0 : timeOfDay(parts.time));
}

/**
 * The order of day and month that the cells of a column prove: a first number above 12 is a day, so is a second; points between them mean
 * day first, as nobody writes months first with points. `ambiguous` if nothing proves either, `none` if both are proved or no cell has such a form.
 */
export function dayOrderOf(cells: readonly string[]): DayOrder | 'ambiguous' {
  let dayFirst = 0;
  let monthFirst = 0;
  let forms = 0;
  for (const cell of cells) {
    const parts = shortParts(cell.trim());
    if (!parts) continue;
    forms += 1;
    if (parts.first > 12 || parts.separator === '.') dayFirst += 1;
    else if (parts.second > 12) monthFirst += 1;
  }
  if (forms === 0) return 'none';
  if (dayFirst === 0 && monthFirst === 0) return 'ambiguous';
  // A few impossible dates among many must not hide the order of the others.
  if (monthFirst * 20 <= dayFirst) return 'dayFirst';
  if (dayFirst * 20 <= monthFirst) return 'monthFirst';
  return 'none';
}

/** An instant as ISO 8601 in UTC, without the time if it is midnight. */
export function isoText(instant: number): string {
  const days = Math.floor(instant / 86_400_000);
  let rest = instant - days * 86_400_000;
  // Civil date from a day number: the inverse of `dayNumber`, over eras of 400 years.
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor((dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const fromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * fromMarch + 2) / 5) + 1;
  const month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  const two = (value: number): string => String(value).padStart(2, '0');
  const date = `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
  if (rest === 0) return date;
  const milliseconds = rest % 1000;
  rest = Math.floor(rest / 1000);
  const time = `${two(Math.floor(rest / 3600))}:${two(Math.floor(rest / 60) % 60)}:${two(rest % 60)}`;
  return `${date}T${time}${milliseconds === 0 ? '' : `.${String(milliseconds).padStart(3, '0')}`}Z`;
}
