/** @file Reads a command line against a table of options. Unknown options and missing values are usage errors of one line. */

/** A command line that cannot be understood. The message is one line for the person who typed it. */
export class UsageError extends Error {
  name = 'UsageError';
}

/**
 * @typedef {object} Option
 * @property {'flag' | 'value' | 'list'} kind  a flag stands alone, a value may stand once, a list may be repeated
 * @property {readonly string[]} [oneOf]       the values allowed
 * @property {boolean} [required]
 * @property {string} [fallback]               the value when the option is absent
 * @property {(text: string) => boolean} [accepts]
 * @property {string} [says]                   what `accepts` asks for, in words: "a whole number from 1"
 */

/**
 * The options of a command line. `--name value` and `--name=value` mean the same; a value that begins with `--` needs the second form.
 * @param {readonly string[]} argv
 * @param {Readonly<Record<string, Option>>} table
 * @returns {Record<string, string | boolean | string[] | null>} every option of the table: flags as booleans, lists as arrays, absent values as null
 * @throws {UsageError}
 */
export function readOptions(argv, table) {
  const known = new Map(Object.entries(table));
  const found = new Map();
  for (let i = 0; i < argv.length; i++) {
    const word = argv[i];
    if (!word.startsWith('--') || word === '--') throw new UsageError(`"${word}" is not an option; options begin with -- and are: ${names(known)}`);
    const equals = word.indexOf('=');
    const name = equals < 0 ? word.slice(2) : word.slice(2, equals);
    const option = known.get(name);
    if (!option) throw new UsageError(`unknown option --${name}; known are: ${names(known)}`);
    if (option.kind === 'flag') {
      if (equals >= 0) throw new UsageError(`--${name} takes no value`);
      found.set(name, true);
      continue;
    }
    const value = equals >= 0 ? word.slice(equals + 1) : argv[++i];
    if (value === undefined || value === '' || (equals < 0 && value.startsWith('--'))) throw new UsageError(`--${name} needs a value`);
    if (option.oneOf && !option.oneOf.includes(value)) throw new UsageError(`--${name} must be one of ${option.oneOf.join(', ')}, not "${value}"`);
    if (option.accepts && !option.accepts(value)) throw new UsageError(`--${name} must be ${option.says}, not "${value}"`);
    if (option.kind === 'list') found.set(name, [...(found.get(name) ?? []), value]);
    else if (found.has(name)) throw new UsageError(`--${name} is given twice`);
    else found.set(name, value);
  }
  const values = Object.create(null);
  for (const [name, option] of known) {
    if (option.required && !found.has(name)) throw new UsageError(`--${name} is missing`);
    values[name] = found.get(name) ?? (option.kind === 'flag' ? false : option.kind === 'list' ? [] : (option.fallback ?? null));
  }
  return values;
}

const names = (known) => [...known.keys()].map((name) => `--${name}`).join(' ');

/** A whole number from `low` up to `high`, as text. */
export const wholeNumber = (low, high) => (text) => /^\d{1,16}$/.test(text) && Number(text) >= low && Number(text) <= high;
