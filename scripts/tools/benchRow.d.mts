/** @file Types of benchRow.mjs, for the tests and the entries of tests/bench. */
import type { Page } from 'playwright';

/** One repetition: both sides in the same run, in the same unit. `peer` is null for a number that is stated without a comparison. */
export type Measured = { readonly ours: number; readonly peer: number | null; readonly unit: string };
/** One line of several: the number of a peer is under `peerValue`, since `peer` is its name. */
export type Line = { readonly work?: string; readonly peer: string; readonly target: number | null; readonly ours: number; readonly peerValue: number | null; readonly unit: string };
/** What `run` is given: pages of the served build, each in a profile of its own. */
export type Bench = {
  openPage(address?: string): Promise<Page>;
  /** A page of another folder, served in the same way. */
  openFolder(folder: string, address?: string): Promise<Page>;
  readonly origin: string;
};
/** What a file in tests/bench exports, each by its name. */
export type BenchEntry = { readonly work: string; readonly peer: string; readonly target: number | null; run(bench: Bench): Promise<Measured | readonly Line[]> };
export type BenchRow = {
  readonly work: string;
  readonly peer: string;
  readonly ours: number;
  readonly peer_value: number | null;
  readonly unit: string;
  readonly ratio: number | null;
  readonly target: number | null;
};
export function median(values: readonly number[]): number;
export function benchRow(entry: Pick<BenchEntry, 'work' | 'peer' | 'target'>, measured: readonly Measured[]): BenchRow;
export function benchRows(entry: Pick<BenchEntry, 'work' | 'peer' | 'target'>, repetitions: readonly (Measured | readonly Line[])[]): BenchRow[];
