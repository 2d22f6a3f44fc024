/** @file The cells of one JSON object, as texts. */

const longInteger = /\d{16}/;
const stringsAndNumbers = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/** Puts quotes around integers that float64 cannot hold, so that their digits survive. */
export const withLongIntegers = (json: string): string =>
  longInteger.test(json) ? json.replace(stringsAndNumbers, (token) => (/^-?\d{16,}$/.test(token) && !Number.isSafeInteger(Number(token)) ? `"${token}"` : token)) : json;

const cellText = (value: unknown): string => (value === null ? '' : typeof value === 'string' ? value : typeof value === 'number' || typeof value === 'boolean' ? String(value) : JSON.stringify(value));

/** Keys and values in file order; undefined for what is no object. */
export const cellsOfObject = (value: unknown): ReadonlyMap<string, string> | undefined =>
  value === null || typeof value !== 'object' || Array.isArray(value) ? undefined : new Map(Object.entries(value).map(([key, item]) => [key, cellText(item)]));
