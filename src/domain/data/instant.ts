/** @file An instant as text and back: ISO 8601 in UTC, by arithmetic alone, since the domain has no clock. */

const dayLength = 86_400_000;
const pattern = /^([+-]\d{6}|\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(Z|[+-]\d{2}:?\d{2})?)?$/;
/** The farthest instant that ECMAScript's own dates reach, milliseconds either side of 1970. */
const farthest = 8.64e15;

const leap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
const daysIn = (year: number, month: number): number =>
  month === 2 ? (leap(year) ? 29 : 28) : month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;

/** Days since 1970-01-01 in the proleptic Gregorian calendar. Years are counted from March, so that the leap day comes last. */
function dayNumber(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  return era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468;
}

/** Milliseconds since 1970 UTC, or NaN where the text is not a date that exists. Without a zone it is read as UTC. */
export function instantOf(text: string): number {
  const match = pattern.exec(text.trim());
  if (match === null) return Number.NaN;
  const [year, month, day, hour, minute, second] = [1, 2, 3, 4, 5, 6].map((i) => Number(match[i] ?? 0)) as [number, number, number, number, number, number];
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month) || hour > 23 || minute > 59 || second > 59) return Number.NaN;
  const fraction = Math.floor(Number(`0.${match[7] ?? 0}`) * 1000 + 1e-6);
  const zone = match[8];
  const offset = zone === undefined || zone === 'Z' ? 0 : (zone.startsWith('-') ? -1 : 1) * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2)));
  const instant = dayNumber(year, month, day) * dayLength + ((hour * 60 + minute - offset) * 60 + second) * 1000 + fraction;
  return Math.abs(instant) <= farthest ? instant : Number.NaN;
}

const digits = (value: number, length: number): string => String(value).padStart(length, '0');

/** `2026-11-24`, or with its time `2026-11-24T07:05:00.250Z` where it is not midnight. Out of range: the number itself. */
export function instantText(instant: number): string {
  if (!(Math.abs(instant) <= farthest)) return String(instant);
  const whole = Math.floor(instant);
  const days = Math.floor(whole / dayLength) + 719_468;
  const ms = whole - (days - 719_468) * dayLength;
  const era = Math.floor(days / 146_097);
  const dayOfEra = days - era * 146_097;
  const yearOfEra = Math.floor((dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  const yearText = year >= 0 && year <= 9999 ? digits(year, 4) : `${year < 0 ? '-' : '+'}${digits(Math.abs(year), 6)}`;
  const date = `${yearText}-${digits(month, 2)}-${digits(dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1, 2)}`;
  if (ms === 0) return date;
  const fraction = ms % 1000;
  return `${date}T${digits(Math.floor(ms / 3_600_000), 2)}:${digits(Math.floor(ms / 60_000) % 60, 2)}:${digits(Math.floor(ms / 1000) % 60, 2)}${fraction === 0 ? '' : `.${digits(fraction, 3)}`}Z`;
}
