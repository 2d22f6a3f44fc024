/** @file Where the records of delimited text begin and end, with their physical lines. Splitting a record into fields is not done here. */

import { quarantineTextLimit, recordLimit, type QuarantineReason } from './importer';

/** Whole records in a row: record i is `text.slice(starts[i], starts[i + 1] - 1)` and begins on line `lines[i]`. `starts` has one entry more. */
export interface RecordBlock {
  readonly kind: 'records';
  readonly text: string;
  readonly starts: readonly number[];
  readonly lines: readonly number[];
}

/** A physical line that is given up, so that the records after it can be read. */
export interface LostLine {
  readonly kind: 'lost';
  readonly line: number;
  readonly reason: QuarantineReason;
  /** At most `quarantineTextLimit` characters. */
  readonly text: string;
  readonly length: number;
}

/** Next place of a character at or after a position. Remembers the last stretch searched, so that repeated questions do not search it again. */
class NextPlace {
  /** Characters searched so far. */
  searched = 0;
  private from = 0;
  private place = -1;
  constructor(private readonly wanted: string) {}

  /** The place, or the length of the text if there is none. */
  after(text: string, position: number): number {
    if (this.place >= position && position >= this.from) return this.place;
    const found = this.wanted === '' ? -1 : text.indexOf(this.wanted, position);
    this.from = position;
    this.place = found < 0 ? text.length : found;
    this.searched += this.place - position;
    return this.place;
  }

  forget(): void {
    this.place = -1;
  }
}

/**
 * Cuts text with `\n` line ends into records. A quote opens a field at its very beginning. It is closed by the last of an odd run of quotes
 * that a delimiter or the end of the line follows, spaces between them allowed: the rule of Papa Parse, which splits the fields later.
 *
 * A record of more than `limit` characters, or one still quoted at the end of the file, is a probable unclosed quote: its first line is given up
 * and reading goes on at the next line. Only what was read decides that, not how it came in pieces.
 *
 * Time is linear: after a failure nothing is searched twice, because no closing quote can lie where none was found (`closedFrom`), and where
 * texts are made to defeat this, `frugal` reading takes over: a record must then end on its line. Memory is bounded by the limit and one piece.
 */
export class RecordScanner {
  private text = '';
  /** First character of the record being read. */
  private start = 0;
  /** Everything before is read. */
  private at = 0;
  private inside = false;
  private quoted = false;
  private line = 1;
  private readonly newline = new NextPlace('\n');
  private readonly quoteMark: NextPlace;
  /** No closing quote lies in between, and there is one or the end of the search at `closedTo`. */
  private closedFrom = 0;
  private closedTo = 0;
  /** A line without an end so far, of which only the beginning is kept. */
  private endless: { text: string; length: number } | undefined;
  /** Characters of quotes and of spaces behind them that were looked at. */
  private runs = 0;
  private consumed = 0;
  private events: (RecordBlock | LostLine)[] = [];
  private blockStart = 0;
  private starts: number[] = [];
  private lines: number[] = [];

  constructor(
    private readonly delimiter: string,
    private readonly quote: string,
    private readonly limit: number = recordLimit,
  ) {
    this.quoteMark = new NextPlace(quote);
  }

  /** Takes the next piece of text and returns what is complete. `last`: nothing follows. */
  push(piece: string, last: boolean): (RecordBlock | LostLine)[] {
    this.events = [];
    let rest = piece;
    if (this.endless) {
      const end = piece.indexOf('\n');
      this.endless.length += end < 0 ? piece.length : end;
      if (end < 0 && !last) return [];
      this.lose(this.endless.text, this.endless.length, 'recordTooLong');
      this.endless = undefined;
      rest = end < 0 ? '' : piece.slice(end + 1);
    }
    this.shift();
    this.text = this.start === this.text.length ? rest : this.text.slice(this.start) + rest;
    if (last && this.text !== '' && !this.text.endsWith('\n')) this.text += '\n';
    this.start = 0;
    this.blockStart = 0;
    while (this.start < this.text.length && this.readRecord(last));
    this.closeBlock();
    return this.events;
  }

  private shift(): void {
    this.at -= this.start;
    this.closedFrom -= this.start;
    this.closedTo -= this.start;
    this.newline.forget();
    this.quoteMark.forget();
  }

  /** Reads one record or gives up one line. False if more text is needed. */
  private readRecord(last: boolean): boolean {
    for (;;) {
      const end = this.inside ? this.leaveQuotes(last) : this.findEnd();
      if (end === 'more') {
        return last || this.at - this.start > this.limit ? this.giveUp() : false;
      }
      if (end === 'on') {
        if (this.at - this.start > this.limit || (this.inside && this.isFrugal() && this.spansLines())) return this.giveUp();
        continue;
      }
      if (end - this.start > this.limit) return this.giveUp();
      this.keep(end);
      return true;
    }
  }

