/**
 * @file A criterion as one line of text, and back: `recall[sex=Female & age>=65]>=0.8`. Used on the command line and in the pipeline file.
 *
 *     criterion = name [ "[" [ condition { "&" condition } ] "]" ] ( ">=" | "<=" ) number
 *     condition = name ( "=" text-or-number | ( ">=" | "<=" | ">" | "<" ) number )
 *
 * A name or text is written bare, or between double quotes with \" and \\. Bare ones may hold spaces inside, but none of [ ] & = > < ≥ ≤ " \.
 * A bare value that reads as a number is one; quotes make it a text. ≥ and ≤ are read as >= and <=.
 */

import { numberOf } from '../data/cell';
import { Refusal } from '../refusal';
import type { Condition, Criterion } from './criterion';

/** What the grammar must know of a metric: its name, the closed range of its values (null where unbounded), and the unit of a software metric. */
export interface KnownMetric {
  readonly name: string;
  readonly range: readonly [number | null, number | null];
  /** Given: it is about service on a device, and cannot be asked of some rows only. */
  readonly unit?: string;
}

const special = /[[\]&=<>≥≤"\\]/u;
const operators = [
  ['>=', '>='],
  ['<=', '<='],
  ['≥', '>='],
  ['≤', '<='],
  ['=', '='],
  ['>', '>'],
  ['<', '<'],
] as const;

type Operator = Condition['operator'];
interface Word {
  readonly text: string;
  readonly quoted: boolean;
  readonly at: number;
}

/** Reads from left to right; `at` counts UTF-16 units from 0. */
class Reader {
  at = 0;
  constructor(readonly text: string) {}

  refuse(expected: string, at = this.at): never {
    throw new Refusal('criterionSyntax', { text: this.text, at, expected });
  }

  space(): void {
    while (this.at < this.text.length && this.text[this.at]!.trim() === '') this.at++;
  }

  /** True, and passed over, when the character comes next. */
  takes(character: string): boolean {
    this.space();
    if (this.text[this.at] !== character) return false;
    this.at++;
    return true;
  }

  word(expected: string): Word {
    this.space();
    const at = this.at;
    if (this.text[at] === '"') return { text: this.quoted(), quoted: true, at };
    while (this.at < this.text.length && !special.test(this.text[this.at]!)) this.at++;
    const text = this.text.slice(at, this.at).trim();
    return text === '' ? this.refuse(expected, at) : { text, quoted: false, at };
  }

  private quoted(): string {
    let text = '';
    for (this.at++; this.at < this.text.length; this.at++) {
      const character = this.text[this.at]!;
      if (character === '"') {
        this.at++;
        return text;
      }
      if (character === '\\') {
        const next = this.text[++this.at];
        if (next !== '"' && next !== '\\') this.refuse('\\" or \\\\');
        text += next;
      } else text += character;
    }
    return this.refuse('"');
  }

  operator(expected: string): { readonly operator: Operator; readonly at: number } {
    this.space();
    const at = this.at;
    const found = operators.find(([sign]) => this.text.startsWith(sign, at));
    if (found === undefined) return this.refuse(expected);
    this.at += found[0].length;
    return { operator: found[1], at };
  }
}

function conditionFrom(reader: Reader): Condition {
  const column = reader.word('column').text;
  const { operator } = reader.operator('= >= <= > <');
  const value = reader.word(operator === '=' ? 'value' : 'number');
  const number = value.quoted ? Number.NaN : numberOf(value.text);
  if (operator === '=') return { column, operator, value: Number.isNaN(number) ? value.text : number };
  return Number.isNaN(number) ? reader.refuse('number', value.at) : { column, operator, value: number };
}

/**
 * Reads a criterion. Its `why` is empty.
 * @param metrics the metrics there are; absent, any name and target will do.
 * @throws Refusal criterionSyntax {text, at, expected}: `at` counts characters from 0; unknownMetric {metric, known};
 *   targetOutOfRange {metric, target, low, high}; slicedService {metric}: a software metric is not about rows.
 */
export function parseCriterion(text: string, metrics?: readonly KnownMetric[]): Criterion {
  const reader = new Reader(text);
  const metric = reader.word('metric').text;
  const slice: Condition[] = [];
  if (reader.takes('[') && !reader.takes(']')) {
    do slice.push(conditionFrom(reader));
    while (reader.takes('&'));
    if (!reader.takes(']')) reader.refuse('& ]');
  }
  const { operator, at } = reader.operator(slice.length > 0 ? '>= <=' : '[ >= <=');
  if (operator !== '>=' && operator !== '<=') return reader.refuse('>= <=', at);
  const word = reader.word('number');
  const target = word.quoted ? Number.NaN : numberOf(word.text);
  if (Number.isNaN(target)) reader.refuse('number', word.at);
  reader.space();
  if (reader.at < text.length) reader.refuse('end');
  if (metrics !== undefined) {
    const known = metrics.find(({ name }) => name === metric);
    if (known === undefined) throw new Refusal('unknownMetric', { metric, known: metrics.map(({ name }) => name).join(', ') });
    if (known.unit !== undefined && slice.length > 0) throw new Refusal('slicedService', { metric });
    const [low, high] = known.range;
    if ((low !== null && target < low) || (high !== null && target > high))
      throw new Refusal('targetOutOfRange', { metric, target, low: low ?? '-∞', high: high ?? '∞' });
  }
  return { metric, slice, direction: operator, target, why: '' };
}

const quotedWord = (text: string): string => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
const printedName = (text: string): string => (text === '' || text !== text.trim() || special.test(text) ? quotedWord(text) : text);
const printedNumber = (value: number): string => String(value + 0);

function printedCondition({ column, operator, value }: Condition): string {
  const right = typeof value === 'number' ? printedNumber(value) : Number.isNaN(numberOf(value)) ? printedName(value) : quotedWord(value);
  return `${printedName(column)}${operator}${right}`;
}

/** The conditions of a slice as text, without brackets; empty for every row. */
export const printSlice = (slice: readonly Condition[]): string => slice.map(printedCondition).join(' & ');

/**
 * The criterion as text; `why` is not part of it. `parseCriterion` reads it back the same, provided that numbers are finite and texts
 * are compared by equality alone, as `Condition` promises.
 */
export function printCriterion({ metric, slice, direction, target }: Criterion): string {
  return `${printedName(metric)}${slice.length > 0 ? `[${printSlice(slice)}]` : ''}${direction}${printedNumber(target)}`;
}
