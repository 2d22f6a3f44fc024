/** @file How English puts numbers, names and lists into a sentence. */

/** How figures and dates are written. */
export const locale = 'en-GB';

export const count = (n: number): string => n.toLocaleString(locale);

/** Facts of a refusal, by the names that the code gives them. */
export type Facts = Readonly<Record<string, string | number>>;

export const megabytes = (bytes: string | number | undefined): string => `${Math.ceil(Number(bytes) / 1_000_000).toLocaleString(locale)} MB`;

/** Bytes as people say them. */
export const bytesText = (bytes: number): string =>
  bytes >= 1e9 ? `${(bytes / 1e9).toLocaleString(locale, { maximumFractionDigits: 1 })} GB` : bytes >= 1e6 ? `${(bytes / 1e6).toLocaleString(locale, { maximumFractionDigits: 1 })} MB` : `${count(Math.ceil(bytes / 1e3))} kB`;

export const times = (n: string | number | undefined, one: string, many: string): string => `${count(Number(n))} ${Number(n) === 1 ? one : many}`;

/** A name within a sentence: its first letter small, unless it is an abbreviation. */
export const lower = (text: string): string => (/^[A-Z]{2}|^[A-Z]\d|^[A-Z]²/.test(text) ? text : text.charAt(0).toLowerCase() + text.slice(1));

/** A name at the head of a line: its first letter large. */
export const upper = (text: string): string => text.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase());

export const list = (names: readonly string[]): string => (names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`);

export const numeral = (n: number): string => ['No', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine', 'Ten'][n] ?? count(n);

/** Two significant figures, upwards: a number of rows that is only about right. */
export const nearly = (n: number): number => (n < 100 ? n : Math.ceil(n / 10 ** (Math.floor(Math.log10(n)) - 1)) * 10 ** (Math.floor(Math.log10(n)) - 1));

/** A time that is only guessed: `a second`, `3 seconds`, `4 minutes`, `2 hours`. */
export const aboutSeconds = (seconds: number): string =>
  seconds < 1
    ? 'a second'
    : seconds < 90
      ? `${count(Math.round(seconds))} ${Math.round(seconds) === 1 ? 'second' : 'seconds'}`
      : seconds < 5400
        ? `${count(Math.round(seconds / 60))} minutes`
        : `${count(Math.round(seconds / 3600))} hours`;
