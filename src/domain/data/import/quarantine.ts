/** @file The records that did not become rows, and why. */

import { quarantineLimit, quarantineTextLimit, type QuarantinedRow, type QuarantineReason } from './importer';

export interface Fault {
  readonly reason: QuarantineReason;
  readonly column?: string;
  readonly found?: number;
  readonly expected?: number;
}

export class Quarantine {
  private readonly kept: QuarantinedRow[] = [];
  private readonly counts = new Map<QuarantineReason, number>();
  private total = 0;

  /** `length` is the true length where `text` is only the beginning. */
  add(line: number, fault: Fault, text: string, length: number = text.length): void {
    this.total += 1;
    this.counts.set(fault.reason, (this.counts.get(fault.reason) ?? 0) + 1);
    if (this.kept.length < quarantineLimit) this.kept.push({ line, ...fault, text: text.slice(0, quarantineTextLimit), length });
  }

  get count(): number {
    return this.total;
  }

  get rows(): readonly QuarantinedRow[] {
    return this.kept;
  }

  /** The reason given most often, the first of equals, with the column and line where it was met first; undefined if nothing was quarantined. */
  commonest(): { reason: QuarantineReason; count: number; column?: string; line?: number } | undefined {
    let best: { reason: QuarantineReason; count: number } | undefined;
    for (const [reason, count] of this.counts) if (!best || count > best.count) best = { reason, count };
    const first = best && this.kept.find(({ reason }) => reason === best.reason);
    return best && { ...best, ...(first?.column === undefined ? {} : { column: first.column }), ...(first === undefined ? {} : { line: first.line }) };
  }
}
