/** @file Check: two columns that say the same, as numbers in a line or as categories under other names. */

import { pearson } from '../association/pearson';
import type { ColumnProfile } from '../profile';
import type { CodedValues, Column } from '../table';
import { features, type Check, type Finding } from './check';

const limit = 0.999;
/** Pairs are looked at in a sample first; only those that pass are computed over all rows. */
const sampleRows = 2000;
const sampleLimit = 0.99;
const fewestRows = 50;
/** Rows where both are known must be at least this share of those where either is. */
const leastShared = 0.9;

/** True when each text of one always meets the same text of the other, and both are missing together. */
function sameUpToNames(a: CodedValues, b: CodedValues): boolean {
  const partner = new Int32Array(a.dictionary.length).fill(-1);
  const back = new Int32Array(b.dictionary.length).fill(-1);
  for (let row = 0; row < a.codes.length; row++) {
    const x = a.codes[row]!;
    const y = b.codes[row]!;
    if (x < 0 || y < 0) {
      if (x >= 0 || y >= 0) return false;
      continue;
    }
    if (partner[x] === -1 && back[y] === -1) {
      partner[x] = y;
      back[y] = x;
    } else if (partner[x] !== y) return false;
  }
  return true;
}

function pairOf(a: { column: Column; profile: ColumnProfile }, b: { column: Column; profile: ColumnProfile }, sample: Uint32Array): Finding | undefined {
  const knownA = a.profile.rows - a.profile.missing;
  const knownB = b.profile.rows - b.profile.missing;
  if (Math.min(knownA, knownB) < fewestRows || Math.min(a.profile.distinct, b.profile.distinct) < 2) return undefined;
  const columns = [a.column.name, b.column.name];
  const [x, y] = [a.column.values, b.column.values];
  if (x.kind === 'numeric' && y.kind === 'numeric') {
    if (Math.abs(pearson(x.values, y.values, sample)?.value ?? 0) < sampleLimit) return undefined;
    const found = pearson(x.values, y.values);
    if (found === null || Math.abs(found.value) < limit || found.n < leastShared * Math.max(knownA, knownB)) return undefined;
    return { check: 'nearDuplicateColumns', columns, severity: 'medium', evidence: { correlation: found.value, limit, n: found.n }, suggestion: 'keepOne' };
  }
  if (x.kind !== 'coded' || y.kind !== 'coded' || knownA !== knownB || a.profile.distinct !== b.profile.distinct || a.profile.distinct * 2 > knownA)
    return undefined;
  return sameUpToNames(x, y)
    ? { check: 'nearDuplicateColumns', columns, severity: 'medium', evidence: { distinct: a.profile.distinct, n: knownA }, suggestion: 'keepOne' }
    : undefined;
}

export const nearDuplicateColumns: Check = {
  name: 'nearDuplicateColumns',
  *findings(examined) {
    const all = features(examined);
    const { rows } = examined.table;
    const sample = Uint32Array.from({ length: Math.min(rows, sampleRows) }, (_, i) => Math.floor((i * rows) / Math.min(rows, sampleRows)));
    const found: Finding[] = [];
    // Every column with every other: of thousands of columns that takes long enough to be waited for.
    for (const [i, a] of all.entries()) {
      for (let j = i + 1; j < all.length; j++) {
        const finding = pairOf(a, all[j]!, sample);
        if (finding !== undefined) found.push(finding);
      }
      yield;
    }
    return found;
  },
};
