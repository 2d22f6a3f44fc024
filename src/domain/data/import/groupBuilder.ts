/** @file Rows of cells into typed row groups: a row comes in whole or not at all. */

import { isNumericType, rowsPerGroup, type Column, type ColumnType, type Table } from '../table';
import { booleanIn, categoryLimit, codedType, isNumberGap, type ColumnPlan, type Reading } from './columnPlan';
import { consecutiveIntegers, type IntegerTally } from './consecutiveIntegers';
import { groupedNumberIn, hasLeadingZero, numberIn } from './decimalNumber';
import { instantIn } from './instant';
import type { ImportedColumn, QuarantineReason } from './importer';

/** A string is read as its column asks; a number is a value already (a date in milliseconds, a boolean 0 or 1); null is missing. */
export type Cell = string | number | null;

interface Misfit {
  readonly column: string;
  readonly reason: QuarantineReason;
}

/** Copies a string out of the block that it was cut from, so that a dictionary does not keep whole blocks of the file alive. */
const detached = (text: string): string => (text.length < 13 ? text : ` ${text}`.slice(1));

class NumericBuilder {
  values = new Float64Array(0);
  filled = 0;
  contradictions = 0;
  fractional = false;
  fault: QuarantineReason = 'notANumber';
  private readonly missingFirst: boolean;

  constructor(
    readonly plan: ColumnPlan,
    private readonly reading: Reading,
  ) {
    this.missingFirst = [...reading.missing].some((word) => word !== '' && !Number.isNaN(this.parsed(word)));
  }

  private parsed(cell: string): number {
    const { type, grouped, fixed, order } = this.plan;
    if (type === 'number' || type === 'integer') return grouped ? groupedNumberIn(cell, this.reading.decimal) : numberIn(cell, this.reading.decimal);
    return type === 'date' ? instantIn(cell, order) : booleanIn(cell, fixed);
  }

  /** Writes the value of a row. False if the cell contradicts the column: `fault` says how. */
  put(cell: Cell, row: number): boolean {
    let value: number;
    if (typeof cell === 'string') {
      if (cell === '') value = NaN;
      else if (this.missingFirst && this.reading.missing.has(cell.trim())) value = NaN;
      else {
        value = this.parsed(cell);
        if (value !== value && !isNumberGap(cell.trim(), this.reading.missing)) return this.contradict(cell);
      }
    } else value = cell === null ? NaN : cell;
    if (value === value) {
      if (value - value !== 0) {
        this.fault = 'notFinite';
        return false;
      }
      if (this.plan.type === 'integer') {
        const whole = Math.floor(value) === value;
        if (!whole && this.plan.fixed) return this.reject('notAnInteger');
        if (whole && (value > Number.MAX_SAFE_INTEGER || value < -Number.MAX_SAFE_INTEGER)) return this.reject('beyondSafeInteger');
        if (!whole) this.fractional = true;
      }
      this.filled += 1;
      this.values[row] = value + 0;
      return true;
    }
    this.values[row] = NaN;
    return true;
  }

  private reject(fault: QuarantineReason): false {
    this.contradictions += 1;
    this.fault = fault;
    return false;
  }

  private contradict(cell: string): false {
    if (this.plan.type === 'date') return this.reject('notADate');
    if (this.plan.type === 'boolean') return this.reject('notABoolean');
    return this.reject(hasLeadingZero(cell.trim()) ? 'leadingZeros' : 'notANumber');
  }

  /** Takes back the count of a value in a row that another column refused. */
  takeBack(row: number): void {
    if (!Number.isNaN(this.values[row]!)) this.filled -= 1;
  }

  grow(capacity: number): void {
    const values = new Float64Array(capacity);
    values.set(this.values);
    this.values = values;
  }

  finalType(): ColumnType {
    return this.plan.type === 'integer' && this.fractional ? 'number' : this.plan.type;
  }

  cut(rows: number): Column {
    const values = rows === this.values.length ? this.values : this.values.slice(0, rows);
    this.values = new Float64Array(0);
    return { name: this.plan.name, type: this.finalType(), values: { kind: 'numeric', values } };
  }
}

class CodedBuilder {
  codes = new Int32Array(0);
  filled = 0;
  readonly seen = new Set<string>();
  readonly tally: IntegerTally | undefined;
  private dictionary: string[] = [];
  private codeOf = new Map<string, number>();
  private readonly codeOfValue = new Map<string, number>();
  private different = 0;
  private longest = 0;

  constructor(
    readonly plan: ColumnPlan,
    private readonly reading: Reading,
  ) {
    this.tally = plan.consecutive ? consecutiveIntegers() : undefined;
  }

  put(cell: Cell, row: number): void {
    const text = typeof cell === 'string' ? cell : cell === null ? '' : String(cell);
    const code = this.codeOf.get(text) ?? this.newCode(text);
    this.codes[row] = code;
    if (code < 0) return;
    this.filled += 1;
    this.tally?.add(numberIn(text, '.'));
  }

  private newCode(text: string): number {
    const value = text.trim();
    let code = -1;
    if (value !== '' && !this.reading.missing.has(value)) {
      code = this.codeOfValue.get(value) ?? this.dictionary.length;
      if (code === this.dictionary.length) {
        const own = detached(value);
        this.dictionary.push(own);
        this.codeOfValue.set(own, code);
        if (this.seen.size <= categoryLimit) this.seen.add(own);
        if (own.length > this.longest) this.longest = own.length;
      }
    }
    this.codeOf.set(detached(text), code);
    return code;
  }

