/** @file A moment of the log as people write it: today and yesterday by name, then the day. */

import { words } from '../../words/words';

const dayOf = (at: number): string => new Date(at).toDateString();
const timeOf = (at: number): string => new Date(at).toLocaleTimeString(words.locale, { hour: '2-digit', minute: '2-digit' });

/** `2 June` in the year of `now`, else with its year. Milliseconds since 1970. */
export const dayText = (at: number, now = Date.now()): string =>
  new Date(at).toLocaleDateString(words.locale, { day: 'numeric', month: 'long', ...(new Date(at).getFullYear() === new Date(now).getFullYear() ? {} : { year: 'numeric' }) });

/** `today 14:32`, `yesterday 09:10`, `2 June 14:32`. */
export function momentText(at: number, now = Date.now()): string {
  if (dayOf(at) === dayOf(now)) return words.pipeline.today(timeOf(at));
  if (dayOf(at) === dayOf(now - 86_400_000)) return words.pipeline.yesterday(timeOf(at));
  return `${dayText(at, now)} ${timeOf(at)}`;
}

/** With the seconds, for the log. */
export const exactText = (at: number): string => new Date(at).toLocaleTimeString(words.locale);
