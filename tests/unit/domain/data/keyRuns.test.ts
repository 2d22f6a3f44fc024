import fc from 'fast-check';
import { expect, it } from 'vitest';
import { keyHex, takenKeys } from '../../../../src/domain/data/keyHex';
import { keyRuns } from '../../../../src/domain/data/keyRuns';

it('puts rows of equal keys side by side, each row once', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(5), { maxLength: 40 }), (names) => {
      const keys = takenKeys(
        Uint8Array.from({ length: 6 * 16 }, (_, i) => (i * 7) % 251),
        names,
      );
      const { order, start, count } = keyRuns(keys);
      expect([...order].sort((a, b) => a - b)).toEqual([...names.keys()]);
      expect(count).toBe(new Set(names).size);
      expect(start).toHaveLength(count + 1);
      const runs = Array.from({ length: count }, (_, run) => [...order.subarray(start[run], start[run + 1])]);
      for (const run of runs) expect(new Set(run.map((row) => keyHex(keys, row))).size).toBe(1);
      expect(runs.map((run) => keyHex(keys, run[0]!))).toEqual([...new Set(names.map((_, row) => keyHex(keys, row)))].sort());
    }),
  );
});