  grow(capacity: number): void {
    const codes = new Int32Array(capacity);
    codes.set(this.codes);
    this.codes = codes;
  }

  finalType(): ColumnType {
    const { fixed, type, consecutive } = this.plan;
    return fixed || consecutive ? type : codedType(this.filled, this.seen.size, this.different + this.dictionary.length, this.longest);
  }

  cut(rows: number): Column {
    const codes = rows === this.codes.length ? this.codes : this.codes.slice(0, rows);
    const column: Column = { name: this.plan.name, type: this.finalType(), values: { kind: 'coded', codes, dictionary: this.dictionary } };
    this.different += this.dictionary.length;
    this.codes = new Int32Array(0);
    this.dictionary = [];
    this.codeOf = new Map();
    this.codeOfValue.clear();
    return column;
  }
}

/** Collects rows until a group is full. Numeric cells are read first, so that a refused row leaves no word in a dictionary. */
export class GroupBuilder {
  /** Rows in the group that is being filled. */
  rows = 0;
  /** Why the last row was refused. */
  misfit: Misfit | undefined;
  private readonly columns: (NumericBuilder | CodedBuilder)[];
  private readonly numeric: { at: number; column: NumericBuilder }[] = [];
  private readonly coded: { at: number; column: CodedBuilder }[] = [];
  private lines = new Uint32Array(0);
  private capacity = 0;
  /** A first group grows from here, so that ten thousand columns of a few rows stay small; later ones begin at full size. */
  private firstCapacity = 1024;

  constructor(plans: readonly ColumnPlan[], reading: Reading) {
    this.columns = plans.map((plan, at) => {
      if (isNumericType(plan.type)) {
        const column = new NumericBuilder(plan, reading);
        this.numeric.push({ at, column });
        return column;
      }
      const column = new CodedBuilder(plan, reading);
      this.coded.push({ at, column });
      return column;
    });
  }

  get full(): boolean {
    return this.rows === rowsPerGroup;
  }

  /** Adds a row with one cell per column; absent cells are missing. False if a cell contradicts its column: see `misfit`. */
  add(cells: readonly Cell[], line: number): boolean {
    const row = this.rows;
    if (row === this.capacity) this.grow();
    const { numeric, coded } = this;
    for (let index = 0; index < numeric.length; index += 1) {
      const { at, column } = numeric[index]!;
      if (!column.put(cells[at] ?? null, row)) return this.refuse(index, cells, row);
    }
    for (let index = 0; index < coded.length; index += 1) {
      const { at, column } = coded[index]!;
      column.put(cells[at] ?? null, row);
    }
    this.lines[row] = line;
    this.rows += 1;
    return true;
  }

  private grow(): void {
    this.capacity = this.capacity === 0 ? this.firstCapacity : Math.min(rowsPerGroup, this.capacity * 4);
    for (const column of this.columns) column.grow(this.capacity);
    const lines = new Uint32Array(this.capacity);
    lines.set(this.lines);
    this.lines = lines;
  }

  /** The other columns still see their cells, so that each column's share of contradictions is of all rows. */
  private refuse(index: number, cells: readonly Cell[], row: number): false {
    const { column } = this.numeric[index]!;
    this.misfit = { column: column.plan.name, reason: column.fault };
    for (let before = 0; before < index; before += 1) this.numeric[before]!.column.takeBack(row);
    for (let after = index + 1; after < this.numeric.length; after += 1) {
      const other = this.numeric[after]!;
      if (other.column.put(cells[other.at] ?? null, row)) other.column.takeBack(row);
    }
    return false;
  }

  /** The rows so far as a group of their own; the next row begins a new one. */
  cut(): { table: Table; lines: Uint32Array<ArrayBuffer> } {
    const rows = this.rows;
    const table = { rows, columns: this.columns.map((column) => column.cut(rows)) };
    const lines = rows === this.lines.length ? this.lines : this.lines.slice(0, rows);
    this.firstCapacity = rows === rowsPerGroup ? rowsPerGroup : 1024;
    this.lines = new Uint32Array(0);
    this.capacity = 0;
    this.rows = 0;
    return { table, lines };
  }

  /** Columns whose cells contradict their type more often than is forgiven; with `strictly`, at all. By position. */
  contradicted(strictly: boolean): number[] {
    const found: number[] = [];
    for (const { at, column } of this.numeric) {
      const { plan, contradictions, filled } = column;
      if (plan.fixed || contradictions === 0) continue;
      if (strictly || contradictions > plan.tolerance * (contradictions + filled)) found.push(at);
    }
    return found;
  }

  /** Columns that are not what was planned, known only at the end: identifiers that are not consecutive, columns whose sample was empty. */
  misjudged(): { at: number; seen: readonly string[] }[] {
    const found: { at: number; seen: readonly string[] }[] = [];
    for (const { at, column } of this.coded) {
      if (column.plan.fixed) continue;
      if (column.tally && !column.tally.holds()) found.push({ at, seen: [] });
      else if (column.plan.blind && column.seen.size > 0) found.push({ at, seen: [...column.seen] });
    }
    return found;
  }

  schema(): ImportedColumn[] {
    return this.columns.map((column) => {
      const { name, order } = column.plan;
      const type = column.finalType();
      return type === 'date' && order !== 'none' ? { name, type, order } : { name, type };
    });
  }
}