  private isFrugal(): boolean {
    return this.newline.searched + this.quoteMark.searched + this.runs > 16 * this.consumed + 32 * this.limit;
  }

  private spansLines(): boolean {
    const end = this.newline.after(this.text, this.at);
    for (let from = this.at; ; ) {
      const next = this.quoteMark.after(this.text, from);
      if (next >= end) return true;
      if (this.closes(next, this.runEnd(next)) !== undefined) return false;
      from = this.runEnd(next);
    }
  }

  /** Outside quotes: the end of the record, or `on` after the quote that opens a field. */
  private findEnd(): number | 'on' | 'more' {
    const { text } = this;
    const end = this.newline.after(text, this.at);
    for (let next = this.quoteMark.after(text, this.at); next < end; next = this.quoteMark.after(text, next + 1)) {
      if (next !== this.start && text[next - 1] !== this.delimiter) continue;
      this.inside = true;
      this.quoted = true;
      this.at = next + 1;
      return 'on';
    }
    this.at = end;
    return end === text.length ? 'more' : end;
  }

  private runEnd(from: number): number {
    let end = from + 1;
    while (this.text[end] === this.quote) end += 1;
    this.runs += end - from;
    return end;
  }

  /** Where outside begins if the run of quotes closes a field; undefined if it does not; the length of the text if only more text can tell. */
  private closes(from: number, end: number): number | undefined {
    const { text } = this;
    if (end === text.length) return end;
    if ((end - from) % 2 === 0) return undefined;
    let after = end;
    while (after < text.length && text[after] !== this.delimiter && text[after] !== '\n' && text[after]!.trim() === '') after += 1;
    this.runs += after - end;
    return after === text.length || text[after] === this.delimiter || text[after] === '\n' ? after : undefined;
  }

  /** Inside quotes: `on` after the quotes that close the field. */
  private leaveQuotes(last: boolean): 'on' | 'more' {
    const { text } = this;
    let from = this.at;
    if (text[from] === this.quote) {
      // Quotes right behind the opening one are counted from there: what is remembered of the whole run does not hold for them.
      const end = this.runEnd(from);
      const left = this.leaveAt(this.closes(from, end), from, last);
      if (left) return left;
      from = end;
    }
    if (from >= this.closedFrom && from < this.closedTo) from = this.closedTo;
    else this.closedFrom = from;
    while (from - this.start <= this.limit) {
      const next = this.quoteMark.after(text, from);
      this.closedTo = next;
      if (next === text.length) break;
      const end = this.runEnd(next);
      const left = this.leaveAt(this.closes(next, end), next, last);
      if (left) return left;
      from = end;
      this.closedTo = end;
    }
    this.at = this.closedTo;
    return this.closedTo === text.length ? 'more' : 'on';
  }

  private leaveAt(after: number | undefined, quote: number, last: boolean): 'on' | 'more' | undefined {
    if (after === undefined) return undefined;
    if (after === this.text.length && !last) {
      this.at = quote;
      return 'more';
    }
    this.inside = false;
    this.at = after;
    return 'on';
  }

  private keep(end: number): void {
    this.starts.push(this.start);
    this.lines.push(this.line);
    this.line += 1;
    if (this.quoted) for (let place = this.text.indexOf('\n', this.start); place < end; place = this.text.indexOf('\n', place + 1)) this.line += 1;
    this.consumed += end + 1 - this.start;
    this.begin(end + 1);
  }

  private begin(start: number): void {
    this.start = start;
    this.at = start;
    this.inside = false;
    this.quoted = false;
  }

  private lose(text: string, length: number, reason: QuarantineReason): void {
    this.closeBlock();
    this.events.push({ kind: 'lost', line: this.line, reason, text: text.slice(0, quarantineTextLimit), length });
    this.line += 1;
    this.consumed += length + 1;
  }

  /** Gives up the first line of the record. */
  private giveUp(): boolean {
    const end = this.text.indexOf('\n', this.start);
    const kept = this.text.slice(this.start, Math.min(end < 0 ? this.text.length : end, this.start + quarantineTextLimit));
    if (end < 0) {
      // The copy lets go of the text that it was cut from.
      this.closeBlock();
      this.endless = { text: ` ${kept}`.slice(1), length: this.text.length - this.start };
      this.begin(this.text.length);
      return false;
    }
    this.lose(kept, end - this.start, end - this.start > this.limit ? 'recordTooLong' : 'unclosedQuote');
    this.begin(end + 1);
    this.blockStart = end + 1;
    return true;
  }

  private closeBlock(): void {
    if (this.starts.length > 0) {
      const from = this.blockStart;
      const starts = [...this.starts, this.start].map((start) => start - from);
      this.events.push({ kind: 'records', text: this.text.slice(from, this.start), starts, lines: this.lines });
    }
    this.starts = [];
    this.lines = [];
    this.blockStart = this.start;
  }
}
